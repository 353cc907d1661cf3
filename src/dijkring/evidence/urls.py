# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.evidence.views import (
    bulk,
    documents,
    facts,
    offers,
    provisions,
    requirements,
    scopes,
    versions,
)

app_name = "evidence"
urlpatterns = [
    path("standen/", requirements.standings, name="standings"),
    path("standen/samen-oordelen/", bulk.choose, name="bulk"),
    path("standen/samen-oordelen/oordeel/", bulk.judge, name="bulk_judge"),
    path("standen/<int:pk>/", requirements.requirement, name="requirement"),
    path("standen/<int:pk>/waarom/", requirements.why, name="why"),
    path("standen/<int:pk>/oordelen/", requirements.judge, name="judge"),
    path("standen/<int:pk>/afwijking/", requirements.deviate, name="deviate"),
    path("afwijkingen/", requirements.deviations, name="deviations"),
    path("afwijkingen/<int:pk>/beeindigen/", requirements.end_deviation, name="end_deviation"),
    path("onderdelen/", scopes.scopes, name="scopes"),
    path("onderdelen/nieuw/", scopes.add, name="new_scope"),
    path("onderdelen/<int:pk>/", scopes.scope, name="scope"),
    path("onderdelen/<int:pk>/wijzigen/", scopes.change, name="change_scope"),
    path("onderdelen/<int:pk>/beeindigen/", scopes.end, name="end_scope"),
    path("onderdelen/<int:pk>/dekken/", offers.cover, name="cover"),
    path("dekking/<int:pk>/beeindigen/", offers.take_out, name="take_out"),
    path("onderdelen/<int:pk>/publiceren/", offers.publish, name="publish"),
    path("afnemers/<int:pk>/beeindigen/", offers.stop, name="stop_publishing"),
    path("uitvoering/", provisions.provisions, name="provisions"),
    path("uitvoering/nieuw/", provisions.provide, name="provide"),
    path("uitvoering/aanbod/", provisions.offers, name="offers"),
    path("uitvoering/aanbod/<int:service>/", provisions.take, name="take"),
    path("uitvoering/<int:pk>/beeindigen/", provisions.end, name="end_provision"),
    path("feiten/", facts.facts, name="facts"),
    path("feiten/<int:pk>/", facts.fact, name="fact"),
    path("feiten/<int:pk>/intrekken/", facts.withdraw, name="withdraw"),
    path("feiten/<int:pk>/afwijking/", facts.deviate, name="deviate_fact"),
    path("documenten/", documents.uploads, name="uploads"),
    path("documenten/nieuw/", documents.upload, name="upload"),
    path("documenten/<int:pk>/", documents.download, name="download"),
    path("normen/<int:pk>/overnemen/", versions.carry_over, name="carry_over"),
]
