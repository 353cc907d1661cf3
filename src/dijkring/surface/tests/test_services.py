# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Registering, proving and removing: what is refused, and why."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dijkring.controls.catalogue import catalogue
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.models import Job, Schedule
from dijkring.evidence import kinds
from dijkring.evidence.models import PopulationMember
from dijkring.lab.threads import ThreadedLab
from dijkring.organisations.models import User
from dijkring.surface import names
from dijkring.surface.engine import CHECKS
from dijkring.surface.models import Domain
from dijkring.surface.services import authority, domains, measuring
from dijkring.surface.tests.conftest import stated
from dijkring.tests.harness.people import Acting


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    with acting(alice) as actor:
        yield actor


def counted(name: str) -> set[str]:
    rows = PopulationMember.objects.filter(member=name, until=None)
    return set(rows.values_list("population", flat=True))


@pytest.mark.parametrize(
    "text",
    ["https://www.dijkerveen.nl/", "nl", "co.uk", "printer.local", "gemeente.internal", "192.0.2.1",
     "*.dijkerveen.nl", "dijker veen.nl", "", "router.home.arpa", "-a.nl"],
)  # fmt: skip
def test_what_nobody_can_own_is_refused(ciso: Actor, text: str) -> None:
    with pytest.raises(Refused) as refused:
        domains.register_domain(actor=ciso, name=text)
    assert refused.value.field == "names"
    assert not Domain.objects.exists()


def test_a_name_is_kept_in_its_ascii_form_and_stands_there_once(ciso: Actor) -> None:
    made = domains.register_domain(actor=ciso, name="  Curaçao-Veen.NL. ")
    assert made.name == "xn--curaao-veen-p9a.nl"
    assert names.shown(made.name) == "curaçao-veen.nl"
    assert (made.carries_web, made.carries_mail, made.state) == (True, True, "registered")
    with pytest.raises(Refused):
        domains.register_domain(actor=ciso, name="curaçao-veen.nl")


def test_names_above_a_name_stop_at_its_owner() -> None:
    assert names.above("a.b.dijkerveen.nl") == ["b.dijkerveen.nl", "dijkerveen.nl"]
    assert names.above("dijkerveen.co.uk") == []


def test_many_lines_are_registered_or_none(ciso: Actor) -> None:
    with pytest.raises(Refused, match=r"Regel 3.*Regel 5"):
        domains.register_domains(
            actor=ciso, lines=["dijkerveen.nl", "", "https://x.nl/", "www.dijkerveen.nl", "nl"]
        )
    assert not Domain.objects.exists()
    lines = ["www.dijkerveen.nl", "dijkerveen.nl", "DIJKERVEEN.NL"]
    made, _known = domains.register_domains(actor=ciso, lines=lines)
    assert [(one.name, one.carries_mail) for one in made] == [
        ("dijkerveen.nl", True),
        ("www.dijkerveen.nl", False),
    ]
    assert domains.register_domains(actor=ciso, lines=lines) == (
        [],
        ["dijkerveen.nl", "www.dijkerveen.nl"],
    )
    with pytest.raises(Refused, match="500"):
        domains.register_domains(actor=ciso, lines=[f"a{n}.nl" for n in range(501)])


def test_one_proof_covers_the_names_below(ciso: Actor) -> None:
    before = domains.register_domain(actor=ciso, name="www.dijkerveen.example")
    beside = domains.register_domain(actor=ciso, name="anders-dijkerveen.example")
    stated(ciso, "dijkerveen.example", responsible="Zuiderhost")
    after = domains.register_domain(actor=ciso, name="loket.dijkerveen.example")
    found = {one.name: one for one in Domain.objects.all()}
    assert found[before.name].authority == after.authority == "parent"
    assert after.authority_text == "dijkerveen.example"
    assert found[beside.name].state == "registered"
    assert counted("dijkerveen.example") == {"surface.web", "surface.mail"}
    assert counted(before.name) == counted(after.name) == {"surface.web"}
    member = PopulationMember.objects.get(member="dijkerveen.example", population="surface.web")
    assert member.responsible == "Zuiderhost"


