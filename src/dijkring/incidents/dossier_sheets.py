# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of an incident on paper: what it touches, tasks, evidence with its chain, and more.

Of evidence only the name, the hash and the chain of custody; never what is in it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.documents.blocks import Block, Heading, Paragraph, Table
from dijkring.incidents.indicators import defang
from dijkring.incidents.models import Exhibit, Incident, PoliceReport
from dijkring.incidents.panels.touched import look
from dijkring.incidents.selectors import costs, playbooks, touched
from dijkring.incidents.selectors import dossier as selectors
from dijkring.incidents.tables.playbooks import LATE, ROLE_WORDS, TASKS
from dijkring.ui import words

Rows = tuple[tuple[str, ...], ...]


def blocks(found: Incident) -> Iterator[Block]:
    """Return the file of an incident as blocks of a document; an empty part says so."""
    parts: Sequence[tuple[str, Callable[[Incident], Iterator[Block]], str]] = (
        (_("What it touches"), _touched, _("Nothing of the landscape is marked as touched.")),
        (_("Tasks"), _tasks, _("No playbook has been started.")),
        (_("Evidence"), _evidence, _("No evidence has been taken into custody.")),
        (_("Traces"), _traces, _("No traces have been recorded.")),
        (_("Costs"), _costs, _("No costs have been recorded yet.")),
        (_("Police"), _police,
         _("It has not been decided yet whether to report it to the police.")),
        (_("Who was told what"), _contacts,
         _("Nobody has been told yet, as far as is written down.")),
    )  # fmt: skip
    for title, part, empty in parts:
        yield Heading(1, title)
        yield from list(part(found)) or [Paragraph(empty)]


def _table(caption: str, header: tuple[str, ...], rows: Rows) -> Iterator[Block]:
    if rows:
        yield Table(caption, header, rows)


def _touched(found: Incident) -> Iterator[Block]:
    rows = tuple(
        (
            one.asset.name,
            str(look(one).word),
            words.moment_words(one.since),
            words.moment_words(one.until) if one.until else "",
            one.note,
        )
        for one in touched.of_incident(found)
    )
    header = (_("Asset"), _("How sure"), _("Since"), _("Works again since"), _("Note"))
    return _table(_("What of the landscape is touched"), header, rows)


def _tasks(found: Incident) -> Iterator[Block]:
    now = clock.now()
    rows = tuple(
        (
            in_language(one.words),
            str((LATE if one.is_late(now) else TASKS[one.state]).word),
            words.person_words(one.assignee) if one.assignee else str(ROLE_WORDS.get(one.role, "")),
            words.moment_words(one.ended_at or one.due_at) if one.ended_at or one.due_at else "",
            one.reason,
        )
        for one in playbooks.tasks(found)
    )
    header = (_("Task"), _("State"), _("Who"), _("Done, or due"), _("Reason"))
    return _table(_("What is to be done"), header, rows)


def _evidence(found: Incident) -> Iterator[Block]:
    rows = list(selectors.exhibits(found))
    for one in rows:
        yield Heading(2, str(one))
        if one.upload is not None:
            yield Paragraph(_("File: %(name)s") % {"name": one.upload.name})
        if one.sha256:
            yield Paragraph(f"SHA-256 {one.sha256}")
        yield from _custody(one)


def _custody(exhibit: Exhibit) -> Iterator[Block]:
    rows = tuple(
        (
            words.moment_words(one.at),
            one.get_act_display() + _equal(one.equal),
            one.by,
            one.origin,
            one.to,
            one.note,
        )
        for one in exhibit.custody.all()
    )
    header = (_("When"), _("What"), _("By whom"), _("From"), _("To"), _("Note"))
    return _table(_("Chain of custody of %(exhibit)s") % {"exhibit": exhibit}, header, rows)


def _equal(equal: bool | None) -> str:
    if equal is None:
        return ""
    return ": " + (_("equal") if equal else _("not equal"))


def _traces(found: Incident) -> Iterator[Block]:
    rows = tuple(
        (defang(one.kind, one.value), one.get_kind_display(), one.note)
        for one in selectors.indicators(found)
    )
    return _table(_("Traces, written harmlessly"), (_("Trace"), _("Kind"), _("Note")), rows)


def _costs(found: Incident) -> Iterator[Block]:
    rows = tuple(
        (
            one.what,
            costs.euros(one.cents),
            _("certain") if one.certain else _("estimated"),
            one.paid_to,
            str(one.budget_year),
        )
        for one in costs.of_incident(found)
    )
    header = (_("What for"), _("Amount"), _("How sure"), _("Paid to"), _("Budget year"))
    yield from _table(_("What it costs"), header, rows)
    if rows:
        total = costs.total(found)
        yield Paragraph(
            _("Together %(total)s: %(certain)s certain and %(estimated)s estimated.")
            % {name: costs.euros(getattr(total, of)) for name, of in
               (("total", "all"), ("certain", "certain"), ("estimated", "estimated"))}
        )  # fmt: skip


def _police(found: Incident) -> Iterator[Block]:
    said = selectors.police(found)
    if said is not None:
        yield Paragraph(police_words(said))


def police_words(said: PoliceReport) -> str:
    """Say whether the police was told, when and under which number, or why not."""
    if not said.done:
        return _("Not reported to the police: %(why)s") % {"why": said.reason}
    at = words.moment_words(said.at) if said.at else words.NOTHING
    number = said.number or words.NOTHING
    return _("Reported to the police on %(at)s, number %(number)s") % {"at": at, "number": number}


def _contacts(found: Incident) -> Iterator[Block]:
    rows: Any = tuple(
        (words.moment_words(one.at), one.to, one.channel, one.text, one.by)
        for one in selectors.contacts(found)
    )
    header = (_("When"), _("To whom"), _("Channel"), _("What was told"), _("By whom"))
    return _table(_("Who was told what, the newest first"), header, rows)
