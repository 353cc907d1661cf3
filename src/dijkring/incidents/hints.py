# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the landscape already knows of an incident, in words: proposals beside questions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import costs
from dijkring.incidents.selectors import touched as selectors
from dijkring.incidents.selectors.touched import Consequences
from dijkring.landscape.models import Asset
from dijkring.landscape.moments import length_words
from dijkring.ui import words

# Cyberbeveiligingsregeling sector overheid, art. 6(2): an outage of four hours.
OUTAGE = timedelta(hours=4)
MOST_NAMED = 5


def proposals(incident: Incident, regime: str) -> Mapping[str, str]:
    """Return what is known for each question of a weighing; a question without is left out."""
    touched = list(selectors.of_incident(incident))
    found = selectors.consequences(incident.organisation_id, touched)
    if regime == "cbw":
        made = {"outage": _outage(found), "cost": _cost(incident), "harm": _harm(found)}
    elif regime == "avg":
        made = {"risk": _persons(found)}
    else:
        made = {}
    return {id: text for id, text in made.items() if text}


def named(names: Sequence[str]) -> str:
    """Name a few, and say how many more there are."""
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return shown if more <= 0 else _("%(names)s and %(n)d more") % {"names": shown, "n": more}


def _outage(found: Consequences | None) -> str:
    if found is None:
        return _("Nothing of the landscape is marked as touched, so it says nothing here.")
    served = found.served()
    if not served:
        return _("As far as the landscape knows no service to residents and no task fails.")
    since = served[0].at
    what = ngettext(
        "One task or service fails from %(at)s on: %(names)s.",
        "%(n)d tasks and services fail from %(at)s on: %(names)s.",
        len(served),
    ) % {
        "n": len(served),
        "at": words.moment_words(since),
        "names": named([one.node.name for one in served]),
    }
    count = number_format(found.residents(), use_l10n=True, force_grouping=True)
    who = _("Residents touched: %(n)s.") % {"n": count}
    return " ".join([what, *([who] if found.residents() else []), _how_long(found)])


def _how_long(found: Consequences) -> str:
    since = found.services_down_since()
    lasted = clock.now() - since if since else timedelta(0)
    if lasted >= OUTAGE:
        return _("That is four hours or more already.")
    if found.expected is None:
        return _("Not all that is touched has promised to be back in time; four hours can be.")
    promised_by = found.promised_by()
    if promised_by is not None and clock.now() >= promised_by:
        return _("The time within which it should be back is over; four hours can be.")
    said = length_words(int(found.expected.total_seconds()))
    if found.expected >= OUTAGE:
        return _("What is touched promises to be back within %(time)s; four hours can be.") % {
            "time": said
        }
    return _("What is touched promises to be back within %(time)s.") % {"time": said}


def _cost(incident: Incident) -> str:
    total = costs.total(incident)
    if not total.count:
        return _("No costs have been recorded yet.")
    return _("Recorded so far: %(certain)s certain and %(estimated)s estimated.") % {
        "certain": costs.euros(total.certain),
        "estimated": costs.euros(total.estimated),
    }


def _harm(found: Consequences | None) -> str:
    names = (
        [one.node.name for one in found.coming if one.node.kind == Asset.Kind.OT] if found else []
    )
    if not names:
        return ""
    return _("Installations are touched: %(names)s. Think of people near them.") % {
        "names": named(names)
    }


def _persons(found: Consequences | None) -> str:
    if found is None:
        return _("Nothing of the landscape is marked as touched, so it says nothing here.")
    ids = [one.asset_id for one in found.down]
    rows = Asset.objects.filter(pk__in=ids).exclude(personal_data__in=["", Asset.Personal.NONE])
    names = [f"{one.name} ({one.get_personal_data_display()})" for one in rows.order_by("name")]
    if not names:
        return _("Of what is touched it is not recorded that it holds data of people.")
    return _("Data of people in what is touched: %(names)s.") % {"names": named(names)}
