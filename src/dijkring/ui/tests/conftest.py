# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kit's sample pages in place of the project's own."""

import copy
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from pytest_django import Settings

HERE = Path(__file__).resolve().parent


@pytest.fixture
def kit_settings(settings: Settings) -> Settings:
    """Serve the sample pages, with their own navigation and without a database."""
    templates: list[dict[str, Any]] = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "templates"]
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors.remove("dijkring.core.context.page")
    processors.append("dijkring.ui.tests.kit.context")
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "dijkring.ui.tests.kit"
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    settings.STATICFILES_DIRS = []
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.AppDirectoriesFinder",
        "dijkring.ui.assets.NpmFinder",
    ]
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    settings.SHEET_WRITERS = {
        kind: f"dijkring.documents.sheets.to_{kind}" for kind in ("csv", "xlsx", "ods")
    }
    return settings


@pytest.fixture
def client(kit_settings: Settings) -> Client:
    """Return a browser without JavaScript that reads Dutch."""
    return Client(headers={"accept-language": "nl"})


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the test says what matters."""


@pytest.fixture
def address(kit_settings: Settings) -> Iterator[str]:
    """Serve the sample pages on a free port."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
