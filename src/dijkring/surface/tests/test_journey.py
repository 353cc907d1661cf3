# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a name to a standing: registered, proven, measured for real, mended, measured again."""

import pytest

from dijkring.actions.models import Action, ActionLine
from dijkring.controls.models import Requirement
from dijkring.core import jobs
from dijkring.core.errors import Refused
from dijkring.core.models import Job, Schedule
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.models import Fact, FailedAttempt, PopulationMember, Round
from dijkring.evidence.selectors import standings
from dijkring.lab.threads import ThreadedLab
from dijkring.organisations.models import User
from dijkring.surface import probing
from dijkring.surface.models import Domain, Part
from dijkring.surface.services import authority, domains, measuring, systems
from dijkring.surface.tests.conftest import NAME, measure, state_of, stated
from dijkring.tests.harness.people import Acting
from dijkring.tests.harness.work import DoJobs, broken

TLS, OPEN = "web-tls.tls_version", "web-extra.exposed_services"


def verdict_of_5_14_01(organisation_id: int) -> str:
    norm = Requirement.objects.get(ref="5.14.01", framework__key="bio2")
    found = standings.of_leaf(organisation_id, norm.pk)
    return next((one["verdict"] for one in found.layers if one["layer"] == "operation"), "")


@pytest.mark.django_db(transaction=True)
def test_a_domain_is_proven_measured_mended_and_measured_again(
    practice: ThreadedLab, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        domain = domains.register_domain(actor=actor, name=NAME, responsible="Zuiderhost")
        with pytest.raises(Refused, match=r"_dijkring\.sluisland-it"):
            authority.prove_by_dns(actor=actor, domain=domain)
        with pytest.raises(Refused):
            measuring.measure_now(actor=actor)
    practice.publish_txt(domain.record_name, domain.record_value)
    with acting(alice) as actor:
        authority.prove_by_dns(actor=actor, domain=Domain.objects.get(pk=domain.pk))
        assert Schedule.objects.get(kind="surface.measure").every_hours == 24

    with broken(practice, NAME, TLS), broken(practice, NAME, OPEN):
        job = measure(acting, alice, do_jobs)
        assert (job.state, job.done, job.total) == ("done", 1, 1)
        assert job.result_url == "/o/dijkerveen/internetmeting/"
        assert job.message.startswith("1 domein gemeten, ")
        assert state_of(acting, alice, TLS, NAME) == {"fail"}
        assert state_of(acting, alice, OPEN, NAME) == {"fail"}
        with acting(alice) as actor:
            assert verdict_of_5_14_01(actor.organisation_id) == "not_met"
            action = Action.objects.get(origin_kind=f"surface.{TLS}", state="open")
            assert action.responsible == "Zuiderhost"
            assert action.lines.filter(closed_at=None).count() == 2

    with acting(alice) as actor:
        # Whoever is only a customer has no say over the host: its ports are left alone.
        customer = Domain.objects.get(pk=domain.pk)
        systems.state_part(actor=actor, domain=customer, part=Part.CUSTOMER)
    measure(acting, alice, do_jobs)
    assert state_of(acting, alice, TLS, NAME) == {"pass"}
    assert state_of(acting, alice, OPEN, NAME) == {"not_applicable"}
    with acting(alice) as actor:
        lines = ActionLine.objects.filter(action__origin_kind=f"surface.{TLS}")
        assert [(line.proof or {}).get("state") for line in lines] == ["pass", "pass"]
        assert verdict_of_5_14_01(actor.organisation_id) == "met"


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_taken_up_again_records_nothing_twice(
    practice: ThreadedLab, acting: Acting, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(alice) as actor:
        stated(actor)
        stated(actor, "www.vrsluisland.example")
        job = measuring.measure_now(actor=actor)
    recorded = measuring.record

    def killed(**values: object) -> object:
        if Round.objects.exists():
            raise KeyboardInterrupt
        return recorded(**values)  # type: ignore[arg-type]

    run = {"organisation_id": job.organisation_id, "job_id": job.pk, "kind": job.kind, "ids": {}}
    monkeypatch.setattr(probing, "MOST_TOGETHER", 1)
    monkeypatch.setattr(measuring, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.perform(**run)  # type: ignore[arg-type]
    monkeypatch.undo()
    for name, value in (
        ("SURFACE_RESOLVER", practice.resolver),
        ("SURFACE_CA_FILE", str(practice.ca_file)),
        ("SURFACE_ADDRESS_MAP", str(practice.address_map)),
        ("SURFACE_ROAS", str(practice.roas)),
        ("SURFACE_ROUTES", str(practice.routes)),
    ):
        monkeypatch.setenv(name, value)
    with acting(alice):
        assert Round.objects.count() == 1
        half = Fact.objects.count()
        assert half
    jobs.perform(**run)  # type: ignore[arg-type]
    with acting(alice):
        assert list(Round.objects.values_list("times", flat=True)) == [1, 1]
        assert Fact.objects.count() > half
        assert not Fact.objects.exclude(until=None).exists()
        assert Job.objects.get(pk=job.pk).done == 2
        count = Fact.objects.count()
    jobs.perform(**run)  # type: ignore[arg-type]
    with acting(alice):
        assert Fact.objects.count() == count
        assert list(Round.objects.values_list("times", flat=True)) == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_an_unchanged_site_costs_no_new_facts(
    practice: ThreadedLab, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        stated(actor, "dijkerveen.example")
    measure(acting, alice, do_jobs)
    with acting(alice):
        count = Fact.objects.count()
    measure(acting, alice, do_jobs)
    with acting(alice):
        assert Fact.objects.count() == count
        assert Round.objects.get().times == 2


@pytest.mark.django_db(transaction=True)
def test_names_that_do_not_resolve_for_a_while_replace_nothing(
    practice: ThreadedLab, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        stated(actor)
    measure(acting, alice, do_jobs)
    with acting(alice):
        before = set(Fact.objects.values_list("kind", "subject", "state", "since"))
    with broken(practice, NAME, "trouble.dns_servfail"):
        measure(acting, alice, do_jobs)
    with acting(alice):
        facts = Fact.objects.filter(until=None)
        assert set(facts.values_list("kind", "subject", "state", "since")) == before
        assert FailedAttempt.objects.filter(kind=f"surface.{TLS}").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_removed_domain_needs_two_people_and_ends_its_facts(
    practice: ThreadedLab, acting: Acting, alice: User, fatima: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        domain = stated(actor)
    measure(acting, alice, do_jobs)
    with acting(alice) as actor:
        domains.remove_domain(actor=actor, domain=domain, reason="De site is opgeheven.")
        assert PopulationMember.objects.filter(until=None).count() == 2
        with pytest.raises(Refused):
            domains.confirm_removal(actor=actor, domain=domain)
    with acting(fatima) as actor:
        domains.confirm_removal(actor=actor, domain=Domain.objects.get(pk=domain.pk))
        assert Domain.objects.get(pk=domain.pk).state == "removed"
        assert not Fact.objects.filter(until=None).exists()
        assert not PopulationMember.objects.filter(until=None).exists()
        assert not ActionLine.objects.filter(closed_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_other_organisations_see_nothing_of_it(
    practice: ThreadedLab, acting: Acting, alice: User, charlie: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        stated(actor)
    measure(acting, alice, do_jobs)
    with acting(charlie) as actor, transaction_for([actor.organisation_id]):
        assert not Domain.objects.exists()
        assert not Fact.objects.exists()
        assert domains.register_domain(actor=actor, name=NAME).state == "registered"
