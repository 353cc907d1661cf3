# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The choices of evidence."""

from django.utils.translation import gettext_lazy as _

STATES = [
    ("pass", _("met")),
    ("fail", _("not met")),
    ("not_measured", _("not measured")),
    ("not_applicable", _("not applicable")),
]
VERDICTS = [
    ("not_met", _("not met")),
    ("partly", _("partly met")),
    ("show_again", _("to be shown again")),
    ("not_measured", _("not measured")),
    ("not_assessed", _("not assessed")),
    ("met", _("met")),
    ("not_applicable", _("not applicable")),
]
LAYERS = [
    ("design", _("design")),
    ("existence", _("existence")),
    ("operation", _("operation")),
    ("own_part", _("own part")),
]
LINES = [("owner", _("owner")), ("ciso", _("CISO review")), ("audit", _("independent audit"))]
