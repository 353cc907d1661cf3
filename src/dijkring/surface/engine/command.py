# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring measure DOMAIN…`: the same results as in the application, without a database."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from dijkring.surface.engine.addressmap import AddressMap, read_address_map, split_endpoint
from dijkring.surface.engine.checks import CHECKS, REASONS
from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.judge import Result
from dijkring.surface.engine.lookalikes import Lookalike, candidates, existing
from dijkring.surface.engine.lookup import Resolver, system_resolvers
from dijkring.surface.engine.names import parse_domain
from dijkring.surface.engine.observe import measure_sync, run_loop
from dijkring.surface.engine.portscope import PortScope
from dijkring.surface.engine.run import Options
from dijkring.surface.engine.score import CategoryScore, Judged, Score, percent, scores

HELP = "measure websites and mail of domains from outside, without a database"
STATES = {
    "pass": "✓ voldaan",
    "fail": "✕ niet voldaan",
    "not_measured": "? niet gemeten",
    "not_applicable": "– niet van toepassing",
}
# For a pipeline: 1 stops it, because a mandatory test fails or nothing could be measured at all.
GOOD, NOT_GOOD, BAD_INPUT = 0, 1, 2
FILE_BYTES = 5_000_000
PARTS = {"web": "website", "mail": "mail"}
DNS_PORT = 53


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `dijkring measure`."""
    parser.add_argument("domains", nargs="*", metavar="DOMAIN", help="for example dijkerveen.nl")
    parser.add_argument("--file", metavar="FILE", help="names, one on a line; - for standard input")
    parser.add_argument(
        "--resolver", metavar="ADDR[:PORT]", help="validating DNS resolver (default: the system's)"
    )
    parser.add_argument("--ca-file", metavar="PEM", help="root certificates to trust as well")
    parser.add_argument(
        "--address-map",
        metavar="FILE",
        help="where connections go: lines 'address:port address:port'",
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="measure private addresses too"
    )
    parser.add_argument(
        "--ports",
        action="store_true",
        help="knock on ports of management and databases too, of hosts under the names given; "
        "only for hosts that are yours",
    )
    parser.add_argument("--roas", metavar="FILE", help="validated ROAs (JSON), for RPKI")
    parser.add_argument("--registries", metavar="FILE", help="IANA's list of RDAP servers (JSON)")
    parser.add_argument("--routes", metavar="FILE", help="announced prefixes (RIS), for RPKI")
    parser.add_argument(
        "--lookalikes",
        action="store_true",
        help="list names that look like these and exist; asks DNS only",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    parser.add_argument(
        "--score", action="store_true", help="with --json: an object with results and scores"
    )


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 good, 1 a mandatory test fails or nothing measured, 2 wrong input."""
    try:
        domains = _domains(args)
        if args.lookalikes:
            return _list_lookalikes(domains, args)
        shows = len(domains) > 1 and sys.stderr.isatty()
        results = measure_sync(domains, _options(args, domains), _progress if shows else None)
    except InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    print(_as_json(results, args.score) if args.json else _as_table(results))
    if all(result.state == "not_measured" for result in results):
        print("Er kon niets worden gemeten. | Nothing could be measured.", file=sys.stderr)
        return NOT_GOOD
    return NOT_GOOD if any(map(_is_broken, results)) else GOOD


def _list_lookalikes(domains: Sequence[str], args: argparse.Namespace) -> int:
    """Print what looks like these names and exists; 0 whatever there is."""
    options = _options(args, domains)
    names = [name for domain in domains for name in candidates(domain)]

    async def look() -> list[Lookalike]:
        servers = (options.resolver,) if options.resolver else system_resolvers()
        return await existing(Resolver(servers, options.dns_seconds), dict.fromkeys(names))

    found = run_loop(look())
    rows = [vars(one) for one in found]
    print(json.dumps(rows, indent=2) if args.json else "\n".join(map(_lookalike_line, found)))
    return GOOD


def _lookalike_line(one: Lookalike) -> str:
    if one.trouble:
        return f"? {one.name}  {REASONS[one.trouble]['nl']}"
    mail = "ontvangt mail" if one.receives_mail else "ontvangt geen mail"
    return f"! {one.name}  {mail}{'' if one.has_address else ', heeft geen adres'}"


def _is_broken(result: Result) -> bool:
    return result.state == "fail" and CHECKS[result.check].level == "mandatory"


def _domains(args: argparse.Namespace) -> list[str]:
    texts = [*args.domains, *(_names_in(args.file) if args.file else ())]
    if not texts:
        raise InputError("Geef een of meer domeinnamen.", "Give one or more domain names.")
    return [parse_domain(text) for text in texts]


