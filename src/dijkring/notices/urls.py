# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.notices.views import asks, contact, own

app_name = "notices"
urlpatterns = [
    path("meldingen/", own.notices, name="notices"),
    path("meldingen/<int:pk>/", own.open_notice, name="open"),
    path("meldingen/gelezen/", own.read_all, name="read_all"),
    path("meldingen/instellingen/", own.preferences, name="preferences"),
    path("meldingen/adres/", contact.contact, name="contact"),
    path("meldingen/adres/<str:code>/", contact.confirm_contact, name="confirm_contact"),
    path("meldingen/agenda/", own.feed, name="feed"),
    path("meldingen/agenda/intrekken/", own.withdraw_feed, name="withdraw_feed"),
    path("gevraagd/", asks.asks, name="asks"),
    path("gevraagd/<int:pk>/", asks.ask, name="ask"),
    path("gevraagd/<int:pk>/link/", asks.make_link, name="make_link"),
    path("gevraagd/<int:pk>/intrekken/", asks.withdraw, name="withdraw"),
    path("gevraagd/<int:pk>/overnemen/", asks.settle, name="settle"),
    path("gevraagd/nieuw/<slug:subject>/<int:pk>/", asks.new_ask, name="new_ask"),
]
