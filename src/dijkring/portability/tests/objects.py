# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of exchange are about, for the tests that visit every page."""

from typing import Any

from dijkring.controls.models import Framework
from dijkring.core import registers as known
from dijkring.core.access import Actor
from dijkring.organisations.models import User
from dijkring.portability.models import Newcomer, Transfer
from dijkring.portability.services import keeping, registers

Arguments = dict[str, dict[str, Any]]


def make(actor: Actor, n: int) -> Arguments:
    """Make a sheet that came back, an export, an archive and somebody who came along."""
    register = known.get("actions")
    assert register is not None
    body = registers.export(actor=actor, register=register, kind="csv")
    returned = registers.keep(actor=actor, register=register, name="acties.csv", chunks=[body])
    values: dict[str, Any] = {
        "actor": actor,
        "file_name": f"geheel-{n}.zip",
        "reason": "Wij maken een kopie.",
    }
    export = keeping.new(kind=Transfer.Kind.EXPORT, state=Transfer.State.DONE, **values)
    keeping.path_of(export).write_bytes(b"PK")
    came = keeping.new(kind=Transfer.Kind.IMPORT, state=Transfer.State.DONE, **values)
    stand_in = User(email=f"niemand-{n}-{actor.organisation_id}@stand-in.invalid", is_active=False)
    stand_in.set_unusable_password()
    stand_in.save()
    newcomer = Newcomer.objects.create(
        organisation_id=actor.organisation_id,
        transfer=came,
        stand_in=stand_in,
        name="Vera Vroeger",
        email=f"vera-{n}@example.org",
    )
    norm = Framework.objects.filter(key="bio2", organisation=None).first()
    assert norm is not None
    return {
        "portability:oscal": {"framework": norm.pk, "name": "catalog"},
        "portability:register_sheet": {"register": "actions", "kind": "csv"},
        "portability:bring_back": {"register": "actions"},
        "portability:returned": {"pk": returned.pk},
        "portability:drop": {"pk": returned.pk},
        "portability:exported": {"pk": export.pk},
        "portability:download": {"pk": export.pk},
        "portability:brought_in": {"pk": came.pk},
        "portability:invite": {"pk": newcomer.pk},
        "portability:confirm_person": {"pk": newcomer.pk},
    }
