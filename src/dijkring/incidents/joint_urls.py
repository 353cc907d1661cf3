# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of joint incidents."""

from django.urls import path

from dijkring.incidents.views import joint, joint_reports

paths = [
    path("incidenten/samen/", joint.joints, name="joints"),
    path("incidenten/samen/mandaten/<int:pk>/", joint_reports.withdraw, name="joint_withdraw"),
    path("incidenten/<int:pk>/samen/", joint.joint, name="joint"),
    path("incidenten/<int:pk>/samen/uitnodigen/", joint.invite, name="joint_invite"),
    path("incidenten/<int:pk>/samen/meedoen/", joint.place, name="joint_place"),
    path("incidenten/<int:pk>/samen/delen/", joint.share, name="joint_share"),
    path("incidenten/<int:pk>/samen/concept/", joint_reports.offer, name="joint_offer"),
    path("incidenten/<int:pk>/samen/ingediend/", joint_reports.submit, name="joint_submit"),
    path("incidenten/<int:pk>/samen/kennisname/", joint_reports.aware, name="joint_aware"),
    path("incidenten/<int:pk>/samen/mandaat/", joint_reports.mandate, name="joint_mandate"),
    path("incidenten/<int:pk>/samen/eruit/<slug:member>/", joint.out, name="joint_out"),
]
