# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A practice internet beside synchronous code: tests, benchmarks, the demonstration."""

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from dijkring.lab.changes import Change
from dijkring.lab.internet import Lab
from dijkring.lab.scenario import Scenario

T = TypeVar("T")
PATIENCE_SECONDS = 30


class ThreadedLab:
    """A lab that runs in a thread of its own; its attributes are those of `lab`."""

    def __init__(self, lab: Lab, loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
        self.lab = lab
        self.resolver = lab.resolver
        self.ca_file = lab.ca_file
        self.address_map = lab.address_map
        self.roas = lab.roas
        self.routes = lab.routes
        self.registries = lab.registries
        self._loop = loop
        self._thread = thread

    def break_name(self, name: str, defect: str) -> Change:
        """Plant a defect; in effect on return."""
        return self._wait(self.lab.break_name(name, defect))

    def mend_name(self, name: str, defect: str) -> Change:
        """Take a defect away; in effect on return."""
        return self._wait(self.lab.mend_name(name, defect))

    def publish_txt(self, name: str, value: str) -> Change:
        """Publish a TXT record; in effect on return."""
        return self._wait(self.lab.publish_txt(name, value))

    def stop(self) -> None:
        """Stop the lab and its thread; a second call does nothing."""
        if self._thread.is_alive():
            self._wait(self.lab.stop())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE_SECONDS)

    def __enter__(self) -> "ThreadedLab":
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_SECONDS)


def start_in_thread(
    folder: Path, scenario: Scenario | Mapping[str, Any] | None = None
) -> ThreadedLab:
    """Start a lab in a thread and return when it listens; LabError when it cannot."""
    ready: Future[tuple[Lab, asyncio.AbstractEventLoop]] = Future()
    thread = threading.Thread(target=_run, args=(folder, scenario, ready), daemon=True)
    thread.start()
    lab, loop = ready.result(PATIENCE_SECONDS)
    return ThreadedLab(lab, loop, thread)


def _run(
    folder: Path,
    scenario: Scenario | Mapping[str, Any] | None,
    ready: Future[tuple[Lab, asyncio.AbstractEventLoop]],
) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        loop = runner.get_loop()
        try:
            lab = Lab(folder, scenario)
            runner.run(lab.start())
        except BaseException as error:
            ready.set_exception(error)
            return
        ready.set_result((lab, loop))
        loop.run_forever()
