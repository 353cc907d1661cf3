# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""That an incident was deleted stays proved when the organisation moves."""

from pathlib import Path

from dijkring.core import clock
from dijkring.incidents.models import Deletion, Incident
from dijkring.incidents.services import keeping as deletions
from dijkring.incidents.tests.objects_dossier import long_ago
from dijkring.organisations.models import User
from dijkring.portability.tests.archives import brought_in, exported
from dijkring.tests.harness.people import Acting


def test_the_proof_of_a_deletion_comes_along_and_names_no_incident_of_here(
    alice: User, fatima: User, charlie: User, acting: Acting, tmp_path: Path
) -> None:
    with acting(alice) as actor:
        kept, gone = (long_ago(actor, n) for n in (1, 2))
        for one in (kept, gone):
            deletions.ask(actor=actor, incident=one, ground="De bewaartermijn is om.")
    with acting(fatima) as second:
        row = Deletion.objects.get(incident=gone.pk)
        done = deletions.agree(actor=second, deletion=row, why="Eens, drie jaar is om.")
    with acting(alice) as actor:
        path = exported(actor, tmp_path / "dijkerveen.zip")
    with acting(charlie) as actor:
        brought_in(actor, path)
        [incident] = Incident.objects.all()
        waits, proof = Deletion.objects.order_by("reference")
        assert incident.pk != kept.pk
        assert (waits.incident, waits.reference) == (incident.pk, incident.reference)
        assert (proof.reference, proof.sha256) == (done.reference, done.sha256)
        assert proof.done_at is not None
        assert proof.confirmed_by_id != proof.asked_by_id
        # What is gone keeps a number of its own, which no incident of here has or will get.
        later = Incident.objects.create(
            organisation_id=actor.organisation_id, year=2026, number=99, title="Later",
            reported_at=clock.now(), reporter="Charlie",
        )  # fmt: skip
        assert proof.incident not in {incident.pk, later.pk}
        assert proof.incident > 0
