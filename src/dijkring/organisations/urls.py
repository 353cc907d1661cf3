# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.organisations.views import access, parties, trail, work

app_name = "organisations"
urlpatterns = [
    path("organisaties/", parties.organisations, name="organisations"),
    path("organisaties/<int:pk>/", parties.organisation, name="organisation"),
    path("toegang/", access.members, name="members"),
    path("toegang/uitnodigen/", access.invite, name="invite"),
    path("toegang/<int:pk>/rol/", access.change_role, name="change_role"),
    path("toegang/<int:pk>/beeindigen/", access.end_access, name="end_access"),
    path(
        "uitnodigingen/<int:pk>/intrekken/", access.withdraw_invitation, name="withdraw_invitation"
    ),
    path("api-tokens/", access.tokens, name="tokens"),
    path("api-tokens/nieuw/", access.new_token, name="new_token"),
    path("api-tokens/<int:pk>/intrekken/", access.withdraw_token, name="withdraw_token"),
    path("rechten/", work.matrix, name="matrix"),
    path("werk/", work.jobs, name="jobs"),
    path("werk/<int:pk>/", work.job, name="job"),
    path("geschiedenis/", trail.audit, name="audit"),
    path("geschiedenis/<slug:table>/<int:pk>/", trail.audit_object, name="audit_object"),
]
