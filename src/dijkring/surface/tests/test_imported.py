# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others measured becomes facts of their own source, once, and can be undone."""

import argparse
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dijkring.actions.models import ActionLine
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Fact
from dijkring.evidence.services import rounds, withdrawals
from dijkring.evidence.services.rounds import Observation
from dijkring.organisations.models import User
from dijkring.surface import import_command
from dijkring.surface.facts import SOURCE, kind_of
from dijkring.surface.models import Domain, GivenScore, Imported
from dijkring.surface.panels import imported as panels
from dijkring.surface.selectors.findings_listed import Listed
from dijkring.surface.services import domains, import_plan, imported
from dijkring.surface.tests.conftest import stated
from dijkring.surface.tests.files_of_others import certificates, findings, kept, results, taken
from dijkring.tests.harness.people import Acting

VERSION, DNSSEC = kind_of("web-tls.tls_version"), kind_of("web-dnssec.dnssec_valid")
HOST = "www.dijkerveen.nl"
WHY = "Dit was het bestand van een ander."


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    with acting(alice) as actor:
        yield actor


def measured(actor: Actor, state: str, address: str = "192.0.2.1", kind: str = VERSION) -> None:
    """Record what we measured ourselves at one address."""
    seen = [Observation(kind, f"{HOST}/{address}", state)]
    rounds.record(
        actor=actor, source=SOURCE, member=HOST, observed_at=clock.now(), observations=seen
    )


def now(source: str, kind: str = VERSION) -> dict[str, str]:
    rows = Fact.objects.filter(source=source, kind=kind, until=None)
    return dict(rows.values_list("subject", "state"))


def open_lines(kind: str = VERSION) -> list[str]:
    rows = ActionLine.objects.filter(action__origin_kind=kind, closed_at=None)
    return list(rows.values_list("subject", flat=True))


def test_internet_nl_stands_beside_us_under_its_own_source(ciso: Actor) -> None:
    stated(ciso, HOST)
    measured(ciso, "fail")
    at = clock.now() - timedelta(days=1)
    body = results(
        {HOST: {"web_https_tls_version": "failed", "web_dnssec_valid": "passed",
                "web_appsecpriv_csp": "warning", "web_dnssec_exist": "info",
                "web_https_tls_0rtt": "not_tested", "web_new_test": "passed"},
         "www.anders.nl": {"web_dnssec_valid": "failed"},
         "dev." + HOST: {"web_rpki_valid": "error"}},
        at,
    )  # fmt: skip
    file = kept(ciso, "internetnl", body)
    plan = import_plan.plan(actor=ciso, imported=file)
    assert plan.counts == {"refused": 2, "taken": 1, "known": 0, "left_out": 0}
    reasons = {row.label: row.reason for row in plan.rows if row.status == "refused"}
    assert "niet een van uw namen" in reasons["www.anders.nl"]
    assert "Meld die eerst aan" in reasons["dev." + HOST]
    assert [one.where for one in plan.report.warnings] == ["web_new_test"]
    assert not Fact.objects.filter(source="internet.nl").exists(), "looking records nothing"
    imported.take_over(actor=ciso, imported=file, mark=plan.mark)
    assert now("internet.nl") == {f"{HOST}/192.0.2.1": "fail"}, "the address that fails here too"
    assert now("internet.nl", DNSSEC) == {HOST: "pass"}
    assert now("internet.nl", kind_of("web-dnssec.dnssec_exists")) == {HOST: "pass"}
    assert now("internet.nl", kind_of("web-appsecpriv.http_csp")) == {HOST: "fail"}
    assert now("internet.nl", kind_of("web-tls.zero_rtt")) == {HOST: "not_measured"}
    assert open_lines() == [f"{HOST}/192.0.2.1"], "one finding, two sources, one line"
    fact = Fact.objects.select_related("round").get(source="internet.nl", kind=DNSSEC)
    assert fact.round is not None
    assert fact.round.observed_at == at
    score = panels.side_by_side(Domain.objects.get(name=HOST), [])
    assert [(one.part, one.ours, one.theirs.percent) for one in score] == [("web", None, 87)]


def test_a_file_can_be_looked_at_again_and_is_taken_over_once(ciso: Actor) -> None:
    stated(ciso, HOST)
    body = results({HOST: {"web_https_tls_version": "failed"}})
    taken(ciso, "internetnl", body)
    before = list(Fact.objects.order_by("pk").values())
    again = kept(ciso, "internetnl", body)
    plan = import_plan.plan(actor=ciso, imported=again)
    assert plan.before is not None
    with pytest.raises(Refused, match="al eerder"):
        imported.take_over(actor=ciso, imported=again, mark=plan.mark)
    assert list(Fact.objects.order_by("pk").values()) == before


