# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with an identity provider, in words for who logs in and for who set it up."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OK = "ok"
RESULTS: dict[str, Promise] = {
    OK: _("It answers, its keys are usable and it knows us."),
    "address": _("The address is not a proper https address."),
    "private": _("The address lies in a private network that the operator has not allowed."),
    "unreachable": _("It does not answer, or its certificate is not trusted."),
    "too_large": _("Its answer is larger than we read."),
    "not_json": _("It answers with something that is not JSON."),
    "metadata": _("What it says about itself does not fit the issuer that was filled in."),
    "refused": _("It refused the login."),
    "client": _("It does not know this client id, or the secret is wrong."),
    "keys": _("It has no key with which we can check its signature."),
    "token": _(
        "What it says about the person cannot be trusted: it is not meant for us, not new, "
        "or not signed by it."
    ),
    "state": _("This login was not started here, took too long, or was used already."),
    "secret": _("The secret was sealed with another key. Fill it in again."),
    "access": _("Your organisation's login works, but it gives you no access to Dijkring."),
    "denied": _("You stopped, or your organisation's login did not let you through."),
    "other": _("This login belongs to another account already."),
}


def result_words(code: str) -> str:
    """Return the words for a result; empty for none."""
    return str(RESULTS.get(code, ""))
