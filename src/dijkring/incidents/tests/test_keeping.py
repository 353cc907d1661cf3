# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping incidents for three years at least, and deleting them after that by two persons."""

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Upload
from dijkring.evidence.services import uploads
from dijkring.incidents.models import Deletion, Incident
from dijkring.incidents.selectors import keeping as selectors
from dijkring.incidents.services import closing, dossier, exhibits, keeping, reporting
from dijkring.incidents.services.dossier import CostWanted
from dijkring.incidents.services.exhibits import Taken
from dijkring.incidents.tests.objects_dossier import long_ago
from dijkring.notices.models import Notice
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, acting_as, actor_of

REASON = "De bewaartermijn is om."


def with_file(actor: Actor, made: Incident, content: bytes, at: datetime) -> str:
    """Put evidence and a timeline on an incident that is closed, as it was before."""
    with clock.moved_to(at):
        closing.take_up_again(actor=actor, incident=made, reason="Nog iets toe te voegen.")
        taken = Taken("Bijlage", clock.now(), "F. Aydin", "Postbus")
        file = ("a.exe", BytesIO(content))
        found = exhibits.take(actor=actor, incident=made, wanted=taken, file=file)
        reporting.enter(actor=actor, incident=made, at=clock.now(), text="Gevonden.")
        done = closing.Closing("Tas vergeten.", "yes", "Een kabel had geholpen.")
        closing.close(actor=actor, incident=made, wanted=done)
    return found.sha256


def left_of(made: Incident) -> dict[str, int]:
    """Count the rows that still name an incident, in every table of the room."""
    query = (
        "SELECT c.conrelid::regclass::text FROM pg_constraint c WHERE c.contype = 'f' AND"
        " c.confrelid = 'incidents_incident'::regclass"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        tables = {name for (name,) in cursor.fetchall() if name.startswith("incidents_")}
        cursor.execute("SELECT relname FROM pg_class WHERE relname = ANY(%s)", [
            [f"{name}event" for name in tables]
        ])  # fmt: skip
        tables |= {name for (name,) in cursor.fetchall()}
        found = {}
        for name in sorted(tables):
            cursor.execute(f"SELECT count(*) FROM {name} WHERE incident_id = %s", [made.pk])  # noqa: S608
            found[name] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM incidents_incidentevent WHERE id = %s", [made.pk])
        found["history"] = cursor.fetchone()[0]
    return {name: count for name, count in found.items() if count}


def test_two_persons_delete_it_whole_and_the_proof_stays(
    acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        made, other = long_ago(actor, 1), long_ago(actor, 2)
        at = clock.now() - timedelta(days=1_400)
        own = with_file(actor, made, b"alleen hier", at)
        shared = with_file(actor, made, b"ook elders", at)
        assert with_file(actor, other, b"ook elders", at) == shared
        assert len(left_of(made)) > 4
        row = keeping.ask(actor=actor, incident=made, ground=REASON)
        assert row.sha256 == hashlib.sha256(selectors.export(made)).hexdigest()
        with pytest.raises(Refused):
            keeping.ask(actor=actor, incident=made, ground=REASON)
        with pytest.raises(Refused):
            keeping.agree(actor=actor, deletion=row, why="Ik ben het met mezelf eens.")
    with acting_as(fatima) as second:
        done = keeping.agree(actor=second, deletion=row, why="De termijn is om.")
        assert left_of(made) == {}
        assert not Incident.objects.filter(pk=made.pk).exists()
        assert not Notice.objects.filter(url_args=[made.pk]).exists()
        assert (done.removed["incidents_incident"], done.removed["incidents_exhibit"]) == (1, 2)
        assert done.reference == made.reference
        assert left_of(other)
        kept = set(Upload.everything.values_list("sha256", flat=True))
        assert (own in kept, shared in kept) == (False, True)
        assert uploads.path_of(second.organisation_id, shared).is_file()
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            Deletion.objects.all().delete()


def test_a_longer_term_holds_for_what_was_asked_before(
    acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        made = long_ago(actor, 1)
        row = keeping.ask(actor=actor, incident=made, ground=REASON)
        keeping.set_term(actor=actor, years=10)
    with acting_as(fatima) as second, pytest.raises(Refused, match="10"):
        keeping.agree(actor=second, deletion=row, why="De termijn is om.")
    with acting_as(fatima):
        Deletion.objects.filter(pk=row.pk).update(confirmed_at=clock.now(), confirmed_by=fatima)
        with pytest.raises(DatabaseError, match="still be kept"), transaction.atomic():
            connection.cursor().execute("SELECT deed_remove_incident(%s)", [row.pk])


def test_what_stands_in_the_way(
    acting: Acting, alice: User, fatima: User, bob: User, charlie: User
) -> None:
    with acting(alice) as actor:
        made = long_ago(actor, 1)
        for years in (2, 0, 101):
            with pytest.raises(Refused):
                keeping.set_term(actor=actor, years=years)
        keeping.set_term(actor=actor, years=5)
        assert made not in selectors.over(actor.organisation_id)
        with pytest.raises(Refused):
            keeping.ask(actor=actor, incident=made, ground=REASON)
        keeping.set_term(actor=actor, years=4)
        assert list(selectors.over(actor.organisation_id)) == [made]
        with pytest.raises(Forbidden):
            keeping.ask(actor=actor_of(bob), incident=made, ground=REASON)
        row = keeping.ask(actor=actor, incident=made, ground=REASON)
        # Not even the database does it without the second person.
        with pytest.raises(DatabaseError, match="two persons"), transaction.atomic():
            connection.cursor().execute("SELECT deed_remove_incident(%s)", [row.pk])
        dossier.add_cost(actor=actor, incident=made, wanted=CostWanted("Bureau", 100, 2026))
    with acting_as(fatima) as second:
        with pytest.raises(Refused):
            keeping.agree(actor=second, deletion=row, why="De termijn is om.")
        keeping.withdraw(actor=second, deletion=row, why="Er kwam nog een rekening.")
        with pytest.raises(Refused):
            keeping.agree(actor=second, deletion=row, why="Toch maar wel.")
        again = keeping.ask(actor=second, incident=made, ground=REASON)
        assert selectors.asked(second.organisation_id) == {made.pk: again}
    with acting_as(charlie) as stranger, pytest.raises(Deletion.DoesNotExist):
        keeping.agree(actor=stranger, deletion=again, why="Van een ander.")
    with acting_as(charlie):
        with pytest.raises(DatabaseError, match="two persons"), transaction.atomic():
            connection.cursor().execute("SELECT deed_remove_incident(%s)", [again.pk])


def test_years_end_on_the_last_of_february() -> None:
    with clock.moved_to(datetime(2028, 2, 29, 12, tzinfo=UTC)):
        assert selectors.kept_since(3) == datetime(2025, 2, 28, 12, tzinfo=UTC)
