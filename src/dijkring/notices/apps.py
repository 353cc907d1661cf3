# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "dijkring.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.core import access, events, header, jobs, leaving, navigation
        from dijkring.core.access import EVERYONE, Role
        from dijkring.notices import doors, work  # noqa: F401
        from dijkring.notices.services import feeds
        from dijkring.organisations import proof

        askers = {Role.CISO, Role.PROCESS_OWNER, Role.SECRETARY, Role.PRIVACY_OFFICER}
        access.register("notices.own", _("Own notices and calendar"), EVERYONE)
        access.register("notices.ask", _("Ask people by link"), askers)
        access.register(
            "notices.asks",
            _("See what was asked by link"),
            askers | {Role.ADMINISTRATOR, Role.AUDITOR},
            writes=False,
        )
        navigation.add("management", _("Asked"), "notices:asks", "notices.asks")
        header.add("notices/header.html", unread, "notices.own", order=60)
        work.register_kinds()
        events.subscribe(jobs.ENDED, work.on_job_ended)
        leaving.register(work.on_leaving)
        proof.register(feeds.end)


def unread(request: Any) -> dict[str, Any]:
    """Return how many notices a person has not read yet."""
    from dijkring.notices.selectors import notices

    return {"unread": notices.unread(request.actor.organisation_id, request.actor.user_id)}
