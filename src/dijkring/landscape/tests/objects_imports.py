# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that were read in, for the tests that visit every page: one looked at, two taken over."""

import io
import json
from typing import Any

from dijkring.core.access import Actor
from dijkring.landscape.importers.tests.samples import element, model, relation
from dijkring.landscape.models import Imported
from dijkring.landscape.services import assets, import_files, imports
from dijkring.landscape.services.import_files import Choice
from dijkring.landscape.services.wanted import AssetWanted


def kept(actor: Actor, content: bytes, name: str = "model.xml") -> Imported:
    """Bring a file in to be looked at."""
    return import_files.keep(actor=actor, name=name, content=io.BytesIO(content))


def taken(actor: Actor, content: bytes, choice: Choice | None = None) -> Imported:
    """Take a file over."""
    found = kept(actor, content)
    assert imports.take_over(actor=actor, imported=found, choice=choice) is None
    return found


def parts(*names: str, version: str = "1") -> bytes:
    """Return a list of parts."""
    found = [{"name": one, "version": version, "type": "library"} for one in names]
    return json.dumps(
        {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": found}
    ).encode()


def make(actor: Actor, n: int) -> dict[str, dict[str, Any]]:
    """Make a system with its software, a model that is taken over and one that waits."""
    wanted = AssetWanted(f"Belastingsysteem {n}", "system", reference=f"BS-{n}")
    system = assets.add(actor=actor, wanted=wanted)
    taken(actor, parts(f"log4j-{n}", "guava"), Choice(system=system.pk))
    elements = element(f"e{n}", "BusinessProcess", f"Aangifte {n}") + element(
        f"s{n}", "ApplicationComponent", f"Aangiftesysteem {n}"
    )
    edge = relation(f"r{n}", "Serving", f"s{n}", f"e{n}")
    done = taken(actor, model(elements, edge))
    looked = kept(actor, model(element(f"x{n}", "Node", f"Server {n}")))
    return {
        "landscape:import": {"pk": looked.pk},
        "landscape:cancel_import": {"pk": looked.pk},
        "landscape:undo_import": {"pk": done.pk},
        "landscape:components_of": {"pk": system.pk},
        "landscape:export": {"kind": "archimate"},
    }
