# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of exchange."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.portability.models import Newcomer, Transfer
from dijkring.ui import tables
from dijkring.ui.links import link

PAGE_OF = {
    Transfer.Kind.REGISTER: "portability:returned",
    Transfer.Kind.EXPORT: "portability:exported",
    Transfer.Kind.IMPORT: "portability:brought_in",
}


class FileColumn(tables.Column):
    """The file, which leads to what came of it."""

    def render(self, value: Any, record: Transfer, table: Any) -> SafeString:  # type: ignore[override]
        address = link(table.request, PAGE_OF[Transfer.Kind(record.kind)], record.pk)
        return format_html('<a href="{}">{}</a>', address, value)


class TransferTable(tables.Table):
    """What left and what came in."""

    file_name = FileColumn(verbose_name=_("File"))
    kind = tables.Column(verbose_name=_("Kind"))
    state = tables.Column(verbose_name=_("State"))
    made_by = tables.Column(verbose_name=_("By"), default="Dijkring")
    made_at = tables.MomentColumn(verbose_name=_("When"))

    class Meta:
        orderable = False


class NewcomerTable(tables.Table):
    """People who came along, and where they stand."""

    name = tables.Column(verbose_name=_("Name"))
    email = tables.Column(verbose_name=_("E-mail address"))
    role = tables.Column(verbose_name=_("Role there"))
    standing = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)
    todo = tables.Column(
        verbose_name=_("What now"), empty_values=(), orderable=False, exclude_from_export=True
    )

    def render_standing(self, record: Newcomer) -> str:
        """Say whether the person is here."""
        return self.value_standing(record)

    def value_standing(self, record: Newcomer) -> str:
        """Say it in an export, too."""
        if record.joined is not None:
            return gettext("is %(name)s") % {"name": record.joined}
        return gettext("invited") if record.invited_at else gettext("not invited")

    def render_todo(self, record: Newcomer) -> SafeString | str:
        """Lead to the next step; both are open to who may invite."""
        if record.joined is not None:
            return "–"
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            link(self.request, "portability:invite", record.pk),
            gettext("Invite %(name)s") % {"name": record.name},
            link(self.request, "portability:confirm_person", record.pk),
            gettext("This is %(name)s") % {"name": record.name},
        )
