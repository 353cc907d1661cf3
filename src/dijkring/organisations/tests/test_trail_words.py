# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The trail speaks of every field in words, and shows no secret."""

import re
from typing import Any

from django.utils import translation

from dijkring.core import clock
from dijkring.incidents.models import Webhook
from dijkring.organisations import trail_words
from dijkring.organisations.models import User
from dijkring.organisations.selectors import trail
from dijkring.tests.harness.people import Acting

SECRETS = re.compile(r"hash|seal|secret|passw|token|totp|salt|seed|counter|private")
INNOCENT = {"sealed_at", "sealed_by", "logo_hash"}


def fields() -> list[Any]:
    own = [one for model in trail.histories().values() for one in model._meta.fields]
    return [field for field in own if not field.name.startswith("pgh_")]


def test_the_trail_has_words_for_every_field_it_may_show() -> None:
    hidden = trail_words.NEVER | trail_words.HIDDEN
    without = [
        trail_words.place_of(field)
        for field in fields()
        if trail_words.words_of(field) is None
        and field.name not in hidden
        and trail_words.place_of(field) not in trail_words.HIDDEN_OF
    ]
    assert not without, (
        "give the field a translated verbose_name, or an entry in FIELDS or HIDDEN of "
        f"organisations/trail_words.py: {without}"
    )


def test_words_belong_to_fields_that_exist() -> None:
    places = {trail_words.place_of(field) for field in fields()}
    named = {*trail_words.FIELDS_OF, *trail_words.HIDDEN_OF, *trail_words.CLOSED}
    assert not named - places
    assert not {*trail_words.FIELDS, *trail_words.HIDDEN} - {name for _, name in places}


def test_no_history_keeps_a_secret() -> None:
    """Leave what this names out of the history: `@audited(exclude=[…])`."""
    secret = [one for one in fields() if SECRETS.search(one.name) and one.name not in INNOCENT]
    assert [trail_words.place_of(one) for one in secret] == []


def test_the_words_of_a_model_itself_come_first() -> None:
    words = {trail_words.place_of(one): trail_words.words_of(one) for one in fields()}
    with translation.override("nl"):
        assert str(words["incidents.touchedasset", "until"]) == "werkt weer sinds"
        assert str(words["core.schedule", "active"]) == "gebeurt vanzelf"


def test_a_change_of_a_webhook_tells_neither_its_secret_nor_its_address(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        hook = Webhook.objects.create(
            organisation_id=actor.organisation_id,
            name="Chat",
            url="https://chat.example.org/een",
            sealed="geheim-een",
            made_at=clock.now(),
            made_by="Alice",
        )
        hook.url, hook.sealed, hook.name = "https://chat.example.org/twee", "geheim-twee", "Wacht"
        hook.save()
        changed, made = trail.events("incidents-webhook", hook.pk)
    told = str([changed, made])
    assert "geheim" not in told
    assert "example.org" not in told
    assert {"Naam", "Adres"} == {one.field for one in changed.changes}
