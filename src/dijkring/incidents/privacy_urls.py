# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.incidents.views import breaches, figures

urlpatterns = [
    path("incidenten/cijfers/", figures.figures, name="figures"),
    path("incidenten/cijfers/samen/", figures.together, name="together"),
    path("incidenten/cijfers/doelen/", figures.aims, name="aims"),
    path("incidenten/datalekken/", breaches.breaches, name="breaches"),
    path("incidenten/datalekken/register.<slug:kind>", breaches.breach_file, name="breach_file"),
    path("incidenten/datalekken/toevoegen/", breaches.add_breach, name="add_breach"),
    path("incidenten/<int:pk>/datalek/", breaches.breach, name="breach"),
    path("incidenten/<int:pk>/datalek/risico/", breaches.breach_risk, name="breach_risk"),
    path("incidenten/<int:pk>/datalek/bericht/", breaches.breach_letter, name="breach_letter"),
    path("incidenten/<int:pk>/ook-incident/", breaches.also_incident, name="also_incident"),
]
