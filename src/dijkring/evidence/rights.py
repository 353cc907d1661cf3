# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rights of evidence, and its lines in the navigation."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, navigation
from dijkring.core.access import EVERYONE, Role

JUDGING = (
    ("evidence.judge", _("Judge as owner of a requirement"), {Role.CISO, Role.PROCESS_OWNER}),
    ("evidence.review", _("Judge as CISO"), {Role.CISO}),
    ("evidence.audit", _("Judge as independent auditor"), {Role.AUDITOR}),
    ("evidence.deviate", _("Accept a deviation"), {Role.CISO, Role.SECRETARY, Role.BOARD}),
    (
        "evidence.upload",
        _("Upload documents"),
        {Role.CISO, Role.PROCESS_OWNER, Role.AUDITOR, Role.PRIVACY_OFFICER},
    ),
)
COUNTING = (
    ("evidence.withdraw", _("Withdraw a wrong fact"), {Role.CISO}),
    ("evidence.population", _("Take a subject out of the count"), {Role.CISO, Role.SECRETARY}),
)
TOGETHER = (
    (
        "evidence.scopes",
        _("Keep systems, processes, locations and services that are judged apart"),
        {Role.CISO, Role.PROCESS_OWNER},
    ),
    ("evidence.provide", _("Carry out requirements for others, and publish"), {Role.CISO}),
    ("evidence.take", _("Let another carry out requirements"), {Role.CISO, Role.SECRETARY}),
)
PAGES = (
    (_("Standings"), "evidence:standings"),
    (_("Systems, processes and services"), "evidence:scopes"),
    (_("Carried out by others"), "evidence:provisions"),
    (_("Facts"), "evidence:facts"),
    (_("Documents"), "evidence:uploads"),
)


def register() -> None:
    """Register the rights and the lines."""
    access.register("evidence.view", _("See facts and standings"), EVERYONE, writes=False)
    for id, label, roles in (*JUDGING, *COUNTING, *TOGETHER):
        access.register(id, label, roles)
    for label, url_name in PAGES:
        navigation.add("house", label, url_name, "evidence.view", group="norms")
