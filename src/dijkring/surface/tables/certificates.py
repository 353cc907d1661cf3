# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of certificates."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dijkring.ui import tables


class NameColumn(tables.LinkColumn):
    """The name that shows the certificate, leading to its domain as long as that is registered."""

    def render(self, value: Any, record: Any, table: Any) -> Any:  # type: ignore[override]
        """Draw a link, or the bare name."""
        return super().render(value, record, table) if record.pk else value


class ServesColumn(tables.Column):
    """What shows the certificate: a website, or the mail server of so many of our names."""

    def render(self, value: bool, record: Any) -> str:  # type: ignore[override]
        """Say it."""
        if not value:
            return gettext("website")
        words = ngettext("mail server of %(n)d name", "mail server of %(n)d names", record.names)
        return words % {"n": record.names}


class CertificateTable(tables.Table):
    """Certificates; what has ended or ends the soonest first."""

    name = NameColumn("surface:domain", verbose_name=_("Name"))
    is_mail = ServesColumn(verbose_name=_("Certificate of"))
    ends_on = tables.DeadlineColumn(verbose_name=_("Ends on"))
    subject = tables.Column(
        verbose_name=_("Certificate"), attrs={"td": {"class": "unbound"}}, default="—"
    )
    issuer = tables.Column(verbose_name=_("Issuer"), default="—")
    addresses = tables.NumberColumn(verbose_name=_("Addresses"))
    hoster = tables.Column(verbose_name=_("Hosted by"))
    seen_at = tables.DayColumn(verbose_name=_("Last seen"))


class CertificateSheet(CertificateTable):
    """In a file the days that are left are a number of their own."""

    days = tables.NumberColumn(verbose_name=_("Days left"))
