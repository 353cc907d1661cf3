# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of an incident shows of its breach, to who keeps the register of breaches."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.incidents import breach_words as said
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import breaches as selectors
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors.breaches import HIGH, Entry
from dijkring.incidents.services.breaches import KEEP
from dijkring.incidents.services.judging import JUDGE
from dijkring.ui import words
from dijkring.ui.panels import Markup, Panel


def of_incident(request: Any, found: Incident) -> list[Panel]:
    """Return the breach of an incident; nothing where no personal data is involved."""
    there = getattr(found, "breach", None) is not None
    if not request.can(KEEP) or not clocks.privacy_runs(found):
        return []
    one = selectors.entry(found)
    context = {
        "incident": found,
        "there": there,
        "look": said.look(one),
        "risk": said.RISKS[one.level],
        "missing": said.missing(one),
        "rows": [(label, words.shown(value)) for label, value in said.rows(one)[:-1]],
        "warning": _warning(one),
        "may_judge": request.can(JUDGE) and found.is_open,
        "judged": bool(one.level),
        "must_tell": one.level == HIGH,
    }
    return [Markup(_("Breach of personal data"), "incidents/breach.html", context)]


def _warning(one: Entry) -> str:
    """Return that the clocks count from later than the processor told, if so."""
    aware, breach = clocks.latest(one.incident), one.breach
    if breach is None or aware is None or breach.processor_told_at is None:
        return ""
    if breach.processor_told_at >= aware.at:
        return ""
    said = _("The processor told you on %(at)s, before the moment from which the clocks count.")
    return said % {"at": words.moment_words(breach.processor_told_at)}
