# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.onboarding.views import authority, first, guide, intakes, taken_over

app_name = "onboarding"
urlpatterns = [
    path("eerste-uur/", guide.guide, name="guide"),
    path("eerste-uur/gemeente/", first.change_municipality, name="municipality"),
    path("eerste-uur/bevoegdheid/", authority.by_statement, name="authority"),
    path("eerste-uur/bevoegdheid/dns/", authority.by_dns, name="authority_dns"),
    path("inbrengen/", intakes.intakes, name="intakes"),
    path("inbrengen/nieuw/<slug:kind>/", intakes.upload, name="upload"),
    path("inbrengen/<int:pk>/", intakes.intake, name="intake"),
    path("inbrengen/<int:pk>/terugdraaien/", intakes.take_back, name="take_back"),
    path("inbrengen/<int:pk>/weg/", intakes.cancel, name="cancel"),
    path("te-bevestigen/", taken_over.to_confirm, name="to_confirm"),
    path("te-bevestigen/bevestigen/", taken_over.confirm, name="confirm"),
    path("te-bevestigen/weg/", taken_over.set_aside, name="set_aside"),
]
