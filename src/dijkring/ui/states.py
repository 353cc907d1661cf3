# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""States as people see them: a word, an icon and a tone; never a colour alone."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class State:
    """How a state looks: its word, the name of its icon and its tone (a class of dijkring.css)."""

    word: Promise | str
    icon: str
    tone: str = ""


_MET = State(_("met"), "met", "met")
_NOT_MET = State(_("not met"), "not-met", "not-met")
_DONE = State(_("done"), "met", "met")
STATES: dict[str, State] = {
    "pass": _MET,
    "met": _MET,
    "fail": _NOT_MET,
    "not_met": _NOT_MET,
    "partly": State(_("partly met"), "partly", "partly"),
    "show_again": State(_("to be shown again"), "show-again", "show-again"),
    "not_measured": State(_("not measured"), "not-measured", "not-measured"),
    "not_assessed": State(_("not assessed"), "not-assessed", "not-assessed"),
    "not_applicable": State(_("not applicable"), "not-applicable", "not-applicable"),
    "open": State(pgettext_lazy("state", "open"), "not-assessed"),
    "late": State(_("late"), "warning", "not-met"),
    "queued": State(_("waiting"), "waiting"),
    "running": State(_("running"), "busy", "busy"),
    "done": _DONE,
    "failed": State(_("failed"), "not-met", "not-met"),
}


def state_of(value: object) -> State:
    """Return the look of a state: a key of STATES, a State itself, or other words, neutral."""
    if isinstance(value, State):
        return value
    return STATES.get(str(value)) or State(str(value), "info")


def badge(value: object, note: str = "", large: bool = False) -> SafeString:
    """Draw the badge of a state; the note follows the word ('2 in repair')."""
    key = value if isinstance(value, State) else str(value)
    return _drawn(key, note, large, get_language())


@lru_cache(maxsize=512)
def _drawn(key: State | str, note: str, large: bool, language: str | None) -> SafeString:
    # A list shows the same few badges hundreds of times.
    context = {"state": state_of(key), "note": note, "large": large}
    return render_to_string("ui/parts/badge.html", context)
