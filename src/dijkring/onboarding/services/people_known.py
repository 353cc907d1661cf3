# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is meant by a name or an e-mail address in a file, among the colleagues of now."""

from collections import defaultdict

from django.utils.translation import gettext as _

from dijkring.onboarding.intake.values import plain
from dijkring.organisations.models import Membership


class Nobody(Exception):
    """No colleague with access is meant; the message says why."""


class Colleagues:
    """The colleagues of an organisation, also those who have left, all in memory."""

    def __init__(self, organisation_id: int) -> None:
        rows = Membership.objects.filter(organisation_id=organisation_id).select_related("user")
        self._now: dict[str, set[int]] = defaultdict(set)
        self._before: set[str] = set()
        self.emails: dict[str, str] = {}
        for row in rows:
            names = {row.user.email.casefold(), plain(row.user.name)}
            if row.until is not None:
                self._before |= names
                continue
            self.emails[row.user.email.casefold()] = row.role
            for name in names:
                self._now[name].add(row.user_id)

    def find(self, text: str) -> int:
        """Return the colleague who is meant; raises Nobody for a stranger, a leaver, or two."""
        name = text.strip().casefold() if "@" in text else plain(text)
        found = self._now.get(name, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Nobody(
                _("More than one colleague is called %(name)s. Write the e-mail address.")
                % {"name": text[:60]}
            )
        if name in self._before:
            raise Nobody(_("%(name)s has no access any more.") % {"name": text[:60]})
        raise Nobody(
            _("%(name)s has no access yet. Invite this person first.") % {"name": text[:60]}
        )
