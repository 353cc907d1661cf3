# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of what needs what."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.models import Dependency
from dijkring.landscape.words import hours_words, within_words
from dijkring.ui import tables
from dijkring.ui.links import link


def how_words(dependency: Dependency) -> str:
    """Say how one needs the other: as it is, as some of a group, or only to do it well."""
    if dependency.group is None:
        return str(dependency.get_kind_display())
    words = gettext("%(needed)d of %(group)s")
    return words % {"needed": dependency.group.needed, "group": dependency.group.name}


class _Dependencies(tables.Table):
    """What is computed of a dependency, for every list of them."""

    def render_delay_hours(self, value: Any) -> str:
        """Say the hours as people do."""
        return hours_words(value)

    def value_delay_hours(self, value: Any) -> Any:
        """Return the hours as a number."""
        return value

    def value_how(self, record: Dependency) -> str:
        """Say how."""
        return how_words(record)

    def render_how(self, record: Dependency) -> SafeString:
        """Lead to the dependency itself."""
        address = link(self.request, "landscape:dependency", record.pk)
        return format_html('<a href="{}">{}</a>', address, how_words(record))


class DependencyTable(_Dependencies):
    """All dependencies."""

    dependent = tables.LinkColumn(
        "landscape:asset", args=("dependent_id",), verbose_name=_("What"),
        order_by="dependent__name",
    )  # fmt: skip
    needed = tables.LinkColumn(
        "landscape:asset", args=("needed_id",), verbose_name=_("Needs"), order_by="needed__name"
    )
    how = tables.Column(accessor="kind", verbose_name=_("How"))
    delay_hours = tables.NumberColumn(verbose_name=_("Can do without for"))
    confirmed_on = tables.DateColumn(verbose_name=_("Confirmed"))


class _OneSide(_Dependencies):
    """Dependencies of one asset: the other end, what it is, and how."""

    def render_kind(self, record: Dependency) -> str:
        """Say what the other end is, and within whom it lies."""
        other = self.other(record)
        words = [str(other.get_kind_display()), within_words(other)]
        return ", ".join(one for one in words if one)

    def other(self, record: Dependency) -> Any:
        """Return the other end."""
        return record.needed


class NeedsTable(_OneSide):
    """What an asset needs."""

    needed = tables.LinkColumn("landscape:asset", args=("needed_id",), verbose_name=_("Needs"))
    kind = tables.Column(verbose_name=_("Kind"))
    how = tables.Column(accessor="pk", verbose_name=_("How"))
    delay_hours = tables.NumberColumn(verbose_name=_("Can do without for"))
    rto = tables.NumberColumn(accessor="needed__rto_hours", verbose_name=_("Is back within"))

    def render_rto(self, value: Any) -> str:
        """Say the hours as people do."""
        return hours_words(value)


class NeededByTable(_OneSide):
    """What needs an asset."""

    dependent = tables.LinkColumn(
        "landscape:asset", args=("dependent_id",), verbose_name=_("Needed by")
    )
    kind = tables.Column(verbose_name=_("Kind"))
    how = tables.Column(accessor="pk", verbose_name=_("How"))
    delay_hours = tables.NumberColumn(verbose_name=_("Can do without for"))
    mtpd = tables.NumberColumn(
        accessor="dependent__mtpd_hours", verbose_name=_("Can be missed for")
    )

    def other(self, record: Dependency) -> Any:
        """Return the other end."""
        return record.dependent

    def render_mtpd(self, value: Any) -> str:
        """Say the hours as people do."""
        return hours_words(value)
