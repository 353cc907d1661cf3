# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking for names like ours as a job; asks the DNS and nothing else."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import jobs
from dijkring.core.errors import Refused
from dijkring.core.jobs import Progress
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Organisation
from dijkring.surface import environment, names
from dijkring.surface.engine import InputError
from dijkring.surface.engine.lookalikes import Lookalike, candidates, existing
from dijkring.surface.engine.lookup import Resolver, system_resolvers
from dijkring.surface.engine.observe import run_loop
from dijkring.surface.selectors import lookalikes as selectors
from dijkring.surface.services import lookalikes as services
from dijkring.surface.services import measuring


@jobs.job(selectors.KIND, measuring.QUEUE)
def look(progress: Progress, *, organisation_id: int) -> str:
    """Look for names like each of ours; returns the address of the list."""
    with transaction_for([organisation_id]):
        own = selectors.own_names(organisation_id)
        slug = Organisation.objects.values_list("slug", flat=True).get(pk=organisation_id)
    new = unknown = 0
    for number, name in enumerate(own, 1):
        asked = candidates(name)
        found = _existing(asked)
        with transaction_for([organisation_id]):
            new += len(
                services.record(
                    organisation_id=organisation_id, resembles=name, asked=asked, found=found
                )
            )
        unknown += sum(bool(one.trouble) for one in found)
        progress.step(number, len(own), name)
    progress.step(len(own), len(own), _words(new, unknown))
    return reverse("surface:lookalikes", args=[slug])


def _words(new: int, unknown: int) -> str:
    """Say what was found; what could not be looked up is not nothing."""
    words = ngettext("%(n)d new name found.", "%(n)d new names found.", new) % {"n": new}
    said = [words if new else _("Nothing new was found.")]
    if unknown:
        lost = ngettext(
            "%(n)d name could not be looked up.", "%(n)d names could not be looked up.", unknown
        )
        said.append(lost % {"n": unknown})
    return " ".join(said)


def _existing(asked: list[str]) -> list[Lookalike]:
    options = environment.options()
    try:
        servers = (options.resolver,) if options.resolver else system_resolvers()
    except InputError as error:
        raise Refused(names.said(error)) from error
    return run_loop(existing(Resolver(servers, options.dns_seconds), asked))
