# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The provider over https: metadata, keys, the login page, tokens, logout; and its controls."""

import base64
import html
import json
import secrets
import sys
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from dijkring.lab.certificates import Certificates, Kind
from dijkring.lab.provider.state import Provider, Visit

COOKIE = "aanbieder"
HUGE = 4 * 1024 * 1024
SLOW_SECONDS = 30.0
PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Oefenaanbieder</title>
<link rel="icon" href="data:,"></head><body><main>{}</main></body></html>"""


class Handler(BaseHTTPRequestHandler):
    """One request to the provider."""

    provider: Provider
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: codes and states do not belong in a log."""

    def do_GET(self) -> None:
        """Answer a question."""
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if self._in_trouble(parts.path):
            return
        answers: dict[str, Callable[[dict[str, str]], None]] = {
            "/.well-known/openid-configuration": lambda _q: self._json(self.provider.metadata()),
            "/jwks": lambda _q: self._json(self.provider.jwks()),
            "/authorize": self._authorize,
            "/logout": self._logout,
        }
        answers.get(parts.path, self._nothing)(query)

    def do_POST(self) -> None:
        """Take a form: a login, a code, or an order of the tests."""
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if path == "/control":
            self._control(json.loads(body))
        elif not self._in_trouble(path):
            form = dict(parse_qsl(body.decode()))
            answers = {"/token": self._token, "/login": self._login}
            answers.get(path, self._nothing)(form)

    def _nothing(self, _query: dict[str, str]) -> None:
        self._send(404, "text/plain", b"not found")

    def _in_trouble(self, path: str) -> bool:
        mode = self.provider.mode
        if mode == "down":
            self._send(503, "text/plain", b"down")
        elif mode == "huge":
            self._send(200, "application/json", b" " * HUGE)
        elif mode == "slow":
            self._drip()
        elif mode == "redirecting" and path.startswith("/.well-known"):
            self._redirect("http://127.0.0.1:1/elsewhere")
        else:
            return False
        return True

    def _drip(self) -> None:
        """Give one byte at a time, so that no single wait is long."""
        self.send_response(200)
        self.send_header("Content-Length", str(HUGE))
        self.end_headers()
        ends = time.monotonic() + SLOW_SECONDS
        try:
            while time.monotonic() < ends:
                self.wfile.write(b" ")
                time.sleep(0.2)
        except OSError:
            self.close_connection = True

    def _authorize(self, query: dict[str, str]) -> None:
        proper = query.get("client_id") == self.provider.client_id
        if not proper or query.get("code_challenge_method") != "S256":
            self._send(400, "text/plain", b"unknown client")
            return
        if subject := self.provider.sessions.get(self._cookie()):
            self._give_code(subject, query)
            return
        fields = "".join(_hidden(name, value) for name, value in query.items())
        choices = "".join(
            f"<p><button name=subject value='{html.escape(one)}'>{html.escape(one)}</button></p>"
            for one in self.provider.people
        )
        form = f"<h1>Inloggen</h1><form method=post action=/login>{fields}{choices}</form>"
        self._send(200, "text/html; charset=utf-8", PAGE.format(form).encode())

    def _login(self, form: dict[str, str]) -> None:
        session = secrets.token_urlsafe(16)
        self.provider.sessions[session] = form["subject"]
        self._give_code(form["subject"], form, cookie=session)

    def _give_code(self, subject: str, query: dict[str, str], cookie: str = "") -> None:
        visit = Visit(
            query["redirect_uri"],
            query.get("state", ""),
            query.get("nonce", ""),
            query.get("code_challenge", ""),
            time.time(),
        )
        values = {"state": visit.state, "iss": self.provider.issuer}
        if self.provider.mode == "denying":
            values["error"] = "access_denied"
        else:
            values["code"] = self.provider.code(subject, visit)
        self._redirect(f"{visit.redirect_uri}?{urlencode(values)}", cookie)

    def _token(self, form: dict[str, str]) -> None:
        if not self._knows_client():
            self._json({"error": "invalid_client"}, 401)
            return
        token = self.provider.redeem(form)
        if token is None:
            self._json({"error": "invalid_grant"}, 400)
        else:
            self._json({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _knows_client(self) -> bool:
        kind, _space, value = self.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            return False
        name, _colon, secret = base64.b64decode(value).decode().partition(":")
        known = (self.provider.client_id, self.provider.client_secret)
        return (unquote(name), unquote(secret)) == known

    def _logout(self, query: dict[str, str]) -> None:
        self.provider.sessions.pop(self._cookie(), None)
        self._redirect(query.get("post_logout_redirect_uri", "/"))

    def _control(self, order: dict[str, Any]) -> None:
        self.provider.mode = order.get("mode", self.provider.mode)
        self.provider.people = order.get("people", self.provider.people)
        if order.get("rotate"):
            self.provider.rotate()
        if order.get("forget"):
            self.provider.sessions.clear()
        self._json({})

    def _cookie(self) -> str:
        found = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        return found.value if found else ""

    def _redirect(self, address: str, cookie: str = "") -> None:
        self.send_response(302)
        self.send_header("Location", address)
        if cookie:
            self.send_header("Set-Cookie", f"{COOKIE}={cookie}; Secure; HttpOnly; SameSite=Lax")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, value: Any, status: int = 200) -> None:
        self._send(status, "application/json", json.dumps(value).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _hidden(name: str, value: str) -> str:
    return f"<input type=hidden name='{html.escape(name)}' value='{html.escape(value)}'>"


class Server(ThreadingHTTPServer):
    """Serves on loopback until it is stopped."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let visitors go who do not trust the certificate or leave early; report the rest."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def make(folder: Path, client_id: str, client_secret: str) -> tuple[Server, Provider, Path]:
    """Make a server on a free port of 127.0.0.1; returns it, its state and its authority."""
    certificates = Certificates(folder)
    context = certificates.context("localhost", Kind())
    handler = type("OwnHandler", (Handler,), {})
    server = Server(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    provider = Provider(f"https://localhost:{server.server_port}", client_id, client_secret)
    handler.provider = provider  # type: ignore[attr-defined]
    return server, provider, certificates.ca_file