def test_a_later_file_closes_what_it_says_is_mended(ciso: Actor) -> None:
    stated(ciso, HOST)
    first, second = clock.now() - timedelta(days=2), clock.now() - timedelta(days=1)
    taken(ciso, "internetnl", results({HOST: {"web_https_tls_version": "failed"}}, first))
    assert open_lines() == [HOST], "without a measurement of ours it is about the name"
    measured(ciso, "pass")
    assert open_lines() == [HOST], "we pass, Internet.nl still fails: that stays visible"
    taken(ciso, "internetnl", results({HOST: {"web_https_tls_version": "passed"}}, second))
    assert now("internet.nl") == {f"{HOST}/192.0.2.1": "pass"}, "what it said of the name has ended"
    assert open_lines() == []


def test_a_test_that_a_file_does_not_tell_of_a_name_ends_nothing_of_it(ciso: Actor) -> None:
    both = {"web_https_tls_version": "passed", "web_dnssec_valid": "passed"}
    stated(ciso, "een.nl")
    stated(ciso, "twee.nl")
    with clock.moved_to(clock.now() + timedelta(minutes=1)):
        failing = both | {"web_dnssec_valid": "failed"}
        taken(ciso, "internetnl", results({"een.nl": both, "twee.nl": failing}))
    with clock.moved_to(clock.now() + timedelta(days=1)):
        less = {"web_https_tls_version": "passed"}
        taken(ciso, "internetnl", results({"een.nl": both, "twee.nl": less}))
        assert now("internet.nl", DNSSEC)["twee.nl"] == "fail"
        assert open_lines(DNSSEC) == ["twee.nl"]


def test_what_holds_of_all_addresses_stands_beside_each_of_ours(ciso: Actor) -> None:
    stated(ciso, HOST)
    both = {f"{HOST}/192.0.2.1", f"{HOST}/192.0.2.2"}
    for address, state in (("192.0.2.1", "pass"), ("192.0.2.2", "fail")):
        measured(ciso, state, address)
    days = [clock.now() - timedelta(days=back) for back in (3, 2, 1)]
    taken(ciso, "internetnl", results({HOST: {"web_https_tls_version": "passed"}}, days[0]))
    assert now("internet.nl") == dict.fromkeys(both, "pass"), "no line beside ours"
    taken(ciso, "internetnl", results({HOST: {"web_https_tls_version": "failed"}}, days[1]))
    assert now("internet.nl") == {f"{HOST}/192.0.2.2": "fail"}, "the worst is the one we see too"
    measured(ciso, "pass", "192.0.2.2")
    taken(ciso, "internetnl", results({HOST: {"web_https_tls_version": "failed"}}, days[2]))
    assert now("internet.nl") == {HOST: "fail"}, "which address fails there nobody can tell"


def test_not_tested_by_another_replaces_nothing(ciso: Actor) -> None:
    stated(ciso, HOST)
    measured(ciso, "pass")
    body = results({HOST: {"web_https_tls_version": "error", "web_dnssec_valid": "passed"}})
    taken(ciso, "internetnl", body)
    assert now("internet.nl") == {}
    assert now("internet.nl", DNSSEC) == {HOST: "pass"}


def test_undo_ends_what_stands_on_the_file_and_on_no_other(ciso: Actor) -> None:
    stated(ciso, HOST)
    first = results({HOST: {"web_https_tls_version": "failed", "web_dnssec_valid": "passed"}})
    both = taken(ciso, "internetnl", first)
    taken(ciso, "internetnl", results({HOST: {"web_dnssec_valid": "passed"}}, clock.now()))
    assert imported.undo(actor=ciso, imported=both, reason=WHY) == 1
    assert now("internet.nl") == {HOST: "not_measured"}
    assert open_lines() == []
    assert now("internet.nl", DNSSEC) == {HOST: "pass"}, "another file says the same"
    row = Fact.objects.get(kind=VERSION, withdrawal__isnull=False)
    assert (row.withdrawal.reason, row.end_reason) == (WHY, "ingetrokken")
    assert GivenScore.objects.filter(imported__state="done").count() == 1
    with pytest.raises(Refused):
        imported.undo(actor=ciso, imported=both, reason=WHY)
    taken(ciso, "internetnl", first)
    assert now("internet.nl") == {HOST: "fail"}, "what was undone may come back"


