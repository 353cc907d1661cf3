# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import os
import subprocess
import sys

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from dijkring.organisations import services
from dijkring.organisations.loading import load_areas
from dijkring.organisations.models import Organisation, Participation, User, sort_key
from dijkring.tests.harness.database import Clone
from dijkring.tests.harness.people import ClientOf


@pytest.mark.django_db
def test_all_municipalities_regions_and_parties_are_there() -> None:
    areas = Organisation.objects.filter(source="CBS")
    assert areas.filter(kind="municipality").count() == 342
    assert areas.filter(kind="safety_region").count() == 25
    parties = Organisation.objects.filter(slug__in=["ibd", "ncsc", "rdi", "bzk", "ap"])
    assert sorted(parties.values_list("kind", flat=True)) == ["csirt"] * 2 + ["supervisor"] * 3


@pytest.mark.django_db
def test_every_municipality_takes_part_in_one_region() -> None:
    rows = Participation.objects.filter(participant__kind="municipality")
    assert rows.count() == rows.values("participant").distinct().count() == 342


@pytest.mark.parametrize(
    ("names"),
    [["Aalsmeer", "’s-Gravenhage", "Súdwest-Fryslân", "IJsselstein", "'s-Hertogenbosch"]],
)
def test_dutch_names_sort_without_article_and_accent(names: list[str]) -> None:
    assert sort_key("'s-Hertogenbosch") == "hertogenbosch"
    assert sort_key("Súdwest-Fryslân") == "sudwest-fryslan"
    assert sort_key("IJsselstein") == "ysselstein"
    assert len({sort_key(name) for name in names}) == len(names)


@pytest.mark.django_db
def test_only_the_owner_of_the_tables_registers_a_body() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        services.register_organisation(kind="supplier", name="Zuiderhost")
    with pytest.raises(ProgrammingError), transaction.atomic():
        load_areas()


def as_owner(clone: Clone, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as the owner, in a process of its own, on the database of this test."""
    environment = os.environ | {
        "DIJKRING_AS_OWNER": "1",
        "DATABASE_OWNER_URL": clone.owner_url,
        "DATABASE_URL": clone.app_url,
        "DJANGO_SETTINGS_MODULE": "dijkring.config.settings",
    }
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "django", *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db(transaction=True)
def test_a_body_is_added_from_the_shell_and_its_ciso_comes_in(clone: Clone, client: Client) -> None:
    add = (
        "organisation",
        "--skip-checks",
        "add",
        "--kind",
        "joint_body",
        "--name",
        "ICT-samenwerking Zuid",
    )
    done = as_owner(clone, *add, "--ciso-email", "eva@zuid.example")
    assert done.returncode == 0, done.stderr
    slug, address = done.stdout.split()
    assert slug == "ict-samenwerking-zuid"
    answer = client.post(address, {"name": "Eva", "password": "een lang en goed wachtwoord"})
    assert answer.status_code == 302
    assert User.objects.get(email="eva@zuid.example").name == "Eva"
    again = as_owner(clone, *add)
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


@pytest.mark.django_db(transaction=True)
def test_loading_the_areas_again_changes_nothing(clone: Clone) -> None:
    before = list(Organisation.objects.order_by("id").values_list())
    script = "from dijkring.organisations.loading import load_areas; print(load_areas())"
    done = as_owner(clone, "shell", "-c", script)
    assert done.returncode == 0, done.stderr
    assert list(Organisation.objects.order_by("id").values_list()) == before


def test_search_knows_no_accents_and_exports_what_is_shown(
    client_of: ClientOf, alice: User
) -> None:
    page = client_of(alice).get("/o/dijkerveen/organisaties/?search=sudwest")
    assert "Súdwest-Fryslân" in page.content.decode()
    sheet = client_of(alice).get("/o/dijkerveen/organisaties/?search=sudwest&export=csv")
    lines = sheet.content.decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Súdwest-Fryslân,")


def test_a_region_shows_its_municipalities(client_of: ClientOf, bob: User) -> None:
    region = Organisation.objects.get(kind="safety_region", code="VR02")
    page = client_of(bob).get(f"/o/dijkerveen/organisaties/{region.pk}/").content.decode()
    assert "Achtkarspelen" in page
    assert "Aalsmeer" not in page
