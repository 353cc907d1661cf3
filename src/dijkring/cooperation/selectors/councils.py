# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the council of one participant gets to see of a co-operation."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dijkring.cooperation.models import CbwTest, Cooperation, Involvement, Seat, Task
from dijkring.cooperation.selectors import cbw_tests, provided, register
from dijkring.cooperation.selectors.cbw_tests import Told
from dijkring.cooperation.selectors.provided import Published
from dijkring.core.rows import id_of
from dijkring.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class CouncilView:
    """Everything for one participant; `ours` is False when the co-operation itself looks."""

    cooperation: Cooperation
    participant: Organisation
    ours: bool
    tasks: list[Task]
    seats: list[Seat]
    involvement: Involvement | None
    documents: list[str]
    told: Told | None
    own_test: CbwTest | None
    published: list[Published]

    @property
    def not_known(self) -> list[str]:
        """What the council cannot be told, in whole sentences; said, not left out."""
        return [sentence for lacks, sentence in self._gaps() if lacks]

    def _gaps(self) -> list[tuple[bool, str]]:
        return [*self._of_the_body(), *(self._of_ourselves() if self.ours else [])]

    def _of_the_body(self) -> list[tuple[bool, str]]:
        found = self.cooperation
        return [
            (not self.tasks, _("It was not recorded which tasks are done for this participant.")),
            (not found.basis, _("The document on which the co-operation rests was not recorded.")),
            (not self.seats, _("It was not recorded who governs the co-operation.")),
            (not (self.told or self.own_test), _("It is not known whether the Cbw applies to it.")),
            (not self.published, _("The co-operation publishes no standings to this participant.")),
        ]

    def _of_ourselves(self) -> list[tuple[bool, str]]:
        mine = self.involvement
        return [
            (not (mine and mine.representative), _("We did not record who represents us.")),
            (not (mine and mine.owner_id), _("We have no official owner for this co-operation.")),
            (not (mine and mine.share is not None), _("We did not record our share.")),
            (not self.documents, _("We keep no document about our agreements with it.")),
        ]


def council_view(cooperation: Cooperation, participant: Organisation, looking: int) -> CouncilView:
    """Gather what the council of a participant sees; `looking` is the organisation that asks."""
    ours = participant.pk == looking
    documents = register.documents(cooperation, looking) if ours else []
    return CouncilView(
        cooperation=cooperation,
        participant=participant,
        ours=ours,
        tasks=[
            task for task in register.tasks_for(cooperation, participant.pk) if not task.has_ended
        ],
        seats=register.seats(cooperation),
        involvement=register.involvement(cooperation, looking) if ours else None,
        documents=[row.upload.name for row in documents],
        told=_told(cooperation, looking),
        own_test=cbw_tests.done(cooperation, looking).first() if ours else None,
        published=published(cooperation, participant.pk, looking),
    )


def _told(cooperation: Cooperation, looking: int) -> Told | None:
    """Return what the body tells its participants; the body itself reads its own row."""
    if cooperation.body_id != looking:
        return cbw_tests.told().get(cooperation.pk)
    own = cbw_tests.done(cooperation, looking).exclude(published_at=None).first()
    if own is None or own.finished_at is None:
        return None
    return Told(cooperation.pk, own.outcome, own.finished_at, own.version)


def published(cooperation: Cooperation, participant: int, looking: int) -> list[Published]:
    """Return what the co-operation publishes to the participant, per service."""
    carrier = cooperation.host_id or cooperation.body_id
    if carrier is None:
        return []
    if carrier == looking:
        return provided.given(carrier, participant)
    return provided.received(looking, carrier) if participant == looking else []


def participant_of(cooperation: Cooperation, wanted: str, looking: int) -> Organisation | None:
    """Return the participant that is asked for, if it may be shown to who looks.

    A participant sees its own page; the co-operation itself that of each participant.
    """
    inside = {one.participant.pk: one.participant for one in register.members(cooperation)}
    if not wanted:
        return inside.get(looking)
    may = wanted == str(looking) or cooperation.body_id == looking
    id = id_of(wanted)
    return inside.get(id) if may and id is not None else None
