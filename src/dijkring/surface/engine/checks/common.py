# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What several checks ask of an observation."""

from dijkring.surface.engine.checks.model import Verdict, not_applicable, not_measured
from dijkring.surface.engine.observations import DomainSeen, Lookup, Trouble


def untold(trouble: Trouble | None) -> Verdict:
    """Not measured, for the reason the probe gave."""
    if trouble is None:
        return not_measured("not_tried")
    return not_measured(trouble.reason, **({"note": trouble.note} if trouble.note else {}))


def is_none(*lookups: Lookup) -> bool:
    """Tell whether all of these definitely have no records."""
    return all(lookup.outcome in ("nodata", "nxdomain") for lookup in lookups)


def first_trouble(*lookups: Lookup) -> Trouble | None:
    """The trouble of the first lookup that failed."""
    return next((one.trouble for one in lookups if one.outcome == "failed"), None)


def is_null_mx(mx: Lookup) -> bool:
    """Tell whether a domain says that it takes no mail (RFC 7505): one MX, whose name is empty."""
    return len(mx.records) == 1 and mx.records[0].split()[-1] == "."


def no_mail(seen: DomainSeen) -> Verdict | None:
    """The verdict for checks on mail servers when there are none to check."""
    if seen.mx.outcome == "failed":
        return untold(seen.mx.trouble)
    if seen.mx.outcome != "answer":
        return not_applicable("no_such_name" if seen.mx.outcome == "nxdomain" else "no_mx")
    if is_null_mx(seen.mx):
        return not_applicable("null_mx")
    return None


def without_address(seen: DomainSeen, lookups: list[Lookup], absent: str) -> Verdict:
    """The verdict where there is no address to measure: none exists, or the lookup failed."""
    if is_none(*lookups):
        return not_applicable(absent)
    return untold(first_trouble(*lookups))
