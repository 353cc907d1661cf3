# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What fills a field of a report beforehand: named plain functions from what is known.

Each returns a text in the language that is spoken at the moment, or nothing. What nobody wrote
down is never made up: an empty field is named as empty.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.controls.models import in_language
from dijkring.incidents import report_forms
from dijkring.incidents.guides import YES, guides
from dijkring.incidents.models import Incident, Report, TimelineEntry
from dijkring.incidents.obligations import ours
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors.incidents import category_words
from dijkring.ui import words

Words = Promise | str
# Most reports ask for a summary, not for a log.
MOST_LINES = 40
LONGEST = 8000


@dataclass(frozen=True, slots=True)
class Known:
    """All that a report is filled from; `earlier` are the reports it follows, the first counts."""

    incident: Incident
    organisation: str
    writer: str
    writer_address: str
    privacy_officers: Sequence[str] = ()
    earlier: Sequence[Report] = ()
    field: str = ""

    def at(self, field: str) -> "Known":
        """Return the same for one field."""
        return replace(self, field=field)


@dataclass(frozen=True, slots=True)
class Filler:
    """A named source of text: its words say on the page where the text comes from."""

    label: Words
    find: Callable[[Known], str] = field(repr=False)


_fillers: dict[str, Filler] = {}


def register(name: str, label: Words, find: Callable[[Known], str]) -> None:
    """Add a filler, or take the place of one; a part of the room calls it for what it keeps."""
    _fillers[name] = Filler(label, find)


def names() -> frozenset[str]:
    """Return the names of all fillers."""
    return frozenset(_fillers)


def words_of(name: str) -> str:
    """Return where a text of this filler comes from."""
    return str(_fillers[name].label) if name in _fillers else name


def find(name: str, known: Known) -> str:
    """Return what one filler finds, with the line ends of one kind; nothing for an unknown one."""
    found = _fillers[name].find(known) if name in _fillers else ""
    return found.replace("\r\n", "\n").strip()


def fill(wanted: Iterable[str], known: Known) -> tuple[str, str]:
    """Return the first text that one of the fillers finds, with its name; twice nothing if none."""
    for name in wanted:
        if found := find(name, known):
            return found[:LONGEST], name
    return "", ""


def _filler(name: str, label: Words) -> Callable[[Callable[[Known], str]], Callable[[Known], str]]:
    def add(find: Callable[[Known], str]) -> Callable[[Known], str]:
        register(name, label, find)
        return find

    return add


@_filler("reference", gettext_lazy("the register: number"))
def _reference(known: Known) -> str:
    return known.incident.reference


@_filler("earlier", gettext_lazy("an earlier report of this incident"))
def _earlier(known: Known) -> str:
    return next((said for one in known.earlier if (said := one.text(known.field))), "")


@_filler("earlier_and_since", gettext_lazy("an earlier report, and the timeline since"))
def _earlier_and_since(known: Known) -> str:
    before = _earlier(known)
    return "\n".join(filter(None, [before, _since_last(known)])) if before else ""


@_filler("what_happened", gettext_lazy("the register: what happened"))
def _what_happened(known: Known) -> str:
    found = known.incident
    return "\n".join(filter(None, [found.title, found.description.strip()]))


@_filler("when", gettext_lazy("the register: when it happened and was noticed"))
def _when(known: Known) -> str:
    found = known.incident
    moments = [
        (_("Happened: %(at)s"), found.occurred_at),
        (_("Noticed: %(at)s"), found.detected_at),
        (_("Handling ended: %(at)s"), found.ended_at),
    ]
    return "\n".join(line % {"at": words.moment_words(at)} for line, at in moments if at)


@_filler("aware", gettext_lazy("the register: awareness"))
def _aware(known: Known) -> str:
    said = clocks.latest(known.incident)
    if said is None:
        return ""
    line = _("Aware since %(at)s (%(who)s). %(evidence)s")
    at = words.moment_words(said.at)
    return line % {"at": at, "who": said.who, "evidence": said.evidence}


@_filler("intent", gettext_lazy("the kind of incident; check it"))
def _intent(known: Known) -> str:
    if known.incident.category not in report_forms.ill_intent():
        return ""
    line = _("Presumably: the kind of incident is '%(category)s'.")
    return line % {"category": category_words(known.incident.category)}


@_filler("severity", gettext_lazy("the register: severity and the weighing"))
def _severity(known: Known) -> str:
    found, lines = known.incident, []
    if found.severity != Incident.Severity.UNKNOWN:
        lines.append(_("Severity: %(severity)s.") % {"severity": found.get_severity_display()})
    return "\n".join([*lines, *_weighed(known, "cbw")])


