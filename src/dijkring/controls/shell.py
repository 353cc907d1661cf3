# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Storing a pack from a shell, without a person: for everybody, or for one organisation."""

from django.db import DatabaseError, transaction

from dijkring.controls.importers.pack import Pack, Remark
from dijkring.controls.services import ImportResult, RefusedPack, import_pack
from dijkring.core.access import system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation


class NotStored(Exception):
    """Nothing was stored; the remarks say why, with the line where there is one."""

    def __init__(self, *remarks: Remark) -> None:
        super().__init__(remarks[0].reason["en"])
        self.remarks = remarks


def store(pack: Pack, organisation: str = "") -> ImportResult:
    """Store a pack for everybody (as the owner of the tables), or for the organisation of a slug.

    Raises NotStored where the database, or what it already holds, does not allow it.
    """
    try:
        return _for_one(pack, organisation) if organisation else import_pack(pack=pack)
    except RefusedPack as refused:
        raise NotStored(*refused.remarks) from refused
    except Refused as refused:
        words = {"nl": refused.message, "en": refused.message}
        raise NotStored(Remark(None, "", words)) from refused
    except DatabaseError as error:
        told = str(error).strip().partition("\n")[0]
        nl = f"De database weigert, er is niets opgeslagen: {told}."
        en = f"The database refuses, nothing was stored: {told}."
        raise NotStored(Remark(None, "", {"nl": nl, "en": en})) from error


@transaction.atomic
def _for_one(pack: Pack, slug: str) -> ImportResult:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        nl, en = f"Er is geen organisatie {slug}.", f"There is no organisation {slug}."
        raise NotStored(Remark(None, "--organisation", {"nl": nl, "en": en}))
    actor = system_actor(found.pk)
    with acting_for([found.pk], actor):
        return import_pack(pack=pack, actor=actor)
