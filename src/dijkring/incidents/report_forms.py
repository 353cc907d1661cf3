# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of reports as content: which fields a report has, from which article, filled by what.

A report of a duty takes its title, article and addressees from the duty; a duty without a form of
its own, such as a house rule, gets one from what it says that the report must hold.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from dijkring.incidents.obligations import NO_WORDS, Obligation, Words

Needed = Literal["yes", "no", "late"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; `fill` names what may fill it beforehand, in order of preference."""

    id: str
    label: Words
    help: Words
    article: str
    fill: tuple[str, ...]
    needed: Needed


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one report; `after` are the earlier reports that it takes text from."""

    id: str
    version: int
    title: Words
    article: str
    to: tuple[str, ...]
    channel: Words
    after: tuple[str, ...]
    hand_over: bool
    fields: tuple[Field, ...]

    def copy(self) -> dict[str, Any]:
        """Return the form as it is kept with a report, so that a later version changes nothing."""
        kept: dict[str, Any] = asdict(self)
        kept["to"], kept["after"] = list(self.to), list(self.after)
        kept["fields"] = [{**asdict(one), "fill": list(one.fill)} for one in self.fields]
        return kept


@cache
def ours() -> dict[str, Form]:
    """Return the forms that come with Dijkring, by id."""
    found = _content()
    return {row["id"]: _form(row, found["version"]) for row in found["forms"]}


@cache
def ill_intent() -> frozenset[str]:
    """Return the kinds of incident behind which somebody's intent is suspected."""
    return frozenset(_content()["ill_intent"])


def loose() -> dict[str, Form]:
    """Return the forms that no duty with a clock asks for: council, police, help."""
    return {id: form for id, form in ours().items() if form.article}


def of_obligation(one: Obligation) -> Form:
    """Return the form of a duty, with the words of the duty itself."""
    form = ours().get(one.id)
    if form is None:
        return _made_of(one)
    return replace(form, title=one.title, article=one.article, to=one.to)


def _made_of(one: Obligation) -> Form:
    known = {field.id: field for form in ours().values() for field in form.fields}
    lines = zip(one.content["nl"], one.content["en"] or one.content["nl"], strict=False)
    asked = (
        Field(f"line_{at}", {"nl": nl, "en": en}, NO_WORDS, one.article, ("earlier",), "yes")
        for at, (nl, en) in enumerate(lines, start=1)
    )
    fields = (known["reference"], known["what"], known["aware"], *asked, known["contact"])
    bare = tuple(replace(field, article="") if field.id in known else field for field in fields)
    return Form(one.id, 1, one.title, one.article, one.to, NO_WORDS, (), False, bare)


def _form(row: Mapping[str, Any], version: int) -> Form:
    return Form(
        id=row["id"],
        version=version,
        title=row.get("title", NO_WORDS),
        article=row.get("article", ""),
        to=tuple(row.get("to", ())),
        channel=row["channel"],
        after=tuple(row.get("after", ())),
        hand_over=row.get("hand_over", False),
        fields=tuple(_field(one) for one in row["fields"]),
    )


def _field(row: Mapping[str, Any]) -> Field:
    needed = row.get("needed", False)
    return Field(
        id=row["id"],
        label=row["label"],
        help=row["help"],
        article=row.get("article", ""),
        fill=tuple(row.get("fill", ())),
        needed="late" if needed == "late" else "yes" if needed else "no",
    )


def _content() -> dict[str, Any]:
    text = files("dijkring.incidents").joinpath("content/report_forms.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found
