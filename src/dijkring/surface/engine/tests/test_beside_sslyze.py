# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The prober beside sslyze over the practice internet: equal where both look, else told why.

sslyze lives in an environment of its own: DIJKRING_SSLYZE names its folder, or `dijkring bench
surface` shows how it is made. Without it this test is skipped, loudly.
"""

import json
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dijkring.benchmarks import sslyze_peer
from dijkring.lab.threads import start_in_thread
from dijkring.surface.engine import Options
from dijkring.surface.engine.addressmap import read_address_map, split_endpoint
from dijkring.surface.engine.observations import MxSeen, WebSeen
from dijkring.surface.engine.observe import observe, run_loop

ENVIRONMENT = "DIJKRING_SSLYZE"
SETTINGS = (
    *("tls_version", "tls_ciphers", "tls_cipher_order", "fs_params", "kex_hash_func"),
    *("extended_master_secret", "renegotiation_client", "tls_compression", "zero_rtt"),
    *("renegotiation_secure", "cert_trust", "cert_pubkey", "cert_signature"),
)
HEALTHY = "gezond.example"
# Servers of the lab that are built by hand: they exchange keys with X25519 only, which the old
# OpenSSL that sslyze uses for TLS 1.2 does not know. It sees TLS 1.3 there and nothing older.
BY_HAND = ("tls_compression", "renegotiation_secure", "zero_rtt")
# Signatures have a check of their own with us; sslyze calls a chain with SHA-1 untrusted.
UNTRUSTED_FOR_SSLYZE = ("cert_signature",)
# Where the other settings are meant to differ, as (what, defect).
INTENDED = {
    # It cannot see what these two servers do in TLS 1.2, and takes it for a server without it.
    ("compression", "tls_compression"),
    ("secure_renegotiation", "renegotiation_secure"),
    # It says yes for every server that speaks TLS 1.3, without looking at TLS 1.2.
    ("extended_master_secret", "extended_master_secret"),
    # It sends early data and wants it accepted; for us the ticket that allows it is enough, and
    # the lab's server takes no session up again.
    ("early_data", "zero_rtt"),
}
Seen = WebSeen | MxSeen


def domain_of(category: str, setting: str) -> str:
    return f"{category}-{setting}.example".replace("_", "-")


def scenario() -> dict[str, Any]:
    planted = {
        domain_of(category, setting): {"defects": [f"{category}-tls.{setting}"]}
        for category in ("web", "mail")
        for setting in SETTINGS
    }
    return {"domains": {HEALTHY: {}, **planted}}


@pytest.fixture(scope="module")
def environment() -> Path:
    """The folder of an environment that has sslyze."""
    folder = Path(os.environ.get(ENVIRONMENT, ""))
    if not (os.environ.get(ENVIRONMENT) and sslyze_peer.is_ready(folder)):
        told = f"NOT COMPARED WITH SSLYZE: {ENVIRONMENT} names no environment that has it"
        warnings.warn(told, stacklevel=1)
        pytest.skip(told)
    return folder


@pytest.fixture(scope="module")
def both(
    environment: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[Seen, dict[str, Any]]]]:
    """Each server of the lab, as we saw it and as sslyze did, by name."""
    folder = tmp_path_factory.mktemp("lab")
    with start_in_thread(folder, scenario()):
        told = json.loads((folder / "lab.json").read_text())
        mapped = json.loads(Path(told["address_map"]).read_text())
        address, port = split_endpoint(told["resolver"])
        options = Options(
            resolver=(address, port or 53),
            ca_file=told["ca_file"],
            address_map=read_address_map(Path(told["address_map"]).read_text()),
            domains_at_once=4,
            every_suite=True,
        )
        seen: dict[str, Seen] = {}
        for domain in run_loop(observe(list(scenario()["domains"]), options)):
            if not domain.domain.startswith("mail-"):
                seen |= {one.name: one for one in domain.web if ":" not in one.address}
            if not domain.domain.startswith("web-"):
                seen |= {one.host: one for one in domain.mail_servers if ":" not in one.address}
        servers = [_server(name, one, mapped) for name, one in seen.items()]
        theirs = sslyze_peer.scan(environment, told["ca_file"], servers)["servers"]
        assert theirs.keys() == seen.keys()
        yield {name: (one, theirs[name]) for name, one in seen.items()}


def _server(name: str, seen: Seen, mapped: dict[str, str]) -> dict[str, Any]:
    mail = isinstance(seen, MxSeen)
    address, port = split_endpoint(mapped[f"{seen.address}:{25 if mail else 443}"])
    return {"name": name, "address": address, "port": port, "mail": mail}


def _defect(name: str) -> str:
    """The setting that is wrong on a server, by its name."""
    found = name.removeprefix("mail.").partition("-")[2].removesuffix(".example")
    return found.replace("-", "_")


def test_versions_and_suites_are_equal(both: dict[str, tuple[Seen, dict[str, Any]]]) -> None:
    for name, (ours, theirs) in both.items():
        accepted = {one for one, tried in ours.versions.items() if tried.outcome == "accepted"}
        hidden = {"TLS 1.2"} if _defect(name) in BY_HAND else set()
        accepted -= hidden
        assert accepted == theirs["suites"].keys(), name
        assert ours.tls, name
        assert ours.tls.all_suites, name
        suites = {version: sorted(set(found)) for version, found in ours.tls.suites.items()}
        suites = {version: found for version, found in suites.items() if version not in hidden}
        assert suites == theirs["suites"], name


def test_certificates_and_their_trust_are_equal(
    both: dict[str, tuple[Seen, dict[str, Any]]],
) -> None:
    for name, (ours, theirs) in both.items():
        assert [one.fingerprint for one in ours.chain] == theirs["fingerprints"], name
        assert ours.trust, name
        trusted = ours.trust.trusted and _defect(name) not in UNTRUSTED_FOR_SSLYZE
        assert trusted == theirs["trusted"], name


def _settings(seen: Seen) -> dict[str, bool]:
    tls = seen.tls
    assert tls
    assert tls.old
    assert tls.new
    return {
        "compression": bool(tls.old.compression),
        "secure_renegotiation": tls.old.secure_renegotiation,
        "renegotiated": bool(tls.renegotiated),
        "extended_master_secret": tls.old.extended_master_secret,
        "early_data": bool(tls.new.early_data),
    }


def test_settings_are_equal_but_for_what_is_intended(
    both: dict[str, tuple[Seen, dict[str, Any]]],
) -> None:
    differing = set()
    for name, (ours, theirs) in both.items():
        for what, value in _settings(ours).items():
            if theirs[what] is not None and theirs[what] != value:
                differing.add((what, _defect(name)))
    assert differing == INTENDED
