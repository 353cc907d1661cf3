# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far the first hour is, read from the facts; what was brought in, and what still waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.accountability.models import Report
from dijkring.actions.models import Action
from dijkring.controls.models import Applicability
from dijkring.core.rows import id_of
from dijkring.evidence.models import Judgement, Round
from dijkring.onboarding.models import Brought, Intake, TakenOver
from dijkring.organisations.models import Invitation, Membership
from dijkring.surface.facts import SOURCE
from dijkring.surface.models import Domain


def intakes(organisation_id: int) -> QuerySet[Intake]:
    """Return the files that were brought in or looked at, the newest first."""
    rows = Intake.objects.filter(organisation_id=organisation_id)
    return rows.select_related("uploaded_by").defer("refused")


def to_confirm(organisation_id: int, requirement: int | None = None) -> QuerySet[TakenOver]:
    """Return what was taken over and waits for somebody, in the order of the norm."""
    rows = TakenOver.objects.filter(organisation_id=organisation_id, ended_at=None)
    rows = rows.filter(requirement_id=requirement) if requirement is not None else rows
    return rows.select_related("requirement__framework", "intake").order_by(
        "requirement__framework_id", "requirement__position", "id"
    )


def chosen(organisation_id: int, ids: Iterable[str]) -> list[TakenOver]:
    """Return what waits among ids from an address."""
    wanted = list(filter(None, map(id_of, ids)))
    return list(to_confirm(organisation_id).filter(pk__in=wanted))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the first hour: what there is by now, and whether that is enough to go on."""

    id: str
    done: bool
    words: str


def steps(organisation_id: int, name: str) -> list[Step]:
    """Return the steps of the first hour; what is done is read from the facts, never ticked."""
    return [
        Step("municipality", True, name),
        *_domain_steps(organisation_id),
        *_brought_steps(organisation_id),
        _report_step(organisation_id),
    ]


def _domain_steps(organisation_id: int) -> list[Step]:
    states = list(
        Domain.objects.filter(organisation_id=organisation_id)
        .exclude(state=Domain.State.REMOVED)
        .values_list("state", flat=True)
    )
    proven = states.count(Domain.State.AUTHORISED)
    measured = Round.objects.filter(organisation_id=organisation_id, source=SOURCE).count()
    registered = ngettext("%(n)d domain", "%(n)d domains", len(states)) % {"n": len(states)}
    words = _("%(proven)d of %(all)d proven") % {"proven": proven, "all": len(states)}
    seen = ngettext("%(n)d domain measured", "%(n)d domains measured", measured) % {"n": measured}
    return [
        Step("domains", bool(states), registered),
        Step("authority", bool(states) and proven == len(states), words),
        Step("measure", measured > 0, seen),
    ]


def _brought_steps(organisation_id: int) -> list[Step]:
    kinds = set(
        Brought.objects.filter(organisation_id=organisation_id, until=None)
        .order_by()
        .values_list("kind", flat=True)
        .distinct()
    )
    people = Membership.objects.filter(organisation_id=organisation_id, until=None).count()
    invited = Invitation.objects.filter(
        organisation_id=organisation_id, accepted_at=None, withdrawn_at=None
    ).count()
    owned = Applicability.objects.filter(
        organisation_id=organisation_id, valid_until=None, owner__isnull=False
    ).count()
    return [
        Step("people", people + invited > 1, _people_words(people, invited)),
        _judgements_step(organisation_id, "judgements" in kinds),
        Step(
            "owners",
            owned > 0,
            ngettext("%(n)d owner given", "%(n)d owners given", owned) % {"n": owned},
        ),
        _actions_step(organisation_id),
    ]


def _people_words(people: int, invited: int) -> str:
    return _("%(people)d with access, %(invited)d invited") % {"people": people, "invited": invited}


def _judgements_step(organisation_id: int, brought: bool) -> Step:
    waiting = to_confirm(organisation_id).count()
    judged = Judgement.objects.filter(organisation_id=organisation_id, superseded_at=None).count()
    words = ngettext("%(n)d judgement", "%(n)d judgements", judged) % {"n": judged}
    return Step("judgements", brought or judged > 0, f"{words}, {_waiting_words(waiting)}")


def _actions_step(organisation_id: int) -> Step:
    found = Action.objects.filter(organisation_id=organisation_id).count()
    words = ngettext("%(n)d action", "%(n)d actions", found) % {"n": found}
    return Step("actions", found > 0, words)


def _waiting_words(waiting: int) -> str:
    words = ngettext(
        "%(n)d verdict waits to be confirmed", "%(n)d verdicts wait to be confirmed", waiting
    )
    return words % {"n": waiting}


def _report_step(organisation_id: int) -> Step:
    made = Report.objects.filter(organisation_id=organisation_id).count()
    words = ngettext("%(n)d report made", "%(n)d reports made", made) % {"n": made}
    return Step("report", made > 0, words)
