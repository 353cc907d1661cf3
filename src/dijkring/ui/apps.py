# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class UiConfig(AppConfig):
    """The page kit: it has no tables and knows no domain."""

    name = "dijkring.ui"
    label = "ui"
    verbose_name = "page kit"
