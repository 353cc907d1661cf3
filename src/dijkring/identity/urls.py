# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.identity.views import emergency, management, sealed

app_name = "identity"
urlpatterns = [
    path("inloggen/", management.overview, name="overview"),
    path("inloggen/aanbieder/", management.provider, name="provider"),
    path("inloggen/aanbieder/proberen/", management.test, name="test"),
    path("inloggen/aanbieder/gebruiken/", management.take_in_use, name="take_in_use"),
    path("inloggen/aanbieder/stoppen/", management.take_out_of_use, name="take_out_of_use"),
    path("inloggen/aanbieder/regels/", management.rules, name="rules"),
    path("inloggen/aanbieder/koppelingen/<int:pk>/", management.forget, name="forget"),
    path("inloggen/tweede-stap/", management.duty, name="duty"),
    path("inloggen/sessies/<int:pk>/", management.end_sessions, name="end_sessions"),
    path("inloggen/noodtoegang/nieuw/", sealed.make, name="make"),
    path("inloggen/noodtoegang/<int:pk>/verzegelen/", sealed.seal, name="seal"),
    path("inloggen/noodtoegang/<int:pk>/intrekken/", sealed.withdraw, name="withdraw"),
    path("inloggen/noodtoegang/gebruik/<int:pk>/", sealed.review, name="review"),
    path("inloggen/persoonlijk/geven/", emergency.give, name="give_emergency"),
    path("inloggen/persoonlijk/<int:pk>/eindigen/", emergency.withdraw, name="end_emergency"),
    path("inloggen/persoonlijk/gebruik/<int:pk>/", emergency.review, name="review_emergency"),
    path("mijn-aanmelding/", management.mine, name="mine"),
    path("mijn-aanmelding/noodtoegang/", emergency.enrol, name="enrol"),
]
