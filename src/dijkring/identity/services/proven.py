# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What ends when somebody proves the mailbox for the first time: second steps and sessions.

They may have been set up by somebody else, who made the account with the link of an invitation.
"""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core.access import system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.core.web import memberships_of
from dijkring.identity.services import emergency, sessions
from dijkring.organisations.proof import Proof

KINDS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def end_ways_in(proof: Proof) -> list[str]:
    """End passkeys, codes, emergency access and all sessions but the present one."""
    done = [*_second_steps(proof.user_id), *_emergency_access(proof.user_id)]
    ended = sessions.end_others(proof.user_id, proof.session_key)
    return [*done, sessions.ended_words(ended)] if ended else done


def _second_steps(user_id: int) -> list[str]:
    rows = Authenticator.objects.filter(user_id=user_id)
    kinds = set(rows.values_list("type", flat=True))
    rows.delete()
    names = {
        Authenticator.Type.WEBAUTHN: _("passkeys removed"),
        Authenticator.Type.TOTP: _("the codes of an app removed"),
        Authenticator.Type.RECOVERY_CODES: _("recovery codes removed"),
    }
    return [names[kind] for kind in KINDS if kind in kinds]


def _emergency_access(user_id: int) -> list[str]:
    """Let emergency access be set up anew, wherever the person has it."""
    undone = 0
    for one in memberships_of(user_id):
        with transaction_for([one.organisation_id], system_actor(one.organisation_id)):
            undone += emergency.undo_set_up(one.organisation_id, user_id)
    text = ngettext("emergency access must be set up anew", "emergency access must be set up anew"
                    " in %(count)d organisations", undone)  # fmt: skip
    return [text % {"count": undone}] if undone else []
