# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register already knows about a question of the Cbw test; a person still answers it."""

from django.utils.translation import gettext as _

from dijkring.cooperation.models import Cooperation
from dijkring.cooperation.selectors import register
from dijkring.organisations.models import Organisation


def hint(cooperation: Cooperation, question: str) -> str:
    """Return a sentence with what is known, or nothing."""
    form = _("In the register its legal form is: %(form)s.") % {
        "form": cooperation.get_legal_form_display()
    }
    match question:
        case "wgr_body" | "personality":
            return form
        case "excluded" if _is_region(cooperation):
            return _("In the register it is a safety region. The law does not apply to those.")
        case "decides" | "managed_services":
            return _tasks(cooperation)
    return ""


def _is_region(cooperation: Cooperation) -> bool:
    body = cooperation.body
    return body is not None and body.kind == Organisation.Kind.SAFETY_REGION


def _tasks(cooperation: Cooperation) -> str:
    names = [task.said("name") for task in register.tasks(cooperation)]
    if not names:
        return ""
    return _("In the register these are its tasks: %(tasks)s.") % {"tasks": "; ".join(names)}
