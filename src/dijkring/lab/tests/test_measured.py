# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The measuring engine over the lab: each defect fails its own check, and troubles fail none."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from dijkring.lab.defects import catalogue
from dijkring.lab.threads import ThreadedLab, start_in_thread
from dijkring.surface.engine import CHECKS, Options, measure_sync
from dijkring.surface.engine.addressmap import read_address_map

# By domain and state, the checks that ended so.
Outcome = dict[str, dict[str, set[str]]]
# A resolver gives nothing of a bogus zone, so what lies behind the name cannot be reached.
UNREACHABLE = {"web-dnssec.dnssec_valid", "mail-dnssec.dnssec_mx_valid"}


def domain_of(defect: str) -> str:
    return f"{defect.replace('.', '-').replace('_', '-')}.example"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadedLab]:
    planted = {domain_of(defect): {"defects": [defect]} for defect in catalogue()}
    scenario = {"domains": {**planted, "gezond.example": {"names": {"www": []}}}}
    with start_in_thread(tmp_path_factory.mktemp("measured"), scenario) as running:
        yield running


@pytest.fixture(scope="module")
def outcome(lab: ThreadedLab) -> Outcome:
    host, port = lab.resolver.rsplit(":", 1)
    options = Options(
        resolver=(host, int(port)),
        ca_file=str(lab.ca_file),
        address_map=read_address_map(lab.address_map.read_text()),
        probe_seconds=3.0,
        host_seconds=6.0,
        dns_seconds=(1.0, 1.0),
        domains_at_once=12,
    )
    found: Outcome = defaultdict(lambda: defaultdict(set))
    for result in measure_sync(lab.lab.scenario.names, options):
        found[result.subject.partition("/")[0]][result.state].add(result.check)
    return found


@pytest.mark.parametrize("name", ["gezond.example", "www.gezond.example"])
def test_a_healthy_name_passes_everything(outcome: Outcome, name: str) -> None:
    assert outcome[name].keys() <= {"pass", "not_applicable"}
    if name == "gezond.example":
        assert outcome[name]["pass"] == CHECKS.keys()


@pytest.mark.parametrize("defect", [one for one in catalogue() if one in CHECKS])
def test_a_defect_fails_its_own_check_and_what_it_drags_along(
    outcome: Outcome, defect: str
) -> None:
    failed = outcome[domain_of(defect)]["fail"]
    assert defect in failed
    assert failed - {defect} <= set(catalogue()[defect].also)
    if defect not in UNREACHABLE:
        assert not outcome[domain_of(defect)]["not_measured"]


@pytest.mark.parametrize("trouble", [one for one in catalogue() if one.startswith("trouble.")])
def test_a_trouble_is_not_measured_and_never_a_failure(outcome: Outcome, trouble: str) -> None:
    assert outcome[domain_of(trouble)]["not_measured"]
    assert not outcome[domain_of(trouble)]["fail"]


def test_every_check_has_a_defect() -> None:
    reached = {also for defect in catalogue().values() for also in defect.also}
    assert reached | catalogue().keys() >= CHECKS.keys()


def test_a_region_in_a_folder_with_spaces(tmp_path: Path) -> None:
    with start_in_thread(tmp_path / "een map" / "lab") as lab:
        assert read_address_map(lab.address_map.read_text()).target("192.0.2.1", 53)
