# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Breaking, mending and publishing: edits of the state that a running lab picks up."""

from collections.abc import Callable
from dataclasses import dataclass

from dijkring.lab.defects import Defect, catalogue, find
from dijkring.lab.errors import LabError
from dijkring.lab.folder import Folder, State
from dijkring.lab.scenario import LABEL, Name, Scenario, check_fits

Planted = dict[str, frozenset[str]]
Edit = Callable[[frozenset[str]], frozenset[str]]
EditTxt = Callable[[list[str]], list[str]]
LONGEST_TXT = 2000
LONGEST_NAME = 253


@dataclass(frozen=True)
class Change:
    """The version that carries a change, and whether anything differed at all."""

    version: int
    changed: bool


def planted(scenario: Scenario, state: State) -> Planted:
    """The defects of every name now; a name that was never touched follows the scenario."""
    return {
        name.name: frozenset(state.defects[name.name]) & catalogue().keys()
        if name.name in state.defects
        else name.defects
        for name in scenario.names.values()
    }


def break_name(folder: Folder, scenario: Scenario, name: str, defect_id: str) -> Change:
    """Plant a defect on a name; LabError for an unknown name or defect, or one that cannot fit."""
    entry, defect = scenario.name(name), find(defect_id)
    check_fits(entry, defect)
    return _replant(folder, scenario, entry, lambda now: now | {defect.id})


def mend_name(folder: Folder, scenario: Scenario, name: str, defect_id: str) -> Change:
    """Take a defect away; LabError names the place when the same fault stands elsewhere."""
    entry, defect = scenario.name(name), find(defect_id)
    now = planted(scenario, folder.state())
    if defect.id not in now[entry.name]:
        _point_to_cause(scenario, now, entry, defect, defect_id)
    return _replant(folder, scenario, entry, lambda had: had - {defect.id})


def publish_txt(folder: Folder, scenario: Scenario, name: str, value: str) -> Change:
    """Add a TXT record at or below a domain of the lab, beside those already there."""
    owner = _txt_owner(scenario, name)
    if not value or len(value.encode()) > LONGEST_TXT:
        raise LabError(
            f"Een TXT-waarde heeft 1 tot {LONGEST_TXT} tekens.",
            f"A TXT value has 1 to {LONGEST_TXT} characters.",
        )
    return _change_txt(folder, owner, lambda values: sorted({*values, value}))


def withdraw_txt(folder: Folder, scenario: Scenario, name: str) -> Change:
    """Take away every TXT record that was published at a name."""
    return _change_txt(folder, _txt_owner(scenario, name), lambda values: [])


def _replant(folder: Folder, scenario: Scenario, entry: Name, edit: Edit) -> Change:
    changed = False

    def apply(state: State) -> None:
        nonlocal changed
        now = planted(scenario, state)[entry.name]
        changed = edit(now) != now
        state.defects[entry.name] = sorted(edit(now))

    version = folder.change(apply)
    return Change(version, changed)


def _change_txt(folder: Folder, owner: str, edit: EditTxt) -> Change:
    changed = False

    def apply(state: State) -> None:
        nonlocal changed
        before = state.txt.get(owner, [])
        after = edit(before)
        changed = after != before
        state.txt = {**state.txt, owner: after} if after else _without(state.txt, owner)

    version = folder.change(apply)
    return Change(version, changed)


def _without(txt: dict[str, list[str]], owner: str) -> dict[str, list[str]]:
    return {name: values for name, values in txt.items() if name != owner}


def _txt_owner(scenario: Scenario, name: str) -> str:
    owner = name.lower().rstrip(".")
    labels = owner.split(".")
    suffixes = {".".join(labels[start:]) for start in range(len(labels))}
    if not suffixes & scenario.organisations.keys():
        raise LabError(
            f"'{name}' ligt niet onder een domein van het oefeninternet.",
            "It is not below a domain of the practice internet.",
        )
    if len(owner) > LONGEST_NAME or not all(LABEL.match(label) for label in labels):
        raise LabError(f"'{name}' is geen geldige naam.", "It is not a valid name.")
    return owner


def _point_to_cause(
    scenario: Scenario,
    now: Planted,
    entry: Name,
    defect: Defect,
    asked: str,
) -> None:
    """Raise LabError when another planted defect near this name makes the same check fail."""
    carrier = entry.mail.removeprefix("mail.") if entry.mail else entry.domain
    for name, ids in now.items():
        if name != entry.name and scenario.names[name].domain not in (entry.domain, carrier):
            continue
        for cause in ids:
            if cause == defect.id or asked in catalogue()[cause].also:
                raise LabError(
                    f"{entry.name} heeft {asked} niet zelf; dat komt door {cause} op {name}.",
                    f"It comes from elsewhere; mend that: dijkring lab mend {name} {cause}",
                )
