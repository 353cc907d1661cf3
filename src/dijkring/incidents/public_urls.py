# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses that are open without login; `config.urls` hangs them under `/melden/`."""

from django.urls import path

from dijkring.incidents.views import doorstep

urlpatterns = [
    path("<str:token>/", doorstep.report, name="report_by_link"),
    path("volgen/<str:token>/", doorstep.follow, name="follow_report"),
]
