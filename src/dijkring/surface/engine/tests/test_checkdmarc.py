# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""SPF and DMARC beside checkdmarc, over the lab's records and a corpus: no difference is left.

checkdmarc (Apache-2.0) lives in an environment of its own, made on first use and kept in the cache
of pytest. Without a package index the test is skipped, and says so.
"""

import json
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from dijkring.lab.threads import start_in_thread
from dijkring.surface.engine import dmarc, spf
from dijkring.surface.engine.addressmap import split_endpoint
from dijkring.surface.engine.observations import Lookup

VERSION = "checkdmarc==6.0.4"
DOMAIN = "gezond.example"
PEER = Path(__file__).with_name("peer_checkdmarc.py")
SPF_RECORDS = [
    "v=spf1 mx -all",
    "v=spf1 -all",
    "v=spf1 ~all",
    "v=spf1 mx ?all",
    "v=spf1 +all",
    "v=spf1 all",
    "v=spf1",
    "v=spf1 mx",
    "v=spf1 ip4:192.0.2.0/24 ~all",
    "v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 -all",
    "v=spf1 a mx ip4:192.0.2.7 -all",
    "v=spf1 ip4:192.0.2.0/33 -all",
    "v=spf1 ip4:192.0.2.256 -all",
    "v=spf1 ip6:192.0.2.1 -all",
    "v=spf1 foo:bar -all",
    "v=spf1 include:leeg.example -all",
    "v=spf1 -all mx",
    "v=spf1 -ALL",
]
DMARC_RECORDS = [
    "v=DMARC1; p=reject; rua=mailto:dmarc@gezond.example",
    "v=DMARC1; p=none",
    "v=DMARC1;p=quarantine",
    "v=DMARC1; p=REJECT",
    "v=DMARC1; sp=none; p=quarantine",
    "v=DMARC1; p=reject; pct=50",
    "v=DMARC1; p=reject; nieuw=ja",
    "v=DMARC1; p=streng",
    "v=DMARC1; p=none; p=reject",
    "v=DMARC1; rua=mailto:dmarc@gezond.example",
    "v=DMARC1",
    "p=reject; v=DMARC1",
    "v=DMARC1; p=reject;",
    "v=DMARC1; p",
    "V=DMARC1; p=reject",
]


@pytest.fixture(scope="module")
def peer(request: pytest.FixtureRequest) -> Path:
    """The Python of an environment with checkdmarc."""
    folder = Path(request.config.cache.mkdir(VERSION.replace("==", "-")))
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        steps = (
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "-q", VERSION],
        )
        for step in steps:
            done = subprocess.run(  # noqa: S603 -- our own words, no input of others
                step, capture_output=True, text=True, timeout=300, check=False
            )
            if done.returncode:
                told = f"NO DIFFERENTIAL TEST: {VERSION} cannot be installed: {done.stderr[-200:]}"
                warnings.warn(told, stacklevel=1)
                pytest.skip(told)
        ready.touch()
    return python


@pytest.fixture(scope="module")
def theirs(peer: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What checkdmarc says of every record, with the lab as its DNS."""
    scenario = {"domains": {DOMAIN: {}, "leeg.example": {"mail": "none"}}}
    with start_in_thread(tmp_path_factory.mktemp("lab"), scenario) as lab:
        asked = {
            "domain": DOMAIN,
            "resolver": split_endpoint(lab.resolver),
            "spf": SPF_RECORDS,
            "dmarc": DMARC_RECORDS,
        }
        done = subprocess.run(  # noqa: S603
            [str(peer), "-I", str(PEER)],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def our_dmarc(record: str) -> str:
    """The policy, or "wrong"."""
    try:
        return dmarc.policy(dmarc.parse(record), inherited=False)
    except dmarc.DmarcSyntaxError:
        return "wrong"


def our_spf(record: str) -> str:
    """What happens to a stranger's mail: strict, open, or "wrong"."""
    records = {DOMAIN: record, "leeg.example": "v=spf1 -all"}
    lookups = {
        name: Lookup(name, "TXT", "answer", "secure", (text,)) for name, text in records.items()
    }
    reason, _ = spf.Evaluation(lookups).verdict(DOMAIN)
    words = {"spf_strict": "strict", "spf_too_open": "open", "spf_no_all": "open"}
    return words.get(reason, "wrong")


@pytest.mark.parametrize("record", DMARC_RECORDS)
def test_dmarc(theirs: dict[str, Any], record: str) -> None:
    assert our_dmarc(record) == theirs["dmarc"][record]


@pytest.mark.parametrize("record", SPF_RECORDS)
def test_spf(theirs: dict[str, Any], record: str) -> None:
    all_says = {"fail": "strict", "softfail": "strict", "neutral": "open", "pass": "open"}
    said = theirs["spf"][record]
    assert our_spf(record) == all_says.get(said, said)
