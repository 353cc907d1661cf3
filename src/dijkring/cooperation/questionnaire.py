# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The questions of the Cbw test as they come with this version of Dijkring."""

from functools import lru_cache
from pathlib import Path

from dijkring.cooperation.cbw import Questionnaire, read

CONTENT = Path(__file__).parent / "content" / "cbw-test.yaml"


@lru_cache(maxsize=1)
def questionnaire() -> Questionnaire:
    """Return the questions of today."""
    return read(CONTENT)
