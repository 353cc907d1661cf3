# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The test whether a body falls under the Cbw, without Django: questions in, outcome out."""

from dijkring.cooperation.cbw.questions import (
    Article,
    Flag,
    Outcome,
    Question,
    Questionnaire,
    QuestionsFault,
    read,
)
from dijkring.cooperation.cbw.walk import CANNOT_BE_SAID, Result, evaluate, next_question

__all__ = [
    "CANNOT_BE_SAID",
    "Article",
    "Flag",
    "Outcome",
    "Question",
    "Questionnaire",
    "QuestionsFault",
    "Result",
    "evaluate",
    "next_question",
    "read",
]