def _weighed(known: Known, regime: str) -> list[str]:
    """Return the questions that were answered with yes, and the reason of the decision."""
    weighing = clocks.decision(known.incident, regime)
    guide = guides().get(regime)
    if weighing is None or guide is None:
        return []
    asked = [one for one in guide.questions if weighing.answers.get(one.id) == YES]
    said = [f"{in_language(dict(one.words))} {_('Yes.')}" for one in asked]
    return [*said, weighing.reason]


@_filler("privacy_weighing", gettext_lazy("the weighing for the GDPR"))
def _privacy_weighing(known: Known) -> str:
    return "\n".join(_weighed(known, "avg"))


@_filler("personal_data", gettext_lazy("the register: personal data"))
def _personal_data(known: Known) -> str:
    found = known.incident
    if found.personal_data == Incident.Known.UNKNOWN:
        return ""
    line = _("Personal data involved: %(answer)s.")
    return line % {"answer": found.get_personal_data_display()}


@_filler("course", gettext_lazy("the timeline"))
def _course(known: Known) -> str:
    return _lines(known.incident.entries.all())


@_filler("since_last", gettext_lazy("the timeline since the report before"))
def _since_last(known: Known) -> str:
    handed_in = [one.submission.at for one in known.earlier if one.submission]
    if not handed_in:
        return ""
    after = max(handed_in)
    return _lines(one for one in known.incident.entries.all() if one.recorded_at > after)


def _lines(entries: Iterable[TimelineEntry]) -> str:
    rows = list(entries)[-MOST_LINES:]
    return "\n".join(f"{words.moment_words(one.at)}: {one.text}" for one in rows)


@_filler("state", gettext_lazy("the register: state"))
def _state(known: Known) -> str:
    found = known.incident
    if found.ended_at:
        line = _("The handling ended on %(at)s.")
        return line % {"at": words.moment_words(found.ended_at)}
    return _("State: %(state)s.") % {"state": found.get_state_display()}


@_filler("cause", gettext_lazy("the register: cause"))
def _cause(known: Known) -> str:
    return known.incident.cause


@_filler("lessons", gettext_lazy("the register: lessons"))
def _lessons(known: Known) -> str:
    return known.incident.lessons


@_filler("asked", gettext_lazy("the request of the recipient"))
def _asked(known: Known) -> str:
    rows = list(known.incident.requests.all())
    if not rows:
        return ""
    line = _("%(who)s, %(at)s: %(what)s")
    last = rows[-1]
    at: datetime = last.asked_at
    return line % {"who": last.asked_by, "at": words.moment_words(at), "what": last.words}


@_filler("elsewhere", gettext_lazy("what was recorded as handed in"))
def _elsewhere(known: Known) -> str:
    titles = {one.id: one.title for one in ours()}
    titles |= {id: form.title for id, form in report_forms.loose().items()}
    rows = [one for one in known.incident.submissions.all() if one.withdrawn_at is None]
    return "\n".join(
        _("%(report)s: %(at)s, %(how)s %(reference)s").strip()
        % {
            "report": in_language(dict(titles.get(one.obligation, {"nl": one.obligation}))),
            "at": words.moment_words(one.at),
            "how": one.how,
            "reference": one.reference,
        }
        for one in rows
    )


@_filler("subjects_told", gettext_lazy("what was recorded as handed in"))
def _subjects_told(known: Known) -> str:
    told = [
        one.at
        for one in known.incident.submissions.all()
        if one.obligation == "avg.subjects" and one.withdrawn_at is None
    ]
    if not told:
        return ""
    return _("Yes, on %(at)s.") % {"at": words.moment_words(min(told))}


@_filler("sharing", gettext_lazy("the register: may be shared with"))
def _sharing(known: Known) -> str:
    return known.incident.get_tlp_display()


@_filler("contact", gettext_lazy("who writes this report, and who handles the incident"))
def _contact(known: Known) -> str:
    owner = known.incident.owner
    people = [(known.writer, known.writer_address)]
    if owner is not None and owner.name != known.writer:
        people.append((owner.name, owner.email if owner.has_mailbox else ""))
    lines = [", ".join(filter(None, [name, address])) for name, address in people if name]
    return "\n".join([known.organisation, *lines])


@_filler("privacy_contact", gettext_lazy("the colleagues with this role; check it"))
def _privacy_contact(known: Known) -> str:
    return "\n".join(known.privacy_officers)
