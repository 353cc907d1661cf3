# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of joint incidents: which there are, members, mandates, and counts of others."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dijkring.incidents import joint_words as said
from dijkring.incidents.models import JointMandate
from dijkring.incidents.selectors.joint import Member
from dijkring.ui import states, tables, words
from dijkring.ui.links import link


class SideTable(tables.Table):
    """Joint incidents that we lead or take part in."""

    incident = tables.LinkColumn(
        "incidents:joint", args=["incident__pk"], verbose_name=_("Incident"), orderable=False
    )
    provider = tables.Column(verbose_name=_("Led by"), orderable=False)
    look = tables.LookColumn(said.side_look, verbose_name=_("We"), orderable=False)
    state = tables.Column(
        accessor="incident__get_state_display", verbose_name=_("State"), orderable=False
    )
    reported_at = tables.MomentColumn(
        accessor="incident__reported_at", verbose_name=_("Reported"), orderable=False
    )


class MemberTable(tables.Table):
    """Members of a joint incident that we lead."""

    organisation = tables.Column(verbose_name=_("Organisation"), orderable=False)
    look = tables.LookColumn(said.member_look, verbose_name=_("State"), orderable=False)
    told = tables.Column(accessor="pk", verbose_name=_("Told us of its reports"), orderable=False)
    out = tables.Column(accessor="pk", verbose_name=_("Take out of it"), orderable=False)

    def __init__(self, *args: Any, incident_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.incident_id = incident_id

    def render_told(self, record: Member) -> str:
        """Say what it shows of its reports, or why it takes no part."""
        return said.told(record) or said.member_why(record) or words.NOTHING

    def render_out(self, record: Member) -> SafeString | str:
        """Lead to taking it out."""
        if record.may_be_invited:
            return words.NOTHING
        slug = record.organisation.slug
        address = link(self.request, "incidents:joint_out", self.incident_id, slug)
        hidden = '<a href="{}">{}<span class="visually-hidden">: {}</span></a>'
        return format_html(hidden, address, _("Take out of it"), record.organisation)


class MandateTable(tables.Table):
    """Mandates to hand in reports in a member's name."""

    organisation = tables.Column(verbose_name=_("Given by"), orderable=False)
    reports = tables.Column(accessor="pk", verbose_name=_("For which reports"), orderable=False)
    document = tables.Column(verbose_name=_("Decision"), orderable=False)
    until = tables.DayColumn(verbose_name=_("Until"), orderable=False)
    look = tables.LookColumn(said.mandate_look, verbose_name=_("State"), orderable=False)

    def render_reports(self, record: JointMandate) -> str:
        """Name the reports."""
        return said.mandate_reports(record)

    def render_document(self, record: JointMandate) -> str:
        """Say which decision, who signed, and why they may."""
        return f"{record.document}. {record.given_by} ({record.ground})"

    def render_look(self, record: JointMandate) -> SafeString:
        """Say whether it holds; one's own can be withdrawn."""
        badge = states.badge(said.mandate_look(record))
        ours = record.organisation_id == self.request.actor.organisation_id
        if not ours or record.withdrawn_at or not self.request.can("incidents.mandate"):
            return badge
        address = link(self.request, "incidents:joint_withdraw", record.pk)
        return format_html('{} <a href="{}">{}</a>', badge, address, _("Withdraw…"))


class CountTable(tables.Table):
    """Joint incidents of others that share their counts with us."""

    provider = tables.Column(accessor="provider", verbose_name=_("Led by"), orderable=False)
    opened_at = tables.MomentColumn(verbose_name=_("Opened"), orderable=False)
    going = tables.Column(verbose_name=_("State"), orderable=False)
    invited = tables.NumberColumn(verbose_name=_("Members"), orderable=False)
    reached = tables.NumberColumn(verbose_name=_("Reached"), orderable=False)
    accepted = tables.NumberColumn(verbose_name=_("Take part"), orderable=False)
    warned = tables.NumberColumn(verbose_name=_("Gave their early warning"), orderable=False)
