# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of controls show."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.controls.models import Framework, Requirement, in_language
from dijkring.controls.selectors import frameworks as select
from dijkring.controls.selectors.frameworks import Tie, Tree
from dijkring.ui.links import link
from dijkring.ui.panels import Facts, Markup, Panel
from dijkring.ui.states import State

STATUSES = {
    "moved": State(gettext_lazy("moved"), "right"),
    "reference": State(gettext_lazy("refers elsewhere"), "right"),
    "lapsed": State(gettext_lazy("lapsed"), "not-applicable", "not-applicable"),
}
LAYERS = {
    "design": gettext_lazy("design"),
    "existence": gettext_lazy("existence"),
    "operation": gettext_lazy("operation"),
}


def status(requirement: Requirement) -> State | None:
    """Return the mark of a number that is not asked any more; None for one that is."""
    return STATUSES.get(requirement.status)


def about(framework: Framework, tree: Tree) -> Panel:
    """Return what is known of a framework: who issued it, when, under which licence."""
    counts = tree.counts
    rows: list[tuple[Any, Any]] = [
        (_("Issued by"), framework.issuer),
        (_("Published"), framework.published),
        (_("Judged requirements"), counts["leaves"]),
        (_("Moved"), counts["moved"]),
        (_("Lapsed"), counts["lapsed"]),
        (_("Source"), framework.source),
        (_("Licence"), framework.licence),
        (_("Last changed here"), framework.imported_at),
        *((_("Names"), f"{key} {version}") for key, version in framework.names_versions.items()),
    ]
    return Facts(_("About this version"), [row for row in rows if row[1] not in {"", None, 0}])


def trail(request: HttpRequest, requirement: Requirement) -> list[tuple[str, str]]:
    """Return the way to a requirement: the list, the framework and what stands above it."""
    framework = requirement.framework
    return [
        (_("Norms and laws"), link(request, "controls:frameworks")),
        (str(framework), link(request, "controls:framework", framework.pk)),
        *(
            (str(above), link(request, "controls:requirement", above.pk))
            for above in select.place_of(requirement)
        ),
    ]


def of_requirement(requirement: Requirement) -> list[Panel]:
    """Return the panels of a requirement."""
    onward, back = select.ties(requirement)
    return [
        *_official(requirement),
        *_went(requirement),
        *_asked(requirement),
        *_tied(_("This counts for"), onward),
        *_tied(_("What counts for this"), back),
        *_rules(requirement),
    ]


def _official(requirement: Requirement) -> list[Panel]:
    if not requirement.official_text:
        return []
    context = {"text": in_language(requirement.official_text)}
    return [Markup(_("Official text"), "controls/text.html", context)]


def _went(requirement: Requirement) -> list[Panel]:
    target = select.moved_to(requirement)
    was = [(row.was, in_language(row.note)) for row in select.came_from(requirement)]
    if not (target or was or requirement.moved_to):
        return []
    context = {"target": target, "named": requirement.moved_to, "was": was}
    return [Markup(_("Other numbers"), "controls/moved.html", context)]


def _asked(requirement: Requirement) -> list[Panel]:
    layers = ", ".join(str(LAYERS[layer]) for layer in requirement.layers)
    rows: list[tuple[Any, Any]] = [(_("Layers that are judged"), layers)] if layers else []
    if requirement.outside_duty:
        rows.append((_("Duty of care"), _("outside it: the law does not ask this")))
    panels: list[Panel] = [Facts(_("What is asked"), rows)] if rows else []
    if requirement.link:
        law = Markup(_("Text of the law"), "controls/law.html", {"url": requirement.link})
        panels.append(law)
    return panels


def _tied(title: str, ties: list[Tie]) -> list[Panel]:
    return [Markup(title, "controls/ties.html", {"ties": ties})] if ties else []


def _rules(requirement: Requirement) -> list[Panel]:
    rules = [
        {
            "layer": LAYERS[rule.layer],
            "decides": rule.decides,
            "reason": in_language(rule.reason),
            "kinds": rule.kinds,
        }
        for rule in select.rules_of(requirement)
    ]
    title = _("Which facts speak about it")
    return [Markup(title, "controls/rules.html", {"rules": rules})] if rules else []
