# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the crisis room: who is there, what happened, what was decided and told."""

from dijkring.crisis.models.agreements import PartnerAgreement, PartnerAgreementSide
from dijkring.crisis.models.crises import Crisis, Ladder, Level, LevelChange, LogLine, Task
from dijkring.crisis.models.decisions import Decision, Ruling
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.models.people import CallAttempt, Participant
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.models.telling import Message, Sitrep, SitrepSent, Tick

__all__ = [
    "CallAttempt",
    "Crisis",
    "Decision",
    "GivenPower",
    "Ladder",
    "Level",
    "LevelChange",
    "LogLine",
    "Message",
    "Participant",
    "Partner",
    "PartnerAgreement",
    "PartnerAgreementSide",
    "Ruling",
    "Sitrep",
    "SitrepSent",
    "Task",
    "Tick",
]
