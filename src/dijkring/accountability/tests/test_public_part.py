# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing that an organisation wrote or measured can reach the public part of the report.

An unmistakable word is planted in every field that holds free text, of every table.
"""

import io
import re
import zipfile
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

import pgtrigger
import pypdf
import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Left
from pytest_django import DjangoDbBlocker

from dijkring.accountability import blocks, services
from dijkring.accountability.models import Report
from dijkring.controls.models import Framework, Requirement
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.documents import html, odt, pdf
from dijkring.documents.blocks import Document
from dijkring.evidence.models import PopulationMember
from dijkring.evidence.services import populations
from dijkring.evidence.tests.makers import count, see
from dijkring.organisations.models import User
from dijkring.portability.whole.taking_in import ignore
from dijkring.tests import objects
from dijkring.tests.harness.database import Clone, kept
from dijkring.tests.harness.people import account, acting_as

# Words of the system itself, by which rows find each other; people do not choose them.
KEYS = {"kind", "population", "origin_kind", "key", "layer", "role", "secret_hash", "sha256"}
KEYS |= {"action", "table", "state", "verdict", "status", "version", "ref", "media_type", "url"}
SITE = "www.dijkerveen.example"


def live(actor: Actor) -> None:
    """Make one object of every kind, a failing fact with its action, and take a name out."""
    objects.make(actor)
    count(actor, SITE, responsible="Hostman")
    see(actor, SITE, "fail", text="Spreekt nog TLS 1.0")
    count(actor, f"oud.{SITE}")
    member = PopulationMember.objects.get(member=f"oud.{SITE}")
    populations.propose_removal(actor=actor, member=member, reason="Site is opgeheven.")
    with acting_as(account("fatima")) as secretary:
        populations.confirm_removal(actor=secretary, member=member)
    own_norm(actor)


def own_norm(actor: Actor) -> None:
    """Bring in newer versions of the very norms that the report speaks of."""
    for key in ("bio2", "bio2-isms", "cbw"):
        shared = Framework.objects.filter(key=key, organisation=None).first()
        assert shared is not None
        own = Framework.objects.create(
            organisation_id=actor.organisation_id,
            key=key,
            version="9999",
            title={"nl": "Eigen"},
            is_law=shared.is_law,
            names_versions={"bio2": "9999", "bio2-isms": "9999"},
            imported_at=clock.now(),
        )
        Requirement.objects.create(
            organisation_id=actor.organisation_id,
            framework=own,
            ref="5.14.01" if key == "bio2" else "21.3.a",
            kind="measure",
            title={"nl": "Eigen"},
            leaf=True,
            layers=["design"],
            position=1,
        )


def plant(user_ids: list[int]) -> dict[str, str]:
    """Put a word of its own in every field of free text; returns the word per field."""
    words: dict[str, str] = {}
    # Some rows may not change after they were written.
    ignore([trigger.get_pgid(model) for model, trigger in pgtrigger.registered()])
    for model in filter(is_theirs, apps.get_models()):
        for field in model._meta.concrete_fields:
            word = f"zq{len(words)}x"
            if put(model.objects.all(), field, word):  # type: ignore[attr-defined]
                words[f"{model._meta.label}.{field.name}"] = word
    ignore([])
    put(User.objects.filter(pk__in=user_ids), User._meta.get_field("name"), "zqnaamx")
    return words | {"organisations.User.name": "zqnaamx"}


def is_theirs(model: type[models.Model]) -> bool:
    declared = tenancy.declaration(model)
    return declared is not None and declared.level in {"own", "mixed"}


def put(rows: Any, field: Any, word: str) -> int:
    own = [field.name for field in rows.model._meta.fields if field.name == "organisation"]
    rows = rows.exclude(organisation=None) if own else rows
    if isinstance(field, models.JSONField):
        return in_json(rows, field.name, word)
    if not isinstance(field, models.CharField | models.TextField):
        return 0
    if field.choices or field.name in KEYS or not rows.exists():
        return 0
    room = (field.max_length or 9999) - len(word) - 1
    if room < 1:
        # A code of a few letters cannot hold a word.
        return 0
    given = {field.name: Concat(Left(field.name, room), Value(f" {word}"))}
    try:
        with transaction.atomic():
            return int(rows.update(**given))
    except IntegrityError:
        # Some fields must stay empty in some rows.
        return int(rows.exclude(**{field.name: ""}).update(**given))


def in_json(rows: Any, name: str, word: str) -> int:
    planted = 0
    for row in rows:
        value = getattr(row, name)
        if isinstance(value, dict) and name in {"title", "text", "note", "detail", "reason"}:
            given = {"nl": word, "en": word} | ({"text": word} if name == "detail" else {})
            planted += rows.filter(pk=row.pk).update(**{name: given})
    return planted


def report(actor: Actor) -> Report:
    today = clock.today()
    made = services.make_report(
        actor=actor, title="zqtitelx", first=today - timedelta(days=60), last=today
    )
    return services.move(actor=actor, report=made, to="secretary", note="zqopmerkingx")


class Told(NamedTuple):
    """The words that were planted, by field, and what was made of them."""

    planted: dict[str, str]
    figures: str
    public: Document
    annex: Document


@pytest.fixture(scope="module")
def told(clone: Clone, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Told:
    """Live, plant and report once; nothing of it stays in the database."""
    with kept(clone, django_db_blocker), acting_as(account("alice")) as actor:
        live(actor)
        planted = plant([account(name).pk for name in ("alice", "fatima", "erik")])
        made = report(actor)
        public = blocks.public_document(made, "Dijkerveen")
        annex = blocks.annex_document(made, "Dijkerveen")
    return Told(planted, str(made.figures), public, annex)


@cache
def as_pdf(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.to_pdf(document)))


def texts(document: Document) -> dict[str, str]:
    """Return what stands in each format, in small letters and without spaces and hyphens."""
    reader = as_pdf(document)
    with zipfile.ZipFile(io.BytesIO(odt.to_odt(document))) as file:
        parts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    found = {
        "html": html.to_html(document),
        "pdf": "".join(page.extract_text() for page in reader.pages) + str(reader.metadata),
        "odt": "".join(parts),
    }
    return {kind: re.sub(r"[\s\u00ad-]", "", text).casefold() for kind, text in found.items()}


def test_words_are_planted_everywhere(told: Told) -> None:
    for field in (
        "actions.Action.title",
        "actions.Action.responsible",
        "actions.ActionLine.subject",
        "actions.Comment.text",
        "controls.Framework.title",
        "controls.Requirement.title",
        "evidence.Deviation.reason",
        "evidence.Fact.subject",
        "evidence.Fact.source",
        "evidence.Fact.detail",
        "evidence.Judgement.reason",
        "evidence.PopulationMember.member",
        "evidence.PopulationMember.reason",
        "evidence.Upload.name",
        "organisations.User.name",
        "surface.Domain.name",
    ):
        assert field in told.planted
    assert len(set(told.planted.values())) == len(told.planted) > 40


def test_public_part_holds_none_of_them(told: Told) -> None:
    assert "zq" not in told.figures
    for kind, text in texts(told.public).items():
        assert "waarwijstaan" in text, kind
        assert {field for field, word in told.planted.items() if word in text} == set(), kind
        for other in ("zq", "alice", "hostman", "dijkerveen.example", "omgeving1", "opgeheven"):
            assert other not in text, (kind, other)


def test_annex_holds_what_the_council_must_know(told: Told) -> None:
    wanted = {
        "actions.Action.title",
        "actions.Action.responsible",
        "evidence.Fact.subject",
        "evidence.Fact.detail",
        "evidence.Deviation.reason",
        "evidence.PopulationMember.member",
        "evidence.PopulationMember.reason",
        "organisations.User.name",
    }
    for kind, text in texts(told.annex).items():
        assert {field for field in wanted if told.planted[field] not in text} == set(), kind
        assert "artikel87" in text, kind


def test_pdf_is_tagged_and_says_what_it_is(told: Told) -> None:
    for document in (told.public, told.annex):
        root: Any = as_pdf(document).root_object
        assert bool(root["/MarkInfo"]["/Marked"])
        assert root["/StructTreeRoot"]
        assert root["/Lang"].startswith("nl")
