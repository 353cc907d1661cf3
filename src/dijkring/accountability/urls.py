# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.accountability import views

app_name = "accountability"
urlpatterns = [
    path("vandaag/", views.today, name="today"),
    path("landelijk/", views.national, name="national"),
    path("raad/", views.reports, name="reports"),
    path("raad/nieuw/", views.new_report, name="new_report"),
    path("raad/<int:pk>/", views.report, name="report"),
    path("raad/<int:pk>/stap/<str:to>/", views.move, name="move"),
    path("raad/<int:pk>/openbaar.<str:kind>", views.public_part, name="public_part"),
    path("raad/<int:pk>/bijlage/", views.annex, name="annex"),
    path("raad/<int:pk>/bijlage.<str:kind>", views.annex_part, name="annex_part"),
]
