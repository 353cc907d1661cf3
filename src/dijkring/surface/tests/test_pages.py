# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of domains, as people with and without rights see them."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dijkring.core.models import Job
from dijkring.evidence.models import Fact
from dijkring.lab.threads import ThreadedLab
from dijkring.organisations.models import User
from dijkring.surface.models import Domain
from dijkring.surface.services import domains, measuring
from dijkring.surface.tests.conftest import NAME, measure, stated
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.harness.work import DoJobs, broken

HOME = "/o/dijkerveen/internetmeting/"


def words(response: Any) -> str:
    """Return what a person reads on a page."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_the_empty_overview_says_how_to_begin(client_of: ClientOf, alice: User, bob: User) -> None:
    page = words(client_of(alice).get(HOME))
    assert "Meld uw domeinen aan, toon uw bevoegdheid aan en druk op Meet nu." in page
    assert "Uw CISO kan dat doen." in words(client_of(bob).get(HOME))


def test_a_wrong_line_keeps_what_was_typed(client_of: ClientOf, alice: User) -> None:
    typed = {"names": "goed.example\nhttps://fout.example/", "carries": "guess"}
    response = client_of(alice).post(f"{HOME}aanmelden/", typed)
    assert response.status_code == 422
    assert "Regel 2" in words(response)
    assert "goed.example" in response.content.decode()


def test_from_the_form_to_the_record_to_measured(
    practice: ThreadedLab, client_of: ClientOf, acting: Acting, alice: User
) -> None:
    client = client_of(alice)
    response = client.post(
        f"{HOME}aanmelden/", {"names": "WWW.Vrsluisland.example", "carries": "web"}
    )
    with acting(alice):
        domain = Domain.objects.get()
    assert response.headers["Location"] == f"{HOME}{domain.pk}/bevoegdheid/"
    page = words(client.get(response.headers["Location"]))
    assert domain.record_name in page
    assert domain.record_value in page
    refused = client.post(response.headers["Location"])
    assert refused.status_code == 422
    assert "heeft nog geen TXT-record" in words(refused)
    practice.publish_txt(domain.record_name, domain.record_value)
    assert client.post(response.headers["Location"]).status_code == 302
    assert "wordt voortaan gemeten" in words(client.get(f"{HOME}{domain.pk}/"))
    started = client.post(f"{HOME}meten/")
    with acting(alice):
        job = Job.objects.get()
    assert started.headers["Location"].endswith(f"/{job.pk}/")
    assert "Alle domeinen meten" in words(client.get(started.headers["Location"]))


@pytest.mark.django_db(transaction=True)
def test_a_measured_domain_says_what_why_and_how_to_mend(
    practice: ThreadedLab,
    client_of: ClientOf,
    acting: Acting,
    alice: User,
    bob: User,
    do_jobs: DoJobs,
) -> None:
    with acting(alice) as actor:
        domain = stated(actor)
    with broken(practice, NAME, "web-tls.tls_version"):
        measure(acting, alice, do_jobs)
    page = words(client_of(alice).get(f"{HOME}{domain.pk}/"))
    assert "192.0.2." in page
    assert "TLS 1.0" in page
    assert "Hoe te verhelpen" in page
    assert "Afwijking aanvaarden…" in page
    assert "Open actie" in page
    assert re.search(r"Score van websites: \d\d %", page)
    assert "Kost punten: TLS-versie" in page
    only = words(client_of(bob).get(f"{HOME}{domain.pk}/?state=fail"))
    assert "TLS" in only
    assert "SPF" not in only
    assert "Afwijking aanvaarden…" not in only
    assert "Meet nu" not in only
    overview = words(client_of(alice).get(HOME))
    assert "Laatst gemeten" in overview
    assert "niet voldaan" in overview
    assert re.search(r"Score van websites: \d\d %", overview)


@pytest.mark.django_db(transaction=True)
def test_an_export_holds_what_the_page_shows(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        stated(actor, "een.example")
        domains.register_domain(actor=actor, name="twee.example")
    text = client_of(alice).get(f"{HOME}?export=csv&state=registered").content.decode()
    assert "twee.example" in text
    assert "een.example" not in text.replace("twee.example", "")


def test_two_people_remove_a_domain_on_the_pages(
    client_of: ClientOf, acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        domain = stated(actor)
    reason = {"reason": "De site is opgeheven.", "leaving": "all"}
    assert client_of(alice).post(f"{HOME}{domain.pk}/afvoeren/", reason).status_code == 302
    assert "voorgesteld dit domein af te voeren" in words(
        client_of(alice).get(f"{HOME}{domain.pk}/")
    )
    confirm = f"{HOME}{domain.pk}/afvoeren/bevestigen/"
    assert client_of(alice).post(confirm).status_code == 422
    assert "De site is opgeheven." in words(client_of(fatima).get(confirm))
    assert client_of(fatima).post(confirm).status_code == 302
    page = words(client_of(fatima).get(f"{HOME}{domain.pk}/"))
    assert "afgevoerd" in page
    assert "Alice Bakker" in page
    assert NAME not in words(client_of(alice).get(HOME))
    assert NAME in words(client_of(alice).get(f"{HOME}?state=removed"))


@pytest.mark.parametrize("path", ["", "wijzigen/", "bevoegdheid/", "verklaring/", "afvoeren/"])
def test_another_organisation_gets_nothing(
    client_of: ClientOf, acting: Acting, alice: User, charlie: User, path: str
) -> None:
    with acting(alice) as actor:
        domain = stated(actor)
    assert client_of(charlie).get(f"{HOME}{domain.pk}/{path}").status_code == 404
    other = f"/o/waterhoek/internetmeting/{domain.pk}/{path}"
    assert client_of(charlie).get(other).status_code == 404


@pytest.mark.parametrize("path", ["meten/", "aanmelden/"])
def test_a_reader_starts_nothing(client_of: ClientOf, acting: Acting, bob: User, path: str) -> None:
    assert client_of(bob).post(f"{HOME}{path}").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_questions_do_not_grow_with_the_domains(
    practice: ThreadedLab, client_of: ClientOf, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    client = client_of(alice)

    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    with acting(alice) as actor:
        domain = stated(actor)
    measure(acting, alice, do_jobs)
    before = [questions(HOME), questions(f"{HOME}{domain.pk}/")]
    with acting(alice) as actor:
        for name in ("www.vrsluisland.example", "crisis.vrsluisland.example", "zuiderhost.example"):
            stated(actor, name)
        job = measuring.measure_now(actor=actor)
    do_jobs()
    with acting(alice):
        assert Job.objects.get(pk=job.pk).done == 4
        assert len(set(Fact.objects.values_list("member", flat=True))) == 4
    assert [questions(HOME), questions(f"{HOME}{domain.pk}/")] == before
    assert max(before) <= 25
