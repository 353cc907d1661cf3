# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses that are open without login; `config.urls` hangs them under `/inloggen/`."""

from django.urls import path

from dijkring.identity.views import emergency, entrance

urlpatterns = [
    path("", entrance.choose, name="login_choose"),
    path("tweede-stap/", entrance.second_step, name="second_step"),
    path("bij/<slug:slug>/", entrance.one, name="login_one"),
    path("bij/<slug:slug>/naar/", entrance.go, name="login_go"),
    path("bij/<slug:slug>/terug/", entrance.back, name="login_back"),
    path("bij/<slug:slug>/koppelen/", entrance.connect, name="login_connect"),
    path("bij/<slug:slug>/uit/", entrance.gone, name="login_gone"),
    path("bij/<slug:slug>/noodtoegang/", entrance.break_glass, name="break_glass"),
    path("bij/<slug:slug>/persoonlijk/", emergency.enter, name="emergency_login"),
]
