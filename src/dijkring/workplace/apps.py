# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkplaceConfig(AppConfig):
    name = "dijkring.workplace"
    label = "workplace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.core import access, header, navigation
        from dijkring.core import search as searching
        from dijkring.core.access import EVERYONE, Role
        from dijkring.ui import hooks
        from dijkring.workplace import doors, parts, search  # noqa: F401

        keepers = {Role.CISO, Role.ADMINISTRATOR}
        access.register("workplace.search", _("Search"), EVERYONE, writes=False)
        access.register("workplace.help", _("Read the guides"), EVERYONE, writes=False)
        access.register("workplace.own", _("Keep filters and drafts of one's own"), EVERYONE)
        access.register("workplace.share", _("Keep filters for everybody"), keepers)
        access.register("workplace.theme", _("Change the look"), keepers)
        access.register("workplace.accessibility", _("Keep the accessibility statement"), keepers)
        navigation.add("management", _("House style"), "workplace:theme", "workplace.theme")
        navigation.add(
            "management",
            _("Accessibility statement"),
            "workplace:statement",
            "workplace.accessibility",
        )
        header.add("workplace/parts/search.html", parts.search, "workplace.search", order=10)
        header.add("workplace/parts/help.html", parts.guide, "workplace.help", order=90)
        header.add("workplace/parts/filters.html", parts.filters, "workplace.own", place="list")
        searching.add("guides", _("Guides"), "workplace.help", search.sections, order=90)
        hooks.list_opens_with.append(parts.opens_with)
        header.add("workplace/parts/look.html", parts.look, "organisations.view", place="head")
        header.add("workplace/parts/logo.html", parts.logo, "organisations.view", place="brand")
        header.add("workplace/parts/foot.html", parts.accessibility, "", place="foot")
        header.add("workplace/parts/draft.html", parts.drafting, "workplace.own", place="form")
        hooks.draft_of.append(parts.draft_of)
        hooks.draft_done.append(parts.draft_done)
