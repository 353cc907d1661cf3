# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of one's own account under `/accounts/`: only those of allauth that are used."""

from allauth.account import urls as account
from django.urls import include, path
from django.views.generic import RedirectView

# Named one by one, so that a page that allauth has or gets is not open by itself. The pages that
# change or confirm an e-mail address stay out: who is invited is found by that address.
_USED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [
    *(page for page in account.urlpatterns if page.name in _USED),
    # allauth looks this name up when somebody without an account asks for a new password.
    path("signup/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
