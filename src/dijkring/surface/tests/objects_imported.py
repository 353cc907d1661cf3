# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files of others for the tests that visit every page: one looked at, one taken over."""

from datetime import timedelta
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.surface.tests.conftest import stated
from dijkring.surface.tests.files_of_others import findings, kept, results, taken


def make(actor: Actor, n: int) -> dict[str, dict[str, Any]]:
    """Make a name that others measured, a file that is done and one that waits for agreement."""
    name = f"overgenomen-{n}-{actor.organisation_id}.example"
    stated(actor, name)
    day = (clock.now() - timedelta(days=n)).strftime("%d-%m-%Y")
    tests = {"web_https_tls_version": "failed", "web_dnssec_valid": "passed"}
    done = taken(actor, "internetnl", results({name: tests, f"anders-{n}.example": tests}))
    taken(actor, "easm", findings(f"{name};CVE-2026-{n};hoog;;{day};open"))
    looked = kept(actor, "easm", findings(f"{name};Open poort 2{n};hoog;;{day};open"))
    return {
        "surface:import_file": {"kind": "easm"},
        "surface:import": {"pk": looked.pk},
        "surface:cancel_import": {"pk": looked.pk},
        "surface:undo_import": {"pk": done.pk},
    }
