# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of domains show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import audit, clock
from dijkring.surface import names
from dijkring.surface.imported_facts import kinds_of_others
from dijkring.surface.models import Domain
from dijkring.surface.panels import imported, systems
from dijkring.surface.selectors import domains as selectors
from dijkring.surface.selectors import scores
from dijkring.surface.selectors.domains import CheckRow, DomainRow, Overview
from dijkring.ui import charts, words
from dijkring.ui.panels import ChartPanel, Facts, Markup, Moment, Panel, Timeline

CATEGORIES = {
    "web-ipv6": gettext_lazy("Modern address of the website (IPv6)"),
    "web-dnssec": gettext_lazy("DNSSEC of the website"),
    "web-tls": gettext_lazy("Encrypted website"),
    "web-appsecpriv": gettext_lazy("Security options of the website"),
    "web-rpki": gettext_lazy("Authorised routes to the website (RPKI)"),
    "web-extra": gettext_lazy("Beyond Internet.nl: website"),
    "mail-ipv6": gettext_lazy("Modern addresses of mail (IPv6)"),
    "mail-dnssec": gettext_lazy("DNSSEC of mail"),
    "mail-auth": gettext_lazy("Protection against false mail"),
    "mail-tls": gettext_lazy("Encrypted mail"),
    "mail-rpki": gettext_lazy("Authorised routes to mail (RPKI)"),
    "mail-extra": gettext_lazy("Beyond Internet.nl: mail"),
    "easm": gettext_lazy("Scan from outside (EASM)"),
    "rio": gettext_lazy("Register of government domains (RIO)"),
    "register": gettext_lazy("Register of systems"),
}
LEVELS = {
    "mandatory": gettext_lazy("mandatory"),
    "warning": gettext_lazy("advice"),
    "information": gettext_lazy("for information"),
}
TONES = (("met", "pass"), ("not_met", "fail"), ("not_measured", "not_measured"))


def overview(request: Any, rows: Sequence[DomainRow]) -> dict[str, Any]:
    """Return what stands above the list: figures, when we last measured, the course over time."""
    found: Overview = selectors.overview(list(rows))
    organisation_id = request.actor.organisation_id
    trend = selectors.trend(organisation_id) if found.last else []
    parts = scores.at(organisation_id, clock.now()) if found.last else []
    return {
        "overview": found,
        "scores": [one for one in parts if one.percent is not None],
        "chart": trend_chart(trend, _("Mandatory tests over time")),
    }


def trend_chart(
    trend: Sequence[tuple[datetime, dict[str, int]]], title: str
) -> charts.StackedColumns | None:
    """Draw how many facts were met, not met and not measured; nothing for one single moment."""
    if len(trend) < 2:
        return None
    language = words.language()
    return charts.StackedColumns(
        title=title,
        description=_("How many facts were met, not met and not measured at each moment."),
        language=language,
        columns=tuple(charts.Column(_day(at), _parts(counts)) for at, counts in trend),
    )


def _day(at: datetime) -> str:
    day, month, _year = words.date_words(at).split(" ")
    return f"{day} {month[:3]}"


def _parts(counts: dict[str, int]) -> tuple[charts.Part, ...]:
    return tuple(
        charts.Part(tone, counts.get(state, 0))  # type: ignore[arg-type]
        for tone, state in TONES
    )


# --- one domain ---------------------------------------------------------------------------------


def of_domain(request: Any, domain: Domain, wanted: str, measured: datetime | None) -> list[Panel]:
    """Return the panels of a domain: its checks by category, the course over time, what it is."""
    about = Facts(_("About this domain"), about_rows(domain, measured))
    if domain.state == Domain.State.REMOVED or (domain.state == "registered" and not measured):
        told = _facts(request, domain, wanted) if domain.state != Domain.State.REMOVED else []
        return [about, *told, *systems.of_domain(request, domain)]
    chart = trend_chart(
        selectors.trend(domain.organisation_id, domain.name), _("Mandatory tests over time")
    )
    over_time = [ChartPanel(_("Over time"), chart)] if chart else []
    register = systems.of_domain(request, domain)
    return [*_facts(request, domain, wanted), *over_time, about, *register]


def _facts(request: Any, domain: Domain, wanted: str) -> list[Panel]:
    """Return a panel per category of our checks, and one of what only others can tell."""
    lines = selectors.lines_of(domain, [*selectors.KINDS, *kinds_of_others()])
    rows: dict[Any, list[CheckRow]] = {}
    if domain.state == Domain.State.AUTHORISED:
        checks = selectors.checks_of(domain, lines)
        rows = {CATEGORIES[category]: found for category, found in checks.items()}
    rows[_("Told by others")] = imported.rows_of(lines)
    shown = {title: [row for row in found if _fits(row, wanted)] for title, found in rows.items()}
    more = {"now": clock.now(), "may_deviate": request.can("evidence.deviate")}
    return [
        Markup(title, "surface/checks.html", {"rows": found, **more})
        for title, found in shown.items()
        if found
    ]


def _fits(row: CheckRow, wanted: str) -> bool:
    if wanted == "advice":
        return row.check.level != "mandatory" and row.state == "fail"
    states = {line.shown for line in row.lines} or {row.state}
    return not wanted or wanted in states


def about_rows(domain: Domain, measured: datetime | None) -> list[tuple[Any, Any]]:
    """Return what is known of a domain itself."""
    carried = [
        *([_("a website")] if domain.carries_web else []),
        *([_("mail")] if domain.carries_mail else []),
    ]
    return [
        (_("Name"), names.shown(domain.name)),
        (_("Carries"), ", ".join(carried)),
        (_("Hosted by"), domain.responsible),
        (_("Note"), domain.note),
        (_("Last measured"), measured or _("never")),
        (_("Authority"), authority_words(domain)),
        (_("Proven by"), domain.authority_by if domain.authority else ""),
        (_("Proven on"), domain.authority_at),
        (_("Registered on"), domain.registered_at),
        *([(_("Removed on"), domain.removed_at)] if domain.removed_at else []),
    ]


def authority_words(domain: Domain) -> str:
    """Say on what the authority to measure rests."""
    kind = str(domain.get_authority_display()) if domain.authority else _("not proven yet")
    return f"{kind} ({domain.authority_text})" if domain.authority_text else kind


LABELS = {
    "insert": gettext_lazy("registered"),
    "update": gettext_lazy("changed"),
    "delete": gettext_lazy("deleted"),
}


def timeline(domain: Domain) -> Timeline:
    """Return who changed what of a domain, when and why."""
    moments = [
        Moment(entry.at, _what(entry), entry.who, entry.why) for entry in audit.timeline(domain)
    ]
    return Timeline(_("History of this domain"), moments)


def _what(entry: audit.Entry) -> str:
    if "state" in entry.changes:
        return str(Domain.State(entry.changes["state"][1]).label)
    fields = [_field_words(name) for name in entry.changes]
    label = str(LABELS.get(entry.what, entry.what))
    return f"{label}: {', '.join(fields)}" if fields else label


def _field_words(name: str) -> str:
    return str(getattr(Domain._meta.get_field(name), "verbose_name", name))
