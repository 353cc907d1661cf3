# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking over what others measured as facts of their own source, and undoing that."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from dijkring.core import clock, jobs, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job
from dijkring.evidence.models import Fact
from dijkring.evidence.services import rounds, standings, withdrawals
from dijkring.surface.models import Domain, GivenScore, Imported
from dijkring.surface.services import domains, import_files, import_plan
from dijkring.surface.services.import_plan import REFUSED, SOURCE_OF, Plan, Seen

JOB = "surface.take_over"
AT_ONCE = 3_000
MOST_REFUSED = 2_000
MOST_NAMES = 500


def take_over(
    *,
    actor: Actor,
    imported: Imported,
    mark: str,
    chosen: Mapping[str, int | None] | None = None,
    names: Collection[str] | None = None,
) -> Job | None:
    """Record what a file says, at once or as a job when it is much; all of it or nothing.

    `names` are the proposed names to register, None for all. Raises Refused when something else
    would be recorded than `mark` says, and for a file that was taken over already.
    """
    plan = _checked(actor, imported, mark, chosen)
    imported.choice = import_plan.kept_choice(plan)
    imported.save(update_fields=["choice"])
    if len(plan.told) <= AT_ONCE:
        _write(actor, imported, plan, names)
        return None
    imported.state, imported.counts = Imported.State.RUNNING, {"mark": mark}
    imported.save(update_fields=["state", "counts"])
    title = _("Take over %(name)s") % {"name": imported.name}
    return jobs.start(actor=actor, kind=JOB, title=title[:200], imported=imported.pk)


def _checked(
    actor: Actor, imported: Imported, mark: str, chosen: Mapping[str, int | None] | None
) -> Plan:
    actor.require(import_files.RIGHT)
    # One at a time per organisation: two who press the same button take it over once.
    standings.lock([actor.organisation_id])
    imported.refresh_from_db(fields=["state"])
    if imported.state in (Imported.State.DONE, Imported.State.UNDONE):
        raise Refused(_("This file has been taken over already."))
    plan = import_plan.plan(actor=actor, imported=imported, chosen=chosen)
    if plan.before is not None:
        raise Refused(_("Exactly this file has been taken over before. Nothing changes."))
    if plan.report.wrong or not plan.something:
        raise Refused(_("There is nothing in this file to take over."))
    if mark and plan.mark != mark:
        raise Refused(_("Something has changed since you looked. Look again before you agree."))
    return plan


def carry_out(*, actor: Actor, imported: Imported) -> None:
    """Take over what somebody agreed to, in the running transaction; the work of the job."""
    plan = _checked(actor, imported, str(imported.counts.get("mark", "")), None)
    _write(actor, imported, plan, None)


def give_up(*, imported: Imported) -> None:
    """Let a file that could not be taken over be looked at again."""
    imported.state, imported.counts = Imported.State.LOOKING, {}
    imported.save(update_fields=["state", "counts"])


def _write(actor: Actor, imported: Imported, plan: Plan, names: Collection[str] | None) -> None:
    tenancy.note_reason(_("Taken over from %(name)s") % {"name": imported.name})
    if imported.kind == "certificates":
        wanted = [one for one in plan.names if names is None or one in names]
        imported.domains = _register(actor, wanted)
    else:
        imported.facts = _record(actor, imported, plan)
    _keep_scores(imported, plan)
    _close(imported, plan)


def _register(actor: Actor, wanted: list[str]) -> list[int]:
    if not wanted:
        raise Refused(_("Choose at least one name."), "names")
    if len(wanted) > MOST_NAMES:
        raise Refused(_("Give at most %(number)d names at once.") % {"number": MOST_NAMES})
    made, _known = domains.register_domains(actor=actor, lines=wanted)
    return [one.pk for one in made]


def _record(actor: Actor, imported: Imported, plan: Plan) -> list[int]:
    """Record the rounds, the oldest first; returns the facts that stand on this file now."""
    source = SOURCE_OF[imported.kind]
    seen = import_plan.observations(actor, plan, source)
    for moment, of_names in seen.items():
        last = plan.whole and moment == max(seen)
        if last:
            of_names |= {name: [] for name in _with_facts(actor, source) - of_names.keys()}
        for complete, some in _alike(imported.kind, of_names, last):
            rounds.record_many(
                actor=actor,
                source=source,
                observed_at=moment,
                seen=some,
                complete=complete,
                again=True,
            )
    return _facts(actor, source, seen.values())


