# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is never measured: kept by the operator of the installation, for every organisation."""

import ipaddress
from collections.abc import Iterator

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.surface import names
from dijkring.surface.engine import CHECKS, InputError, Result, parse_domain
from dijkring.surface.engine.checks import REASONS
from dijkring.surface.engine.checks.model import JSON
from dijkring.surface.models import OptOut


def add(*, target: str, reason: str) -> OptOut:
    """Never measure a name with all below it, or a network; only the owner of the tables may.

    Raises Refused for what is neither and without a reason.
    """
    if not reason.strip():
        raise Refused(_("Give the reason."), "reason")
    found, _made = OptOut.objects.update_or_create(
        target=_read(target), defaults={"reason": reason.strip(), "since": clock.now()}
    )
    return found


def remove(*, target: str) -> None:
    """Let a name or network be measured again; Refused when it is not on the list."""
    if not OptOut.objects.filter(target=_read(target)).delete()[0]:
        raise Refused(_("'%(target)s' is not on the list.") % {"target": target})


def _read(target: str) -> str:
    try:
        return str(ipaddress.ip_network(target.strip(), strict=False))
    except ValueError:
        pass
    try:
        return parse_domain(target)
    except InputError as error:
        raise Refused(names.said(error), "target") from error


def results(name: str, reason: str = "opted_out") -> Iterator[Result]:
    """Give what stands for a measurement of a name that is not measured, for a reason we know."""
    text: dict[str, JSON] = {**REASONS[reason]}
    detail: dict[str, JSON] = {"reason": reason, "text": text, "method": {}, "seen": {}}
    for check in CHECKS:
        yield Result(name, check, "not_measured", clock.now(), detail)
