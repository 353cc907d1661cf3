# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the file of an incident: what it touches, tasks, evidence and the rest."""

from django.urls import path

from dijkring.incidents.views import touched

paths = [
    path("incidenten/<int:pk>/geraakt/", touched.touch, name="touch"),
    path("incidenten/geraakt/<int:pk>/", touched.change_touched, name="change_touched"),
]
