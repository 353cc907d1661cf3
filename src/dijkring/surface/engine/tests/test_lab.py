# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine against the practice internet: every planted defect is found, and only that."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from dijkring.lab.defects import catalogue
from dijkring.lab.threads import ThreadedLab, start_in_thread
from dijkring.surface.engine import CHECKS, Options, Result, mail, measure_sync
from dijkring.surface.engine.addressmap import read_address_map, split_endpoint
from dijkring.surface.engine.command import add_arguments, run
from dijkring.surface.engine.portscope import PortScope

HEALTHY = "gezond.example"
BELOW = f"www.{HEALTHY}"
DEFECTS = [name for name in catalogue() if name in CHECKS]
# Reasons to hear nothing, and a check that then must not be judged.
TROUBLES = {
    "trouble.dns_servfail": "web-dnssec.dnssec_exists",
    "trouble.web_reset": "web-tls.https_exists",
    "trouble.web_endless_headers": "web-appsecpriv.http_csp",
    "trouble.web_gzip_bomb": "web-appsecpriv.http_csp",
    "trouble.web_malformed_hello": "web-tls.tls_version",
    "trouble.web_giant_certificate": "web-tls.cert_trust",
    "trouble.smtp_turns_away": "mail-tls.starttls_exists",
    "trouble.every_port_open": "web-extra.exposed_services",
    "trouble.rdap_broken": "web-extra.registration_lasts",
}
SLOW_TROUBLES = {
    "trouble.dns_timeout": "mail-auth.spf",
    "trouble.web_timeout": "web-tls.https_exists",
    "trouble.web_slow_drip": "web-tls.https_hsts",
    "trouble.smtp_timeout": "mail-tls.starttls_exists",
}
# What a server may have without being at fault, or that no check is named after: the check that
# tells, and its reason.
TRAITS = {
    "trait.alias": ("web-extra.dangling_cname", "cname_lives"),
    "trait.stapled": ("web-tls.ocsp_stapling", "staple_good"),
    "trait.ssl_2": ("web-tls.tls_version", "tls_old"),
    "trait.ssl_3": ("web-tls.tls_version", "tls_old"),
}
PLANTED = [*DEFECTS, *TRAITS, *TROUBLES, *SLOW_TROUBLES]
# A site has no mail beside it, and mail no site, where that is all the fault is about.
HALVES: dict[str, dict[str, object]] = {"web": {"mail": "none"}, "mailhost": {"web": False}}


def entry(planted: str) -> dict[str, object]:
    """The domain of one fault in the scenario."""
    return {"defects": [planted], **HALVES.get(catalogue()[planted].needs, {})}


def domain_of(defect: str) -> str:
    return defect.replace(".", "-").replace("_", "-") + ".example"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[ThreadedLab]:
    domains = {domain_of(planted): entry(planted) for planted in PLANTED}
    with start_in_thread(
        folder, {"domains": domains | {HEALTHY: {"names": {"www": []}}}}
    ) as running:
        yield running


@pytest.fixture(scope="module")
def options(lab: ThreadedLab, folder: Path) -> Options:
    told = json.loads((folder / "lab.json").read_text())
    address, port = split_endpoint(told["resolver"])
    return Options(
        resolver=(address, port or 53),
        ca_file=told["ca_file"],
        address_map=read_address_map(Path(told["address_map"]).read_text()),
        roas=told["roas"],
        routes=told["routes"],
        registries=told["registries"],
        probe_seconds=3.0,
        host_seconds=12.0,
        domains_at_once=12,
        dns_seconds=(1.5,),
        ports=PortScope(frozenset(map(domain_of, PLANTED)) | {HEALTHY}, frozenset({BELOW})),
    )


@pytest.fixture(scope="module")
def results(options: Options) -> dict[str, list[Result]]:
    """All domains measured in one run, by domain."""
    # Who waits the longest goes first.
    names = [*map(domain_of, [*SLOW_TROUBLES, *TROUBLES, *TRAITS, *DEFECTS]), HEALTHY, BELOW]
    progress: list[tuple[str, int, int]] = []
    by_domain: dict[str, list[Result]] = {name: [] for name in names}
    for result in measure_sync(names, options, lambda *step: progress.append(step)):
        by_domain[result.subject.partition("/")[0]].append(result)
    assert [step[1:] for step in progress] == [(at + 1, len(names)) for at in range(len(names))]
    return by_domain


