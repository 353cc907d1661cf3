# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Collects everything that is wrong with a file, so that one attempt shows all of it."""

from dataclasses import dataclass

from .limits import MAX_REMARKS


@dataclass(frozen=True, slots=True)
class Remark:
    """One refusal or warning: the line in the file, the place in words, the reason."""

    line: int | None
    where: str
    reason: dict[str, str]


class Refused(Exception):
    """The file cannot be read any further."""

    def __init__(self, where: str, nl: str, en: str, line: int | None = None) -> None:
        super().__init__(en)
        self.remark = Remark(line, where, {"nl": nl, "en": en})


class Problems:
    """Refusals and warnings of one file, each list cut at MAX_REMARKS with a count of the rest."""

    def __init__(self) -> None:
        self._refused: list[Remark] = []
        self._warnings: list[Remark] = []

    def refuse(self, where: str, nl: str, en: str, line: int | None = None) -> None:
        """Record a reason why nothing of this file may be written."""
        self._refused.append(Remark(line, where, {"nl": nl, "en": en}))

    def warn(self, where: str, nl: str, en: str, line: int | None = None) -> None:
        """Record something the reader should know that does not stop the import."""
        self._warnings.append(Remark(line, where, {"nl": nl, "en": en}))

    def stop(self, refused: Refused) -> None:
        """Record the refusal that ended the reading."""
        self._refused.append(refused.remark)

    @property
    def refused(self) -> tuple[Remark, ...]:
        return _cut(self._refused)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        return _cut(self._warnings)


def _cut(remarks: list[Remark]) -> tuple[Remark, ...]:
    rest = len(remarks) - MAX_REMARKS
    if rest <= 0:
        return tuple(remarks)
    more = {"nl": f"En nog {rest} andere regels.", "en": f"And {rest} more lines."}
    return (*remarks[:MAX_REMARKS], Remark(None, "", more))
