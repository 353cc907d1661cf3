# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loading the municipalities, the safety regions and the national parties, as content."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

from dijkring.organisations.models import Organisation, Participation, sort_key

CONTENT = Path(__file__).parent / "content"
SOURCE = "CBS"
# The day from which the present division into safety regions is taken to hold.
REGIONS_SINCE = date(2010, 10, 1)


def load_areas() -> str:
    """Load areas and parties; returns what there is, in words. Again it changes nothing."""
    rows = [_region(row) for row in _read("safety_regions.csv")]
    rows += [_municipality(row) for row in _read("municipalities.csv")]
    rows += [_party(row) for row in yaml.safe_load((CONTENT / "parties.yaml").read_text())]
    Organisation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[
            "kind",
            "name",
            "sort_name",
            "code",
            "region_code",
            "province",
            "population",
            "source",
        ],
    )
    _participate()
    return f"{len(rows)} organisations"


def _read(name: str) -> list[dict[str, str]]:
    with (CONTENT / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _organisation(kind: str, name: str, slug: str, **values: Any) -> Organisation:
    return Organisation(kind=kind, name=name, sort_name=sort_key(name), slug=slug, **values)


def _region(row: dict[str, str]) -> Organisation:
    name = f"Veiligheidsregio {row['name']}"
    code = row["vr_code"]
    return _organisation(
        "safety_region", name, f"{slugify(name)}", code=code, region_code=code, source=SOURCE
    )


def _municipality(row: dict[str, str]) -> Organisation:
    return _organisation(
        "municipality",
        row["name"],
        f"{slugify(row['name'])}-{row['gm_code'].lower()}",
        code=row["gm_code"],
        region_code=row["safety_region"],
        province=row["province"],
        population=int(row["population"]),
        source=SOURCE,
    )


def _party(row: dict[str, str]) -> Organisation:
    return _organisation(row["kind"], row["name"], row["slug"])


def _participate() -> None:
    regions = dict(
        Organisation.objects.filter(kind="safety_region").exclude(code="").values_list("code", "id")
    )
    municipalities = Organisation.objects.filter(kind="municipality", region_code__in=regions)
    Participation.objects.bulk_create(
        [
            Participation(body_id=regions[one.region_code], participant=one, since=REGIONS_SINCE)
            for one in municipalities
        ],
        ignore_conflicts=True,
    )
