# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text from strangers, made safe to store and show."""


def clean(text: str, longest: int = 4000) -> str:
    """Write control characters and lone surrogates as escapes, and cut what is too long."""
    short = text if len(text) <= longest else text[:longest] + "…"
    if short.isprintable():
        return short
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in short)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")