def failing(results: list[Result]) -> set[str]:
    return {result.check for result in results if result.state == "fail"}


def test_a_healthy_domain_passes_everything(results: dict[str, list[Result]]) -> None:
    assert {result.check for result in results[HEALTHY]} == set(CHECKS)
    assert {result.state for result in results[HEALTHY]} == {"pass"}
    subjects = {result.subject for result in results[HEALTHY] if result.check.startswith("web-tls")}
    assert len(subjects - {HEALTHY}) == 2


def test_a_healthy_name_below_passes_what_applies(results: dict[str, list[Result]]) -> None:
    assert {result.state for result in results[BELOW]} <= {"pass", "not_applicable"}


def test_every_check_has_a_defect() -> None:
    reached = {also for defect in catalogue().values() for also in defect.also}
    assert reached | catalogue().keys() >= CHECKS.keys()


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found_and_nothing_else(results: dict[str, list[Result]], defect: str) -> None:
    found = results[domain_of(defect)]
    assert defect in failing(found)
    also = catalogue()[defect].also
    assert failing(found) <= {defect, *also}
    # A whole category stays without an answer where the server that it is about is out of reach.
    lost = [one for one in found if one.state == "not_measured"]
    assert not [one for one in lost if one.check.partition(".")[0] not in also]


@pytest.mark.parametrize("trait", TRAITS)
def test_a_trait_is_seen(results: dict[str, list[Result]], trait: str) -> None:
    found = results[domain_of(trait)]
    check, reason = TRAITS[trait]
    assert {one.detail["reason"] for one in found if one.check == check} == {reason}
    assert failing(found) == set(catalogue()[trait].also)


def test_an_alias_is_measured_as_any_name(results: dict[str, list[Result]]) -> None:
    name = domain_of("trait.alias")
    told = {one.check: one for one in results[name]}
    assert told["web-extra.dangling_cname"].detail["seen"] == {"target": f"server.{name}"}
    assert {one.state for one in results[name]} == {"pass"}
    gone = {one.check: one for one in results[domain_of("web-extra.dangling_cname")]}
    said = gone["web-extra.dangling_cname"].detail["seen"]
    assert said == {"target": "verdwenen.sluisdns.example"}
    lost = {one.check: one.state for one in results[domain_of("trouble.dns_servfail")]}
    assert lost["web-extra.dangling_cname"] == "not_measured"


def test_ports_are_left_alone_unless_asked_for(options: Options) -> None:
    name = domain_of("web-extra.exposed_services")
    found = measure_sync([name], replace(options, ports=None))
    assert not [one for one in found if "exposed_services" in one.check]
    assert failing(found) == set()


def test_ports_of_a_host_that_is_not_ours_are_never_tried(
    results: dict[str, list[Result]], options: Options
) -> None:
    told = {one.state for one in results[BELOW] if one.check == "web-extra.exposed_services"}
    assert told == {"not_applicable"}
    name = domain_of("web-extra.exposed_services")
    scope = PortScope(frozenset({name}), not_networks=(ip_network("192.0.2.0/24"),))
    by_family = {
        ":" in one.subject: one.state
        for one in measure_sync([name], replace(options, ports=scope))
        if one.check == "web-extra.exposed_services"
    }
    assert by_family == {False: "not_applicable", True: "fail"}


def test_the_nearest_name_says_whose_a_host_is() -> None:
    scope = PortScope(frozenset({"a.nl", "z.y.a.nl"}), frozenset({"y.a.nl"}))
    for host, ours in (
        ("a.nl", True),
        ("mail.a.nl.", True),
        ("y.a.nl", False),
        ("x.y.a.nl", False),
        ("w.z.y.a.nl", True),
        ("ba.nl", False),
        ("nl", False),
        ("a.nl.cloud.example", False),
    ):
        assert scope.barred("192.0.2.1", [host]) == ("" if ours else host), host
    assert scope.barred("192.0.2.1", ["a.nl", "cdn.example"]) == "cdn.example"


