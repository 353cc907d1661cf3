# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moving a whole organisation is long work: it can be left and found again."""

from django.utils.translation import gettext as _

from dijkring.core.errors import Refused
from dijkring.core.jobs import Progress, job
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Organisation
from dijkring.portability.models import Transfer
from dijkring.portability.services import keeping, registers, whole
from dijkring.portability.whole.writing import Told


@job(whole.EXPORT)
def export(progress: Progress, *, organisation_id: int, transfer: int) -> str:
    """Write the archive; run again it writes it again."""
    progress.step(0, 0, _("Reading everything"))
    found = _transfer(organisation_id, transfer)
    told = _steps(progress, _("Writing the file"))
    manifest = whole.export(organisation_id, keeping.path_of(found), told)
    with transaction_for([organisation_id]):
        whole.end_export(found, manifest)
    return _address(organisation_id, f"uitwisselen/geheel/{transfer}/")


def _steps(progress: Progress, words: str) -> Told:
    def told(done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            progress.step(done, total, words)

    return told


@job(whole.IMPORT)
def bring_in(progress: Progress, *, organisation_id: int, transfer: int) -> str:
    """Bring an archive in, whole or not at all; run again it finds the organisation filled."""
    progress.step(0, 2, _("Checking the file"))
    found = _transfer(organisation_id, transfer)
    if found.state == Transfer.State.RUNNING:
        progress.step(1, 2, _("Writing and working out the standings anew"))
        whole.carry_out_import(organisation_id, found)
    progress.step(2, 2)
    return _address(organisation_id, f"uitwisselen/binnenhalen/{transfer}/")


def _transfer(organisation_id: int, id: int) -> Transfer:
    with transaction_for([organisation_id]):
        return Transfer.objects.get(organisation_id=organisation_id, id=id)


def _address(organisation_id: int, path: str) -> str:
    slug = Organisation.objects.get(id=organisation_id).slug
    return f"/o/{slug}/{path}"


@job(registers.KIND)
def bring_back(progress: Progress, *, organisation_id: int, transfer: int) -> str:
    """Write the accepted lines of a sheet in one go; run again it finds that it was done."""
    progress.step(0, 1, _("Writing line by line"))
    found = _transfer(organisation_id, transfer)
    if found.state == Transfer.State.RUNNING:
        try:
            with transaction_for([organisation_id]):
                outcome = registers.carry_out(found)
                keeping.end(found, Transfer.State.DONE, outcome)
        except Refused as refused:
            keeping.fail(found, refused.message)
            raise
    progress.step(1, 1)
    return _address(organisation_id, f"uitwisselen/terug/{transfer}/")
