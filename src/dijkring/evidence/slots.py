# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What evidence hangs on the pages of norms and laws, and does when the applicability changes."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls import hooks
from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Framework, Requirement
from dijkring.controls.services import version_before
from dijkring.core import clock
from dijkring.evidence import panels
from dijkring.evidence.models import Judgement
from dijkring.evidence.selectors import standings as select
from dijkring.evidence.services import standings
from dijkring.ui.links import link
from dijkring.ui.panels import ChartPanel, Markup, Panel


@contextmanager
def changing_applicability(organisation_id: int, requirements: Collection[int]) -> Iterator[None]:
    """Bring the standings up to now before the change, and carry it through after it."""
    standings.begin_change(organisation_id)
    yield
    standings.recompute(organisation_id, requirements)


def leaf_states(request: Any, framework: Framework) -> dict[int, hooks.LeafState]:
    """Return the verdict on each leaf, with the page that says why."""
    if not request.can("evidence.view"):
        return {}
    leaves = catalogue(clock.now()).leaves_of(framework.pk)
    stood = select.of_leaves(request.actor.organisation_id, leaves)
    return {
        leaf: hooks.LeafState(
            stood[leaf].verdict if leaf in stood else "not_assessed",
            link(request, "evidence:requirement", leaf),
        )
        for leaf in leaves
    }


def of_framework(request: Any, framework: Framework) -> list[Panel]:
    """Return where the organisation stands on a framework, and what can be taken along to it."""
    if not request.can("evidence.view"):
        return []
    profile = _profile(request.actor.organisation_id, framework)
    found: list[Panel] = []
    if profile.total:
        words = panels.profile_words(profile)
        found.append(ChartPanel(_("Where you stand"), panels.profile_chart(profile, words)))
    return [*found, *_to_carry(request, framework)]


def _profile(organisation_id: int, framework: Framework) -> select.Profile:
    known = catalogue(clock.now())
    roots = known.roots.get(framework.pk, [])
    leaves = dict.fromkeys(leaf for root in roots for leaf in known.leaves_behind(root))
    return select.profile(list(leaves), select.of_leaves(organisation_id, list(leaves)))


def _to_carry(request: Any, framework: Framework) -> list[Panel]:
    organisation_id = request.actor.organisation_id
    reviews = request.can("evidence.review")
    before = version_before(framework, organisation_id) if reviews else None
    if before is None or not _judged(organisation_id, before):
        return []
    context = {"framework": framework, "before": before}
    return [Markup(_("Judgements of the version before"), "evidence/to_carry.html", context)]


def _judged(organisation_id: int, framework: Framework) -> bool:
    rows = Judgement.objects.filter(
        organisation_id=organisation_id, requirement__framework=framework, superseded_at=None
    )
    return rows.exists()


def of_requirement(request: Any, requirement: Requirement) -> list[Panel]:
    """Return where the organisation stands on a requirement, or on what carries it."""
    if not request.can("evidence.view") or requirement.status != Requirement.Status.ACTIVE:
        return []
    organisation_id = request.actor.organisation_id
    context: dict[str, Any] = {"requirement": requirement}
    if requirement.leaf:
        context["verdict"] = select.of_leaf(organisation_id, requirement.pk).verdict
    else:
        leaves = catalogue(clock.now()).leaves_behind(requirement.pk)
        if not leaves:
            return []
        profile = select.profile(leaves, select.of_leaves(organisation_id, leaves))
        context["words"] = panels.profile_words(profile)
    return [Markup(_("Where you stand"), "evidence/stands.html", context)]