def _names_in(path: str) -> list[str]:
    """The names in a file: one on a line, # begins a comment."""
    try:
        if path == "-":
            text = sys.stdin.read(FILE_BYTES)
        else:
            with open(path, encoding="utf-8") as file:
                text = file.read(FILE_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(f"Het bestand {path}", f"The file {path}", error) from None
    return [name for line in text.splitlines() if (name := line.partition("#")[0].strip())]


def _unreadable(dutch: str, english: str, error: OSError | UnicodeDecodeError) -> InputError:
    why = isinstance(error, OSError) and error.strerror
    return InputError(
        f"{dutch} is niet te lezen: {why or 'geen UTF-8'}.",
        f"{english} cannot be read: {why or 'not UTF-8'}.",
    )


def _options(args: argparse.Namespace, domains: Sequence[str]) -> Options:
    return Options(
        resolver=_resolver(args.resolver) if args.resolver else None,
        ca_file=args.ca_file,
        address_map=_address_map(args.address_map) if args.address_map else None,
        allow_private=args.allow_private,
        roas=args.roas,
        routes=args.routes,
        registries=args.registries,
        ports=PortScope(frozenset(domains)) if args.ports else None,
    )


def _resolver(text: str) -> tuple[str, int]:
    try:
        address, port = split_endpoint(text)
    except ValueError:
        raise InputError(
            f"'{text}' is geen resolver; geef ADRES of ADRES:POORT.",
            f"'{text}' is no resolver; give ADDRESS or ADDRESS:PORT.",
        ) from None
    return address, port or DNS_PORT


def _address_map(path: str) -> AddressMap:
    try:
        return read_address_map(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(f"De adreskaart {path}", f"The address map {path}", error) from None


def _progress(domain: str, done: int, total: int) -> None:
    print(f"{done}/{total} {domain}", file=sys.stderr)


def _as_json(results: Sequence[Result], with_scores: bool) -> str:
    rows = [
        {
            "subject": result.subject,
            "check": result.check,
            "state": result.state,
            "measuredAt": result.measured_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "detail": result.detail,
        }
        for result in results
    ]
    data = {"results": rows, "scores": _scores_as_json(results)} if with_scores else rows
    return json.dumps(data, ensure_ascii=False, indent=2)


def _scores_as_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    return [
        {
            "domain": name,
            "part": score.part,
            "percent": score.percent,
            "complete": score.complete,
            "categories": [
                {
                    "category": one.category,
                    "points": one.points,
                    "maximum": one.maximum,
                    "notMeasured": one.not_measured,
                }
                for one in score.categories
            ],
        }
        for name, found in _scores(results).items()
        for score in found
    ]


def _scores(results: Sequence[Result]) -> dict[str, tuple[Score, ...]]:
    return scores(Judged(one.check, one.subject, one.state) for one in results)


def _as_table(results: Sequence[Result]) -> str:
    by_domain: dict[str, list[Result]] = {}
    for result in results:
        by_domain.setdefault(result.subject.partition("/")[0], []).append(result)
    return "\n\n".join(_domain_table(domain, rows) for domain, rows in by_domain.items())


def _domain_table(domain: str, rows: list[Result]) -> str:
    lines, last = [domain, "=" * len(domain)], ""
    found = _scores(rows).get(domain, ())
    points = {one.category: one for score in found for one in score.categories}
    label_width = max(len(CHECKS[row.check].label["nl"]) for row in rows)
    address_width = max(len(_address(row)) for row in rows)
    for row in rows:
        category = CHECKS[row.check].category
        if category != last:
            lines.append(_category_line(category, points.get(category)))
            last = category
        label = CHECKS[row.check].label["nl"].ljust(label_width)
        where = _address(row).ljust(address_width)
        lines.append(f"  {STATES[row.state]:<21}  {label}  {where}  {_sentence(row)}".rstrip())
    return "\n".join([*lines, _totals(rows), *map(_score_line, found)])


def _category_line(category: str, points: CategoryScore | None) -> str:
    if points is None or points.share is None:
        return category
    return f"{category}  {percent([points.share])} % ({points.points} van {points.maximum})"


def _score_line(score: Score) -> str:
    rest = "" if score.complete else " (niet alles kon worden gemeten)"
    return f"Score {PARTS[score.part]}: {score.percent} %{rest}"


def _address(row: Result) -> str:
    return row.subject.partition("/")[2]


def _sentence(row: Result) -> str:
    text: Any = row.detail["text"]
    return str(text["nl"])


def _totals(rows: list[Result]) -> str:
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    words = (f"{count} {STATES[state].partition(' ')[2]}" for state, count in counts.items())
    return "Samen: " + ", ".join(words) + "."


def main(argv: Sequence[str] | None = None) -> int:
    """Run as a module of its own, without the rest of Dijkring."""
    parser = argparse.ArgumentParser(prog="dijkring measure", description=HELP)
    add_arguments(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
