# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Watches over what runs: a part that dies is started again once, then explained."""

import time

from dijkring.cli import embedded
from dijkring.cli.up.children import Child
from dijkring.cli.up.progress import show
from dijkring.cli.up.steps import Failed, Launch

PAUSE = 0.5
FORGIVEN_AFTER = 600.0


def watch(launch: Launch) -> None:
    """Look at the database and the children until a signal ends it; raises Failed on a relapse."""
    deaths: dict[str, float] = {}
    while True:
        look_at_database(launch, deaths)
        for child in launch.children:
            look_at_child(child, deaths)
        time.sleep(PAUSE)


def look_at_child(child: Child, deaths: dict[str, float]) -> None:
    """Start a child that has died, unless it died a short while ago as well."""
    code = child.exit_code()
    if code is None:
        return
    if relapse(child.name, deaths):
        raise Failed(f"'{child.name}' stopt telkens (code {code})", child.last_words(), child.log)
    show(f"'{child.name}' is gestopt (code {code}) en wordt opnieuw gestart; zie {child.log}\n")
    child.start()


def look_at_database(launch: Launch, deaths: dict[str, float]) -> None:
    """Start the embedded database when it has died; it keeps its port, so addresses stay valid."""
    if launch.database is None or launch.database.alive():
        return
    log = launch.database.server.log
    if relapse("database", deaths):
        raise Failed("De database stopt telkens", "", log)
    show(f"De database is gestopt en wordt opnieuw gestart; zie {log}\n")
    launch.database = embedded.ensure(launch.home, launch.progress.say)


def relapse(name: str, deaths: dict[str, float]) -> bool:
    """Note a death; tell whether the one before it was less than ten minutes ago."""
    now = time.monotonic()
    again = now - deaths.get(name, -FORGIVEN_AFTER) < FORGIVEN_AFTER
    deaths[name] = now
    return again
