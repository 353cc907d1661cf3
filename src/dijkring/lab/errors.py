# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one error of the practice internet that is meant for people."""


class LabError(Exception):
    """Something the user can put right; the text is one Dutch sentence."""
