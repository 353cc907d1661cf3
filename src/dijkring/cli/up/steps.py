# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of `up`, in order: database, tables, content, practice internet, demo, pages."""

import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg

from dijkring.cli import embedded, environment
from dijkring.cli.embedded import Database
from dijkring.cli.errors import UserError
from dijkring.cli.up import checks, fingerprint
from dijkring.cli.up.children import Child, spawn
from dijkring.cli.up.progress import Progress, show

WEB_PATIENCE = 180.0
LAB_PATIENCE = 60.0
# Django looks the whole application over before a command; `migrate` has done so.
NO_CHECKS = "--skip-checks"
LAB_NETWORKS = "192.0.2.0/24,2001:db8::/32"


class Failed(Exception):
    """A part did not work; carries its last log lines for the person who must mend it."""

    def __init__(self, title: str, words: str, log: Path | None) -> None:
        super().__init__(title)
        self.title, self.words, self.log = title, words, log

    def told(self) -> str:
        """Return the explanation: what, its last lines, and where the rest is."""
        lines = "".join(f"      {line}\n" for line in self.words.splitlines())
        more = f"      Meer in {self.log}\n" if self.log else ""
        return f"Niet gelukt: {self.title} | failed\n{lines}{more}"


class Launch:
    """One run of `up`: what it was asked, and what it has started so far."""

    def __init__(self, home: Path, host: str, port: int, empty: bool, progress: Progress) -> None:
        self.home, self.host, self.port, self.empty = home, host, port, empty
        self.progress = progress
        self.children: list[Child] = []
        self.database: Database | None = None
        self.variables: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def everything(self) -> None:
        """Carry out all steps; raises UserError or Failed at the first that does not work."""
        self.start_database()
        self.prepare_database()
        if not self.empty:
            self.start_lab()
            self.fill_demo()
        self.collect_static()
        with self.progress.step("Pagina's en werker starten"):
            self.start_web_and_worker()
        self.welcome()
        if self.empty:
            self.invite_first()

    def start_database(self) -> None:
        """Start the embedded database, or prove that the operator's own one answers."""
        with self.progress.step("Database starten"):
            if environment.external():
                check_server(os.environ["DATABASE_URL"])
            else:
                self.database = embedded.ensure(self.home, self.progress.say)
                checks.check_disk(self.database.folder)
            self.variables = environment.variables(self.home, self.database)

    def prepare_database(self) -> None:
        """Migrate and load the content, unless this database has seen exactly this version."""
        mark = fingerprint.of_code_and_content()
        memory = self.memory()
        for key, title, command in (
            ("migrate", "Database bijwerken", ["migrate", "--no-input"]),
            ("load_content", "Inhoud laden", ["load_content", NO_CHECKS]),
            ("cooperation", "Samenwerkingen laden", ["cooperation", NO_CHECKS, "regions"]),
        ):
            if self.database is not None and memory.knows(key, mark):
                self.progress.skip(title, "al gedaan")
            else:
                self.manage(title, command, {"DIJKRING_AS_OWNER": "1"})
                memory.remember(key, mark)

    def memory(self) -> fingerprint.Memory:
        """Return what was done for this database; it lies beside the data and goes with them."""
        if self.database is not None:
            return fingerprint.Memory(self.database.folder / "done.json")
        key = hashlib.sha256(os.environ["DATABASE_URL"].encode()).hexdigest()[:12]
        return fingerprint.Memory(self.home / f"done-{key}.json")

    def manage(self, title: str, command: list[str], more: dict[str, str] | None = None) -> None:
        """Run one management command as a step; its output is kept in its log."""
        child = self.child(command[0], ["manage", *command], more)
        with self.progress.step(title):
            child.log.unlink(missing_ok=True)
            self.run(child, child.start)
            if child.exit_code() != 0:
                raise Failed(title, child.last_words(), child.log)

    def child(self, name: str, arguments: list[str], more: dict[str, str] | None = None) -> Child:
        log = self.home / "log" / f"{name}.log"
        return Child(name, arguments, self.variables | (more or {}), log)

    def run(self, child: Child, start: Callable[[], None]) -> None:
        """Run a child to its end; while it runs it is among those that a signal stops."""
        self.children.append(child)
        start()
        if child.process is not None:
            child.process.wait()
        self.children.remove(child)

    def start_lab(self) -> None:
        """Start the practice internet and let every later process measure by its resolver."""
        child = self.child("lab", ["lab", "serve", "--folder", str(self.home / "lab")])
        with self.progress.step("Oefeninternet starten"):
            description = self.home / "lab" / "lab.json"
            before = description.stat().st_mtime_ns if description.exists() else 0
            self.children.append(child)
            child.start()
            wait_for(child, lambda: newer(description, before), LAB_PATIENCE, "Het oefeninternet")
        self.variables |= measuring(json.loads(description.read_text(encoding="utf-8")))

    def fill_demo(self) -> None:
        """Fill the demo region once for each database; its own progress is shown as it comes."""
        first, title, memory = "Voorbeeldorganisaties maken", "Voorbeeldregio vullen", self.memory()
        if memory.knows("demo", "done"):
            self.progress.skip(first, "al gedaan")
            return self.progress.skip(title, "al gedaan")
        self.manage(first, ["demo_organisations", NO_CHECKS], {"DIJKRING_AS_OWNER": "1"})
        child = self.child("demo", ["manage", "demo", NO_CHECKS])
        with self.progress.step(title):
            self.progress.say("Dit gebeurt alleen de eerste keer.")
            self.run(child, lambda: start_on_screen(child))
            if child.exit_code() != 0:
                raise Failed(title, "Zie hierboven.", None)
            memory.remember("demo", "done")
        return None

    def collect_static(self) -> None:
        """Put style sheets and scripts where the web server reads them, when they have changed."""
        mark = fingerprint.of_static_files()
        memory = fingerprint.Memory(self.home / "static.json")
        if memory.knows("static", mark) and (self.home / "static").exists():
            return self.progress.skip("Opmaak klaarzetten", "al gedaan")
        self.manage("Opmaak klaarzetten", ["collectstatic", NO_CHECKS, "--no-input", "-v0"])
        memory.remember("static", mark)
        return None

    def start_web_and_worker(self) -> None:
        """Start the pages and the worker, and wait until the pages answer."""
        address = ["--host", self.host, "--port", str(self.port)]
        web = self.child("web", ["web", *address])
        worker = self.child("worker", ["worker"])
        for child in (web, worker):
            self.children.append(child)
            child.start()
        wait_for(web, lambda: answers(f"{self.address}/healthz"), WEB_PATIENCE, "De webserver")

    def welcome(self) -> None:
        """Print the one address, and the logins of the demo where there are some."""
        logins = self.home / "demo-logins.txt"
        show(f"\nDijkring draait op {self.address}\n")
        if not self.empty and logins.exists():
            show(f"\n{logins.read_text(encoding='utf-8').rstrip()}\n")
        show("\nStoppen: Ctrl-C\n")

    def invite_first(self) -> None:
        """Print the code for the first account, as long as nobody has an account."""
        child = self.child("first_code", ["manage", "first_code"])
        child.log.unlink(missing_ok=True)
        self.run(child, child.start)
        # Only its last line: warnings may come before it.
        code = child.last_words().strip().rpartition("\n")[2]
        # The code is for who sees the terminal: it stays in no file.
        child.log.unlink(missing_ok=True)
        if child.exit_code() == 0 and code:
            show(f"\nMaak het eerste account op {self.address}/begin/ met deze code:\n")
            show(f"\n  {code}\n\nDe code werkt één keer. Een nieuwe start geeft een nieuwe code.\n")


