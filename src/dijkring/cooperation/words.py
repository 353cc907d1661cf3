# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the chain."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KIND_WORDS: dict[str, Promise] = {
    "task": _("does a task for"),
    "participation": _("has as participant"),
    "provision": _("carries out requirements for"),
    "nobody": _("nobody does this"),
}