def test_findings_of_a_scan_are_one_finding_with_ours(ciso: Actor) -> None:
    stated(ciso, HOST)
    expiry = kind_of("web-extra.cert_expiry")
    measured(ciso, "fail", "192.0.2.7", expiry)
    body = findings(
        f"https://{HOST}/login;Expired certificate;hoog;1-9-2026;20-11-2026;open",
        f"{HOST};Apache CVE-2026-1 (j.jansen@dijkerveen.nl);9,8;1-9-2026;20-11-2026;nieuw",
        "192.0.2.7;Open port 3389 (RDP);kritiek;;20-11-2026;open",
        "198.51.100.1;Open port 22;hoog;;20-11-2026;open",
        f"{HOST};Iets;hoog;;morgen;open",
        f"{HOST};Iets;hoog;;1-1-2099;open",
        "www.anders.nl;DMARC ontbreekt;hoog;;20-11-2026;open",
    )
    file = taken(ciso, "easm", body)
    assert now("easm", expiry) == {f"{HOST}/192.0.2.7": "fail"}
    assert open_lines(expiry) == [f"{HOST}/192.0.2.7"]
    assert now("easm", "surface.easm.service") == {f"{HOST}/192.0.2.7": "fail"}
    weak = Fact.objects.get(kind="surface.easm.grave", until=None)
    assert weak.state_since.date().isoformat() == "2026-08-31", "since the scan saw it first"
    assert "j.jansen" not in str(weak.detail), "no address of a person"
    assert file.counts["taken"] == 3
    assert sorted(row["line"] for row in file.refused) == [5, 6, 7, 8]
    rows = {row.kind: row for row in Listed(ciso.organisation_id)}
    assert rows[expiry].sources == ("dijkring", "easm")
    assert len(rows) == 3, "one row for what two say"
    closed = findings(f"{HOST};Expired certificate;hoog;1-9-2026;21-11-2026;opgelost")
    taken(ciso, "easm", closed)
    assert now("easm", expiry) == {f"{HOST}/192.0.2.7": "pass"}
    assert open_lines(expiry) == [f"{HOST}/192.0.2.7"], "we still see it"
    measured(ciso, "pass", "192.0.2.7", expiry)
    assert open_lines(expiry) == []


def test_a_whole_file_ends_what_it_does_not_name_and_columns_are_remembered(ciso: Actor) -> None:
    stated(ciso, HOST)
    stated(ciso, "mail.dijkerveen.nl")
    one = f"{HOST};CVE-2026-1;hoog;;1-11-2026;open"
    other = "mail.dijkerveen.nl;CVE-2026-2;hoog;;1-11-2026;open"
    odd = kept(
        ciso, "easm", findings(one, other).replace(b"Asset", b"Q1").replace(b"Bevinding", b"Q2")
    )
    plan = import_plan.plan(actor=ciso, imported=odd)
    assert plan.report.wrong.keys() == {"subject", "what"}
    with pytest.raises(Refused):
        imported.take_over(actor=ciso, imported=odd, mark="")
    chosen = {"subject": 0, "what": 1, "last": 4, "status": 5}
    mark = import_plan.plan(actor=ciso, imported=odd, chosen=chosen).mark
    imported.take_over(actor=ciso, imported=odd, mark=mark, chosen=chosen)
    assert len(now("easm", "surface.easm.vulnerability")) == 2
    today = clock.today()
    later = findings(one).replace(b"Asset", b"Q1").replace(b"Bevinding", b"Q2")
    whole = kept(ciso, "easm", later, day=today, whole=True)
    plan = import_plan.plan(actor=ciso, imported=whole)
    assert plan.remembered
    imported.take_over(actor=ciso, imported=whole, mark=plan.mark)
    assert now("easm", "surface.easm.vulnerability") == {HOST: "fail"}


