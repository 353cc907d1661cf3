# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run in the environment of checkdmarc: JSON in, what it says of each record as JSON out."""

import json
import sys
from typing import Any


def main() -> None:
    """Read what is asked from standard input and answer on standard output."""
    import dns.resolver
    from checkdmarc import dmarc, spf  # type: ignore[import-not-found]

    asked: dict[str, Any] = json.load(sys.stdin)
    resolver = dns.resolver.Resolver(configure=False)
    address, resolver.port = asked["resolver"]
    resolver.nameservers = [address]

    def of_spf(record: str) -> str:
        found = spf.parse_spf_record(record, asked["domain"], resolver=resolver)
        return str(found["parsed"].get("all"))

    def of_dmarc(record: str) -> str:
        found = dmarc.parse_dmarc_record(record, asked["domain"], resolver=resolver)
        return str(found["tags"]["p"]["value"])

    answers = {"spf": (spf.SPFError, of_spf), "dmarc": (dmarc.DMARCError, of_dmarc)}
    told: dict[str, dict[str, str]] = {}
    for kind, (error, answer) in answers.items():
        told[kind] = {}
        for record in asked[kind]:
            try:
                told[kind][record] = answer(record)
            except error:
                told[kind][record] = "wrong"
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