def check_server(url: str) -> None:
    """Connect once, so that a wrong address is told in one line and not by a migration."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise UserError(
            f"De database van DATABASE_URL antwoordt niet: {str(error).splitlines()[0]}",
            "The database of DATABASE_URL does not answer.",
        ) from error


def start_on_screen(child: Child) -> None:
    child.process = spawn(child.arguments, child.environment, output=1)


def wait_for(child: Child, ready: Callable[[], bool], patience: float, title: str) -> None:
    """Wait until a child is ready; raises Failed when it ends before, or takes too long."""
    deadline = time.monotonic() + patience
    while not ready():
        if child.exit_code() is not None or time.monotonic() > deadline:
            raise Failed(title, child.last_words(), child.log)
        time.sleep(0.1)


def newer(path: Path, before: int) -> bool:
    return path.exists() and path.stat().st_mtime_ns > before


def answers(url: str) -> bool:
    """Tell whether a page answers with status 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def measuring(lab: dict[str, str]) -> dict[str, str]:
    """Point all measuring at the practice internet; what the operator has set goes first."""
    found = {
        "SURFACE_RESOLVER": lab["resolver"],
        "SURFACE_CA_FILE": lab["ca_file"],
        "SURFACE_ADDRESS_MAP": lab["address_map"],
        "SURFACE_ALLOWED_NETWORKS": LAB_NETWORKS,
        "SURFACE_ROAS": lab["roas"],
        "SURFACE_ROUTES": lab["routes"],
        "SURFACE_REGISTRIES": lab["registries"],
    }
    return {name: value for name, value in found.items() if not os.environ.get(name)}
