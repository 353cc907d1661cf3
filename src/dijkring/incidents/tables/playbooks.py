# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of playbooks, and the words of phases, roles and tasks."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.incidents.playbooks import Playbook
from dijkring.ui import tables
from dijkring.ui.links import link
from dijkring.ui.states import State

PHASE_WORDS = {
    "detect": _("Detect"),
    "contain": _("Contain"),
    "eradicate": _("Remove the cause"),
    "recover": _("Recover"),
    "learn": _("Learn"),
}
ROLE_WORDS = {
    "ciso": _("CISO"),
    "it": _("IT operations"),
    "ot": _("operation of installations"),
    "owner": _("process owner"),
    "privacy": _("privacy officer"),
    "secretary": _("municipal secretary"),
    "board": _("board"),
    "communication": _("communication"),
    "purchasing": _("purchasing"),
    "order": _("public order and safety"),
    "legal": _("legal affairs"),
}
TASKS = {
    "open": State(_("still to do"), "waiting", "partly"),
    "done": State(pgettext_lazy("task", "done"), "met", "met"),
    "skipped": State(_("skipped"), "not-applicable", "not-applicable"),
}
LATE = State(_("too late"), "warning", "not-met")


class PlaybookTable(tables.Table):
    """Playbooks: those of the organisation first."""

    title = tables.Column(verbose_name=_("Playbook"), orderable=False)
    when = tables.Column(verbose_name=_("When it fits"), orderable=False)
    steps = tables.Column(verbose_name=_("Steps"), orderable=False)
    version = tables.Column(verbose_name=_("Version"), orderable=False)
    own = tables.Column(verbose_name=_("From"), orderable=False)

    def render_title(self, record: Playbook) -> SafeString:
        """Lead to the playbook."""
        address = link(self.request, "incidents:playbook", record.key)
        return format_html('<a href="{}">{}</a>', address, in_language(dict(record.title)))

    def value_title(self, record: Playbook) -> str:
        """Return the title."""
        return in_language(dict(record.title))

    def render_when(self, value: Any) -> str:
        """Say when it fits."""
        return in_language(dict(value))

    value_when = render_when

    def render_steps(self, value: Any) -> str:
        """Count the steps."""
        return str(len(value))

    value_steps = render_steps

    def render_own(self, value: bool) -> str:
        """Say whose it is."""
        return gettext("our own") if value else "Dijkring"

    value_own = render_own