def test_proving_again_does_not_move_the_daily_measurement(ciso: Actor) -> None:
    stated(ciso, "een.example")
    planned = Schedule.objects.get(kind="surface.measure").next_at
    with clock.moved_to(clock.now() + timedelta(hours=5)):
        stated(ciso, "twee.example")
    assert Schedule.objects.get(kind="surface.measure").next_at == planned


def test_dns_says_what_is_wrong(practice: ThreadedLab, ciso: Actor) -> None:
    domain = domains.register_domain(actor=ciso, name="vrsluisland.example")
    practice.publish_txt(domain.record_name, "dijkring-verify=anders")
    with pytest.raises(Refused, match="dijkring-verify=anders"):
        authority.prove_by_dns(actor=ciso, domain=domain)
    practice.break_name("vrsluisland.example", "trouble.dns_servfail")
    with pytest.raises(Refused, match="kon niet worden opgezocht"):
        authority.prove_by_dns(actor=ciso, domain=domain)
    practice.mend_name("vrsluisland.example", "trouble.dns_servfail")
    practice.publish_txt(domain.record_name, domain.record_value)
    assert authority.prove_by_dns(actor=ciso, domain=domain).authority == "dns_txt"


def test_one_record_proves_a_list_and_only_for_whom_it_is(
    practice: ThreadedLab, ciso: Actor
) -> None:
    ours, others = (authority.list_value(id) for id in (ciso.organisation_id, 0))
    assert ours != others
    names = ["vrsluisland.example", "waterhoek.example", "dijkerveen.example"]
    made = [domains.register_domain(actor=ciso, name=name) for name in names]
    below = domains.register_domain(actor=ciso, name="www.vrsluisland.example")
    for domain, value in zip(made, (ours, others, ours), strict=True):
        practice.publish_txt(domain.record_name, value)
    practice.break_name("dijkerveen.example", "trouble.dns_servfail")
    waiting = authority.waiting(ciso.organisation_id)
    looked = authority.prove_many_by_dns(actor=ciso, domains=authority.highest(waiting))
    practice.mend_name("dijkerveen.example", "trouble.dns_servfail")
    wrong = {one.domain.name: one.wrong for one in looked}
    assert wrong["vrsluisland.example"] == ""
    assert "iets anders" in wrong["waterhoek.example"]
    assert "kon niet worden opgezocht" in wrong["dijkerveen.example"]
    below.refresh_from_db()
    assert (below.state, below.authority) == ("authorised", "parent")
    left = {one.name for one in authority.waiting(ciso.organisation_id)}
    assert left == {"waterhoek.example", "dijkerveen.example"}


def test_a_statement_counts_for_the_chosen_names_only(ciso: Actor) -> None:
    chosen, other = (domains.register_domain(actor=ciso, name=f"{n}.example") for n in "ab")
    below = domains.register_domain(actor=ciso, name="www.a.example")
    said = {"name": "F. Aydin", "function": "secretaris", "text": "Wij mogen dit laten meten."}
    assert authority.state_for_many(actor=ciso, domains=[chosen, below], **said) == 2
    assert authority.waiting(ciso.organisation_id) == [other]
    with pytest.raises(Refused):
        authority.state_for_many(actor=ciso, domains=[], **said)