def _with_facts(actor: Actor, source: str) -> set[str]:
    """Return the names that have facts of a source: what a whole file does not name has ended."""
    rows = Fact.objects.filter(organisation_id=actor.organisation_id, source=source, until=None)
    return set(rows.values_list("member", flat=True))


def _alike(kind: str, seen: Seen, last: bool) -> Iterator[tuple[rounds.Whole, Seen]]:
    """Put names together that were told the same tests.

    A result of Internet.nl is about all subjects of the tests that it holds of a name, and of no
    other test; a scan is about no more than it says.
    """
    if last or kind == "easm":
        yield last, seen
        return
    alike: dict[frozenset[str], Seen] = {}
    for name, several in seen.items():
        alike.setdefault(frozenset(one.kind for one in several), {})[name] = several
    for kinds, some in alike.items():
        yield set(kinds), some


def _facts(actor: Actor, source: str, seen: Iterable[Seen]) -> list[int]:
    named = {(one.kind, one.subject) for of in seen for several in of.values() for one in several}
    rows = Fact.objects.filter(
        organisation_id=actor.organisation_id, source=source, until=None
    ).values_list("pk", "kind", "subject")
    return [pk for pk, kind, subject in rows if (kind, subject) in named]


def _keep_scores(imported: Imported, plan: Plan) -> None:
    taken = {one.name for one in plan.told}
    GivenScore.objects.bulk_create(
        [
            GivenScore(
                organisation_id=imported.organisation_id,
                imported=imported,
                member=one.name,
                part=one.part,
                percent=one.percent,
                url=one.url,
                at=one.at,
            )
            for one in plan.report.scores
            if one.name in taken
        ]
    )


def _close(imported: Imported, plan: Plan) -> None:
    imported.state, imported.done_at = Imported.State.DONE, clock.now()
    imported.counts = {
        **plan.counts, "facts": len(imported.facts), "domains": len(imported.domains),
    }  # fmt: skip
    imported.about_at = plan.report.at or imported.about_at
    imported.refused = [
        {"line": row.line, "label": row.label, "reason": row.reason}
        for row in plan.rows
        if row.status == REFUSED
    ][:MOST_REFUSED]
    imported.save()
    path = import_files.path_of(imported)
    # Only after the commit: what could not be recorded can be looked at again.
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def undo(*, actor: Actor, imported: Imported, reason: str) -> int:
    """Withdraw the facts that stand on a file, with a reason; returns how many.

    What another file says as well stays. Names that were registered from it leave as long as they
    are not being measured.
    """
    actor.require(import_files.RIGHT)
    standings.lock([actor.organisation_id])
    imported.refresh_from_db(fields=["state"])
    if imported.state != Imported.State.DONE:
        raise Refused(_("Only what was taken over can be undone."))
    tenancy.note_reason(reason)
    mine = set(imported.facts).difference(*_facts_of_others(imported))
    gone = withdrawals.withdraw_imported(actor=actor, facts=mine, reason=reason)
    left = _unregister(actor, imported, reason)
    imported.state, imported.undone_at = Imported.State.UNDONE, clock.now()
    imported.undone_by_id = actor.user_id
    imported.counts = {**imported.counts, "gone": gone + left}
    imported.save()
    return gone + left


def _facts_of_others(imported: Imported) -> list[list[int]]:
    rows = Imported.objects.filter(
        organisation_id=imported.organisation_id, kind=imported.kind, state=Imported.State.DONE
    )
    return list(rows.exclude(pk=imported.pk).values_list("facts", flat=True))


def _unregister(actor: Actor, imported: Imported, reason: str) -> int:
    waiting = Domain.objects.filter(
        organisation_id=actor.organisation_id,
        pk__in=imported.domains,
        state=Domain.State.REGISTERED,
    )
    for domain in (found := list(waiting)):
        domains.remove_domain(actor=actor, domain=domain, reason=reason)
    return len(found)


def cancel(*, actor: Actor, imported: Imported) -> None:
    """Take a file away that was not taken over."""
    actor.require(import_files.RIGHT)
    if imported.state != Imported.State.LOOKING:
        raise Refused(_("This file has been taken over already."))
    import_files.drop(imported)
