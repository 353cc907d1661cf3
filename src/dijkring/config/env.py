# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every environment variable, declared once with its help text.

`docs/administration.md` is checked against it.
"""

import os
from dataclasses import dataclass
from pathlib import Path

_MISSING = "ontbreekt / is missing"


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, its default (None: required) and what it is for."""

    name: str
    default: str | None
    help: str

    @property
    def text(self) -> str:
        """Return the value or the default; raise RuntimeError when a required one is not set."""
        value = os.environ.get(self.name, self.default)
        if value is None:
            raise RuntimeError(f"{self.name} {_MISSING}: {self.help}")
        return value

    @property
    def flag(self) -> bool:
        """Return whether the value says yes."""
        return self.text.strip().lower() in {"1", "true", "yes", "on"}

    @property
    def items(self) -> list[str]:
        """Return the comma-separated values."""
        return [item.strip() for item in self.text.split(",") if item.strip()]


HOME = Variable("DIJKRING_HOME", "./.dijkring", "Folder for data, logs and uploads.")
PORT = Variable("PORT", "8000", "Port of the web pages on this machine.")
DATABASE_URL = Variable(
    "DATABASE_URL", "", "postgresql://dijkring_app:…; empty: the embedded database."
)
DATABASE_OWNER_URL = Variable(
    "DATABASE_OWNER_URL", "", "postgresql://dijkring_owner:…; only for migrations and content."
)
AS_OWNER = Variable("DIJKRING_AS_OWNER", "0", "1: this command works as the owner of the tables.")
SECRET_KEY = Variable("SECRET_KEY", "", "Key for sessions and signatures, 50 characters or more.")
DEBUG = Variable("DEBUG", "0", "1: show errors with their cause; never on a real site.")
ALLOWED_HOSTS = Variable(
    "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Names this site answers to."
)
TRUSTED_ORIGINS = Variable(
    "TRUSTED_ORIGINS", "", "https:// origins of this site when it stands behind a proxy."
)
HTTPS = Variable("HTTPS", "0", "1: this site is reached over https; cookies are then https only.")
TRUSTED_PROXIES = Variable(
    "TRUSTED_PROXIES", "0", "How many proxies of your own stand in front; 0: none is believed."
)
RESOLVER = Variable(
    "SURFACE_RESOLVER", "", "ADDR[:PORT] of a validating resolver; empty: the system's."
)
CA_FILE = Variable("SURFACE_CA_FILE", "", "Extra certificate authorities (PEM) for measuring.")
ADDRESS_MAP = Variable(
    "SURFACE_ADDRESS_MAP", "", "File that maps addresses, for a practice internet."
)
ALLOWED_NETWORKS = Variable(
    "SURFACE_ALLOWED_NETWORKS", "", "Private networks that may be measured, e.g. 10.1.0.0/16."
)
ROAS = Variable("SURFACE_ROAS", "", "Validated ROAs: JSON of Routinator or rpki-client, for RPKI.")
ROUTES = Variable("SURFACE_ROUTES", "", "Announced prefixes, as a RIPE RIS dump, for RPKI.")
REGISTRIES = Variable(
    "SURFACE_REGISTRIES",
    "",
    "IANA's list of RDAP servers (dns.json), for what registries say; .nl is known without.",
)
GAP = Variable(
    "SURFACE_GAP_MS", "50", "Milliseconds between two connections to one address when measuring."
)
BATCH = Variable("SURFACE_BATCH", "200", "How many names one worker measures at a time.")
IDENTITY_NETWORKS = Variable(
    "IDENTITY_ALLOWED_NETWORKS", "", "Private networks where identity providers may stand."
)
IDENTITY_CA = Variable(
    "IDENTITY_CA_FILE", "", "Extra certificate authorities (PEM) for identity providers."
)
WEBHOOK_NETWORKS = Variable(
    "WEBHOOK_ALLOWED_NETWORKS", "", "Private networks where webhooks of incidents may go."
)
WEBHOOK_CA = Variable("WEBHOOK_CA_FILE", "", "Extra certificate authorities (PEM) for webhooks.")
SITE_URL = Variable(
    "SITE_URL",
    "",
    "Address of this site as people type it, for links in e-mails; empty: this machine.",
)
EMAIL_HOST = Variable(
    "EMAIL_HOST",
    "",
    "Mail server for invitations, links, digests and password resets; empty: none.",
)
EMAIL_PORT = Variable("EMAIL_PORT", "25", "Port of the mail server: 25, 587 or 465.")
EMAIL_SECURITY = Variable(
    "EMAIL_SECURITY", "none", "starttls (587), tls (465) or none (a relay on this machine)."
)
EMAIL_USER = Variable("EMAIL_USER", "", "Name to log in to the mail server with; empty: no login.")
EMAIL_PASSWORD = Variable("EMAIL_PASSWORD", "", "Password for the mail server.")
EMAIL_FROM = Variable(
    "EMAIL_FROM", "Dijkring <dijkring@localhost>", "Sender of the e-mails of this site."
)

EVIDENCE_LIMIT = Variable(
    "EVIDENCE_LIMIT_MB", "200", "How large a file of evidence with an incident may be, in MB."
)
SECURITY_CONTACT = Variable(
    "SECURITY_CONTACT",
    "mailto:security@dijkring.example",
    "Where weaknesses of this site are reported.",
)

VARIABLES = tuple(value for value in list(globals().values()) if isinstance(value, Variable))


def home() -> Path:
    """Return the data folder as an absolute path."""
    return Path(HOME.text).expanduser().resolve()
