# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shows a person what is being done and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Counts the steps of one run and prints a line for each."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.number = 0
        self.line_open = False

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Print the title before the work and the seconds after it."""
        self.number += 1
        self.line_open = True
        show(f"[{self.number}/{self.total}] {title} … ")
        began = time.monotonic()
        try:
            yield
        except KeyboardInterrupt:
            self.finish("afgebroken")
            raise
        except Exception:
            self.finish("niet gelukt")
            raise
        self.finish(f"klaar ({seconds(time.monotonic() - began)})")

    def skip(self, title: str, reason: str) -> None:
        """Print a step that has nothing to do."""
        self.number += 1
        show(f"[{self.number}/{self.total}] {title} … {reason}\n")

    def say(self, line: str) -> None:
        """Print a remark within a step."""
        start = "\n" if self.line_open else ""
        show(f"{start}      {line}\n")
        self.line_open = False

    def finish(self, word: str) -> None:
        show(f"{word}\n" if self.line_open else f"      {word}\n")
        self.line_open = False


def seconds(duration: float) -> str:
    """Write a duration the Dutch way: 1,2 s."""
    return f"{duration:.1f} s".replace(".", ",")


def show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