def test_a_wrong_setting_is_told(ciso: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    domain = domains.register_domain(actor=ciso, name="dijkerveen.example")
    monkeypatch.setenv("SURFACE_RESOLVER", "geen adres")
    with pytest.raises(Refused, match="SURFACE_RESOLVER"):
        authority.prove_by_dns(actor=ciso, domain=domain)
    monkeypatch.setenv("SURFACE_RESOLVER", "")
    monkeypatch.setenv("SURFACE_ALLOWED_NETWORKS", "10.0.0.1/8")
    with pytest.raises(Refused, match="SURFACE_ALLOWED_NETWORKS"):
        authority.prove_by_dns(actor=ciso, domain=domain)


def test_a_second_press_gives_the_measurement_that_runs(ciso: Actor) -> None:
    domain = stated(ciso)
    job = measuring.measure_now(actor=ciso)
    assert measuring.measure_now(actor=ciso) == job
    one = measuring.measure_now(actor=ciso, domain=domain)
    assert one != job
    assert measuring.measure_now(actor=ciso, domain=domain) == one
    with clock.moved_to(clock.now() + timedelta(hours=3)):
        assert measuring.measure_now(actor=ciso) != job
    assert Job.objects.count() == 3


def test_only_the_mail_leaves(ciso: Actor, acting: Acting, alice: User, fatima: User) -> None:
    domain = stated(ciso, "dijkerveen.example")
    with pytest.raises(Refused):
        domains.change(
            actor=ciso, domain=domain, carries_web=True, carries_mail=False, responsible="", note=""
        )
    domain.refresh_from_db()
    reason = "De mail loopt nu elders."
    domains.remove_domain(actor=ciso, domain=domain, reason=reason, web=False)
    with acting(fatima) as secretary:
        left = domains.confirm_removal(actor=secretary, domain=domain)
    assert (left.state, left.carries_web, left.carries_mail) == ("authorised", True, False)
    assert counted("dijkerveen.example") == {"surface.web"}


def test_change_moves_who_mends_and_adds_what_it_carries(ciso: Actor) -> None:
    domain = stated(ciso, "www.dijkerveen.example")
    domains.change(
        actor=ciso, domain=domain, carries_web=True, carries_mail=True, responsible="B", note="n"
    )
    assert counted("www.dijkerveen.example") == {"surface.web", "surface.mail"}
    assert set(PopulationMember.objects.values_list("responsible", flat=True)) == {"B"}


def test_a_name_that_never_counted_needs_one_person_and_can_come_back(ciso: Actor) -> None:
    domain = domains.register_domain(actor=ciso, name="dijkerveen.example")
    with pytest.raises(Refused):
        domains.remove_domain(actor=ciso, domain=domain, reason=" ")
    assert domains.remove_domain(actor=ciso, domain=domain, reason="Vergissing").state == "removed"
    with pytest.raises(Refused):
        authority.prove_by_statement(
            actor=ciso, domain=domain, name="a", function="b", text="mag gemeten worden"
        )
    with pytest.raises(Refused):
        domains.remove_domain(actor=ciso, domain=domain, reason="Nog een keer")
    assert domains.register_domain(actor=ciso, name="dijkerveen.example").pk != domain.pk


def test_a_reader_may_do_none_of_it(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        domain = stated(actor)
    with acting(bob) as reader:
        for forbidden in (
            lambda: domains.register_domain(actor=reader, name="a.example"),
            lambda: domains.remove_domain(actor=reader, domain=domain, reason="zomaar"),
            lambda: authority.prove_by_dns(actor=reader, domain=domain),
            lambda: measuring.measure_now(actor=reader),
        ):
            with pytest.raises(Forbidden):
                forbidden()


@pytest.mark.django_db
def test_what_must_be_mended_within_a_term_is_due_within_it() -> None:
    known = catalogue(clock.now())
    late = [
        (known.nodes[leaf].ref, kind)
        for leaf, rules in known.rules.items()
        for rule in rules
        for kind in rule.kinds
        if rule.repair and kinds.get(kind).repair_days > rule.repair.days
    ]
    assert late == []


def test_every_check_is_a_kind_of_fact() -> None:
    for check in CHECKS.values():
        kind = kinds.get(f"surface.{check.id}")
        assert kind.population == ("surface.mail" if "mail" in check.id else "surface.web")
        assert kind.repair_days in {7, 14, 30, 90}
        assert kind.label["nl"]
        assert kind.mend["en"]
