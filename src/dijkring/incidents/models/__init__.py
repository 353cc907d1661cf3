# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of incidents: what happened, what was known when, and what was told to whom."""

from dijkring.incidents.models.breaches import Breach, BreachLetter, BreachRisk
from dijkring.incidents.models.clocks import Awareness, HouseRule, Request, Significance, Submission
from dijkring.incidents.models.dossier import Contact, Cost, Indicator, PoliceReport
from dijkring.incidents.models.escalation import Acknowledgement, Delivery, Shift, Webhook
from dijkring.incidents.models.exhibits import CustodyRecord, Exhibit
from dijkring.incidents.models.figures import IncidentCount, Target
from dijkring.incidents.models.incidents import FLOW, Incident, TimelineEntry
from dijkring.incidents.models.intake import IncidentNotice, Intake, WayIn
from dijkring.incidents.models.joint import (
    Joint,
    JointEntry,
    JointInvite,
    JointMandate,
    JointPlace,
)
from dijkring.incidents.models.keeping import Deletion, KeepingTerm
from dijkring.incidents.models.playbooks import Playbook, Task
from dijkring.incidents.models.reports import REPORT_FLOW, Report
from dijkring.incidents.models.touched import TouchedAsset
from dijkring.incidents.models.watch import WatchPlan, WatchRun

__all__ = [
    "FLOW",
    "REPORT_FLOW",
    "Acknowledgement",
    "Awareness",
    "Breach",
    "BreachLetter",
    "BreachRisk",
    "Contact",
    "Cost",
    "CustodyRecord",
    "Deletion",
    "Delivery",
    "Exhibit",
    "HouseRule",
    "Incident",
    "IncidentCount",
    "IncidentNotice",
    "Indicator",
    "Intake",
    "Joint",
    "JointEntry",
    "JointInvite",
    "JointMandate",
    "JointPlace",
    "KeepingTerm",
    "Playbook",
    "PoliceReport",
    "Report",
    "Request",
    "Shift",
    "Significance",
    "Submission",
    "Target",
    "Task",
    "TimelineEntry",
    "TouchedAsset",
    "WatchPlan",
    "WatchRun",
    "WayIn",
    "Webhook",
]
