# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding agreements by who is in them and what for; what is shared under them is not searched.

To find a thing of another is to look at it, and every look is written down for the giver. A box in
which people type would write a look at every giver for every word; so search leads to the door, and
the look happens behind it.
"""

from django.utils.translation import gettext as _

from dijkring.core.search import Asked, Found, Hit, holds, rows

_AGREEMENTS = f"""
SELECT a.id, giver.name, receiver.name, count(*) OVER ()
FROM sharing_agreement a
JOIN organisations_organisation giver ON giver.id = a.organisation_id
JOIN organisations_organisation receiver ON receiver.id = a.receiver_id
WHERE %(organisation)s IN (a.organisation_id, a.receiver_id)
AND {holds("giver.name || ' ' || receiver.name || ' ' || a.purpose || ' ' || a.legal_basis")}
ORDER BY a.state = 'ended', a.ends_at DESC, a.id LIMIT %(limit)s
"""  # noqa: S608 -- constants


def agreements(asked: Asked) -> Found:
    """Find agreements of this organisation, those that ended last."""
    found, count = rows(_AGREEMENTS, asked)
    return Found([_hit(*row) for row in found], count)


def _hit(id: int, giver: str, receiver: str) -> Hit:
    title = _("%(giver)s shares with %(receiver)s") % {"giver": giver, "receiver": receiver}
    return Hit(title, "sharing:agreement", (id,))
