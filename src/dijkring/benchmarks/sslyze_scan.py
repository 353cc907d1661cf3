# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs sslyze over servers and prints what it found; for an environment that has sslyze.

Reads JSON from standard input: {"ca_file": …, "full": …, "servers": [{"name", "address", "port",
"mail"}]}; prints one JSON object. Imports nothing of Dijkring, and nothing of Dijkring imports it.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import sslyze  # type: ignore[import-not-found,unused-ignore]
from cryptography.hazmat.primitives.hashes import SHA256

VERSIONS = {
    "SSL 2.0": "ssl_2_0_cipher_suites",
    "SSL 3.0": "ssl_3_0_cipher_suites",
    "TLS 1.0": "tls_1_0_cipher_suites",
    "TLS 1.1": "tls_1_1_cipher_suites",
    "TLS 1.2": "tls_1_2_cipher_suites",
    "TLS 1.3": "tls_1_3_cipher_suites",
}
OTHERS = {
    "compression": "tls_compression",
    "renegotiation": "session_renegotiation",
    "early_data": "tls_1_3_early_data",
    "extended_master_secret": "tls_extended_master_secret",
}


def _request(server: dict[str, Any], ca_file: str) -> Any:
    smtp = sslyze.ProtocolWithOpportunisticTlsEnum.SMTP if server["mail"] else None
    names = ["certificate_info", *VERSIONS.values(), *OTHERS.values()]
    if server["mail"]:
        names.remove("tls_1_3_early_data")
    return sslyze.ServerScanRequest(
        server_location=sslyze.ServerNetworkLocation(
            hostname=server["name"], ip_address=server["address"], port=server["port"]
        ),
        network_configuration=sslyze.ServerNetworkConfiguration(
            tls_server_name_indication=server["name"],
            tls_opportunistic_encryption=smtp,
            network_timeout=10,
        ),
        scan_commands={sslyze.ScanCommand(name) for name in names},
        scan_commands_extra_arguments=sslyze.ScanCommandsExtraArguments(
            certificate_info=sslyze.CertificateInfoExtraArgument(custom_ca_file=Path(ca_file))
        ),
    )


def _found(scan: Any, ca_file: str) -> dict[str, Any]:
    suites: dict[str, list[str]] = {}
    for version, name in VERSIONS.items():
        if attempt := getattr(scan, name).result:
            accepted = [one.cipher_suite.name for one in attempt.accepted_cipher_suites]
            suites |= {version: sorted(accepted)} if accepted else {}
    return {"suites": suites, **_certificate(scan, ca_file), **_others(scan)}


def _certificate(scan: Any, ca_file: str) -> dict[str, Any]:
    info = scan.certificate_info.result
    if not info:
        return {"fingerprints": [], "trusted": None}
    first = info.certificate_deployments[0]
    ours = [one for one in first.path_validation_results if str(one.trust_store.path) == ca_file]
    return {
        "fingerprints": [
            one.fingerprint(SHA256()).hex() for one in first.received_certificate_chain
        ],
        "trusted": any(one.was_validation_successful for one in ours),
    }


def _others(scan: Any) -> dict[str, Any]:
    results = {name: getattr(scan, attempt) for name, attempt in OTHERS.items()}
    found = {name: one.result if one else None for name, one in results.items()}
    compression, again = found["compression"], found["renegotiation"]
    early, extended = found["early_data"], found["extended_master_secret"]
    return {
        "compression": compression.supports_compression if compression else None,
        "secure_renegotiation": again.supports_secure_renegotiation if again else None,
        "renegotiated": again.is_vulnerable_to_client_renegotiation_dos if again else None,
        "early_data": early.supports_early_data if early else None,
        "extended_master_secret": extended.supports_ems_extension if extended else None,
    }


def main() -> None:
    """Scan all servers at once, as sslyze does by itself, and print findings and cost."""
    asked = json.load(sys.stdin)
    servers = asked["servers"]
    began, cpu = time.perf_counter(), time.process_time()
    scanner = sslyze.Scanner()
    scanner.queue_scans([_request(server, asked["ca_file"]) for server in servers])
    found = {}
    for result in scanner.get_results():
        location = result.server_location
        if result.scan_result:
            found[location.hostname] = _found(result.scan_result, asked["ca_file"])
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cost = {
        "hosts": len(servers),
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - cpu,
        "peak_memory_mb": round(usage.ru_maxrss / 1024, 1),
        "version": sslyze.__version__.__version__,
    }
    print(json.dumps({"cost": cost, "servers": found}))


if __name__ == "__main__":
    main()
