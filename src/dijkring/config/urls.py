# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""All addresses; a room's pages stand under `/o/<organisation>/`."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from dijkring.config import joining, settings, views
from dijkring.notices.views import doorstep
from dijkring.onboarding.views.first import begin
from dijkring.suppliers.views.doorstep import questionnaire
from dijkring.workplace.views import statement

# The API has an address of its own; every other room stands under that of an organisation.
_ROOMS = [room.rpartition(".")[2] for room in reversed(settings.ROOMS) if room != "dijkring.api"]


def _rooms() -> list[URLPattern | URLResolver]:
    present = [room for room in _ROOMS if (settings.PACKAGE / room / "urls.py").exists()]
    return [
        path("o/<slug:organisation>/", include((f"dijkring.{room}.urls", room))) for room in present
    ]


urlpatterns = [
    path("", views.home, name="home"),
    path("begin/", begin, name="begin"),
    path("o/<slug:organisation>/", views.organisation_home, name="organisation_home"),
    path("toegankelijkheid", statement.public, name="accessibility"),
    path("o/<slug:organisation>/toegankelijkheid", statement.public, name="accessibility_of"),
    path("accounts/", include("dijkring.config.account_urls")),
    path("invitation/<str:token>/", joining.accept_invitation, name="accept_invitation"),
    path("taak/<str:token>/", doorstep.by_link, name="by_link"),
    path("vragenlijst/<str:token>/", questionnaire, name="questionnaire"),
    path("melden/", include("dijkring.incidents.public_urls")),
    path("agenda/<str:token>.ics", doorstep.calendar_feed, name="calendar_feed"),
    path("afmelden/<str:code>/", doorstep.unsubscribe, name="unsubscribe"),
    path("inloggen/", include("dijkring.identity.public_urls")),
    path("language/", set_language, name="set_language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("watchz", views.watchz, name="watchz"),
    path("metrics", views.metrics, name="metrics"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    *_rooms(),
    path("api/", include("dijkring.api.urls")),
]