def test_names_on_certificates_are_proposed_below_proven_names_only(ciso: Actor) -> None:
    stated(ciso, "dijkerveen.nl")
    domains.register_domain(actor=ciso, name="waterhoek.nl")
    body = certificates(
        "dijkerveen.nl\n*.dijkerveen.nl", "*.apps.dijkerveen.nl", "Oud.Dijkerveen.nl",
        "x.waterhoek.nl", "www.anders.nl", "j.jansen@dijkerveen.nl",
    )  # fmt: skip
    file = kept(ciso, "certificates", body)
    plan = import_plan.plan(actor=ciso, imported=file)
    status = {row.label: row.status for row in plan.rows}
    assert status == {
        "dijkerveen.nl": "known", "apps.dijkerveen.nl": "taken", "oud.dijkerveen.nl": "taken",
        "x.waterhoek.nl": "refused", "www.anders.nl": "refused",
    }  # fmt: skip
    assert not Domain.objects.filter(name__startswith="oud").exists()
    imported.take_over(actor=ciso, imported=file, mark=plan.mark, names=["oud.dijkerveen.nl", "nl"])
    assert Domain.objects.filter(name__endswith=".dijkerveen.nl").count() == 1


def test_each_website_stands_in_the_register_or_not(ciso: Actor) -> None:
    for name in ("dijkerveen.nl", HOST, "anders.dijkerveen.nl"):
        stated(ciso, name) if name == "dijkerveen.nl" else domains.register_domain(
            actor=ciso, name=name
        )
    day = clock.today() - timedelta(days=3)
    body = b"Domeinnaam;Organisatie\nhttps://dijkerveen.nl/;Gemeente Dijkerveen\nutrecht.nl;X\n"
    with pytest.raises(Refused, match="datum"):
        kept(ciso, "rio", body)
    with pytest.raises(Refused, match="toekomst"):
        kept(ciso, "rio", body, day=day + timedelta(days=9))
    taken(ciso, "rio", body, day=day)
    assert now("rio", "surface.rio.listed") == {
        "dijkerveen.nl": "pass", HOST: "pass", "anders.dijkerveen.nl": "fail",
    }  # fmt: skip
    fact = Fact.objects.filter(source="rio").first()
    assert fact is not None
    assert fact.validity == timedelta(days=183)


def test_who_may_not_changes_nothing(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as ciso:
        stated(ciso, HOST)
        file = kept(ciso, "internetnl", results({HOST: {"web_dnssec_valid": "failed"}}))
    with acting(bob) as reader:
        for attempt in (
            lambda: kept(reader, "internetnl", results({HOST: {"web_dnssec_valid": "failed"}})),
            lambda: imported.take_over(actor=reader, imported=file, mark=""),
            lambda: imported.undo(actor=reader, imported=file, reason=WHY),
            lambda: imported.cancel(actor=reader, imported=file),
        ):
            with pytest.raises(Forbidden):
                attempt()
        assert Imported.objects.get().state == "looking"
        assert not Fact.objects.filter(source="internet.nl").exists()


def shell(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="dijkring import internetnl")
    import_command.add_arguments(parser)
    return import_command.run(parser.parse_args(words))


def test_from_the_shell_a_file_is_told_and_taken_over_once(
    acting: Acting, alice: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting(alice) as ciso:
        stated(ciso, HOST)
    good, bad = tmp_path / "goed.json", tmp_path / "slecht.json"
    tests = {"web_dnssec_valid": "failed"}
    good.write_bytes(results({HOST: tests, "www.anders.nl": tests}))
    bad.write_text("{")
    assert shell(str(good)) == 2, "for whom?"
    assert shell(str(good), "--dry-run") == 0
    assert "2 facts" in capsys.readouterr().out
    assert shell(str(good), str(bad), "--organisation", "dijkerveen", "--json") == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["ok"], first["stored"]["taken"], first["stored"]["refused"]) == (True, 1, 1)
    assert (second["ok"], second["stored"]) == (False, None)
    assert "Kapotte JSON" in second["refused"][0]["reason"]
    assert shell(str(good), "--organisation", "dijkerveen", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["stored"] == {"unchanged": 1}
    assert shell(str(good), "--organisation", "nergens") == 1
    with acting(alice):
        assert now("internet.nl", DNSSEC) == {HOST: "fail"}
        assert Imported.objects.count() == 1


def test_a_file_comes_back_also_when_a_fact_of_it_was_withdrawn_singly(ciso: Actor) -> None:
    stated(ciso, HOST)
    body = results({HOST: {"web_https_tls_version": "failed"}})
    file = taken(ciso, "internetnl", body)
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        fact = Fact.objects.get(source="internet.nl", kind=VERSION, until=None)
        withdrawals.withdraw(actor=ciso, fact=fact, reason="Fout.")
        imported.undo(actor=ciso, imported=file, reason=WHY)
        taken(ciso, "internetnl", body)
        assert now("internet.nl") == {HOST: "fail"}