@pytest.mark.parametrize("trouble", [*TROUBLES, *SLOW_TROUBLES])
def test_trouble_is_not_a_failure(results: dict[str, list[Result]], trouble: str) -> None:
    found = results[domain_of(trouble)]
    check = (TROUBLES | SLOW_TROUBLES)[trouble]
    assert {one.state for one in found if one.check == check} == {"not_measured"}
    assert failing(found) == set()
    assert not [one for one in found if one.detail["reason"] == "internal_error"]


def test_a_mended_server_passes_in_a_new_measurement(lab: ThreadedLab, options: Options) -> None:
    defect = "web-tls.https_hsts"
    lab.break_name(HEALTHY, defect)
    assert failing(measure_sync([HEALTHY], options)) == {defect}
    lab.mend_name(HEALTHY, defect)
    assert failing(measure_sync([HEALTHY], options)) == set()


def arguments(folder: Path, *texts: str) -> argparse.Namespace:
    told = json.loads((folder / "lab.json").read_text())
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    lab = ["--resolver", told["resolver"], "--ca-file", told["ca_file"], "--roas", told["roas"]]
    more = ["--address-map", told["address_map"], "--routes", told["routes"]]
    more += ["--registries", told["registries"]]
    return parser.parse_args([*lab, *more, *texts])


def test_the_command_prints_json(
    lab: ThreadedLab, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments(folder, HEALTHY, "--json")) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {tuple(row) for row in rows} == {("subject", "check", "state", "measuredAt", "detail")}
    assert {row["state"] for row in rows} == {"pass"}
    assert all(row["measuredAt"].endswith("Z") for row in rows)


def test_the_command_prints_scores_beside_the_results(
    lab: ThreadedLab, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments(folder, HEALTHY, "--json", "--score")) == 0
    told = json.loads(capsys.readouterr().out)
    scored = [(one["part"], one["percent"], one["complete"]) for one in told["scores"]]
    assert scored == [("web", 100, True), ("mail", 100, True)]
    assert len(told["results"]) > 50


def test_the_command_prints_a_table(
    lab: ThreadedLab, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    defect = "mail-auth.dmarc_policy"
    assert run(arguments(folder, domain_of(defect), "nergens.example")) == 1
    text = capsys.readouterr().out
    assert "✕ niet voldaan" in text
    assert "Het beleid is none" in text
    assert "nergens.example" in text
    assert "1 niet voldaan" in text
    assert "mail-auth  80 % (40 van 50)" in text
    assert "Score website: 100 %" in text
    assert "Score mail: 96 %" in text


def test_the_command_lists_lookalikes(
    lab: ThreadedLab, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments(folder, "--lookalikes", "--json", "gezont.example")) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(arguments(folder, "--lookalikes", "gezzond.example")) == 0
    assert capsys.readouterr().out == "! gezond.example  ontvangt mail\n"


def trust_without_ca_file(options: Options) -> set[str]:
    without = replace(options, ca_file=None)
    found = [one for one in measure_sync([HEALTHY], without) if one.check == "web-tls.cert_trust"]
    return {one.state for one in found}


def test_the_root_of_the_lab_is_trusted_only_when_named(
    options: Options, certificate_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert options.ca_file
    monkeypatch.setenv("SSL_CERT_FILE", options.ca_file)
    assert trust_without_ca_file(options) == {"pass"}
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate_file))
    assert trust_without_ca_file(options) == {"fail"}


def test_a_resolver_that_does_not_validate_says_nothing_of_dnssec(
    tmp_path: Path, options: Options
) -> None:
    scenario = {"validates": False, "domains": {HEALTHY: {}}}
    with start_in_thread(tmp_path, scenario):
        told = json.loads((tmp_path / "lab.json").read_text())
        address, port = split_endpoint(told["resolver"])
        found = measure_sync([HEALTHY], replace(options, resolver=(address, port or 53)))
    dnssec = {one.state for one in found if "dnssec" in one.check}
    assert dnssec == {"not_measured"}
    assert {one.state for one in found if one.check.startswith("mail-auth")} == {"pass"}


def test_mail_hosts_beyond_the_most_are_not_measured(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "MOST_MAIL_HOSTS", 0)
    found = measure_sync([HEALTHY], options)
    told = [one for one in found if one.check == "mail-tls.starttls_exists"]
    assert ("not_measured", "too_many_addresses") in {
        (one.state, one.detail["reason"]) for one in told
    }
    assert "pass" not in {one.state for one in told}
