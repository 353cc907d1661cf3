# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which domains and names the practice internet has, and what is wrong with them from the start."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from dijkring.lab.defects import Defect, find
from dijkring.lab.errors import LabError

LABEL = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)$")
# The name servers of every zone live here; no scenario may use the domain itself.
NAMESERVER_DOMAIN = "sluisdns.example"


@dataclass(frozen=True)
class Name:
    """A name with a website; the apex of its domain may also receive mail."""

    name: str
    domain: str
    web: bool = True
    mail: str | None = None
    redirect: str | None = None
    defects: frozenset[str] = frozenset()

    @property
    def own_mail_host(self) -> str | None:
        """The name of this domain's own mail server, None when another domain carries its mail."""
        own = mail_host_of(self.domain)
        return own if self.mail == own else None


@dataclass(frozen=True)
class Scenario:
    """All names by their full name, and the organisation that each domain belongs to."""

    names: Mapping[str, Name]
    organisations: Mapping[str, str]
    validates: bool = True
    source: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def name(self, wanted: str) -> Name:
        """The entry for a name (case and final dot do not matter); LabError when unknown."""
        key = wanted.lower().rstrip(".")
        if key not in self.names:
            close = difflib.get_close_matches(key, self.names, n=3, cutoff=0.6)
            hint = f" Bedoelt u {' of '.join(close)}?" if close else ""
            raise LabError(
                f"'{wanted}' bestaat niet in het oefeninternet.{hint}",
                "There is no such name.",
            )
        return self.names[key]

    def zone_names(self) -> list[str]:
        """The domains that are always a zone of their own, without root and TLDs."""
        return [*self.organisations, NAMESERVER_DOMAIN]


def mail_host_of(domain: str) -> str:
    """The mail server of a domain that keeps its own."""
    return f"mail.{domain}"


def region() -> Scenario:
    """The invented demo region (content/region.yaml)."""
    text = (files("dijkring.lab") / "content" / "region.yaml").read_text(encoding="utf-8")
    return parse(yaml.load(text, Loader=yaml.CSafeLoader))


def load(path: Path) -> Scenario:
    """Read a scenario from a YAML or JSON file; LabError names what is wrong."""
    try:
        return parse(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise LabError(
            f"Het scenario {path} is niet te lezen: {first_line(error)}.",
            "The scenario cannot be read.",
        ) from error


def first_line(error: Exception) -> str:
    """The first line of an error's text."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def parse(source: Any) -> Scenario:
    """A scenario from plain data: {"domains": {domain: {organisation, mail, defects, names}}}."""
    domains = source.get("domains") if isinstance(source, dict) else None
    if not isinstance(domains, dict) or not domains:
        raise LabError(
            "Een scenario heeft 'domains' nodig, met ten minste een domein.",
            "A scenario needs 'domains' with at least one domain.",
        )
    names: dict[str, Name] = {}
    for domain, raw in domains.items():
        _check_shape(domain, raw)
        for name in _domain_names(domain, raw or {}, domains):
            names[name.name] = name
    owners = {key: str((raw or {}).get("organisation", key)) for key, raw in domains.items()}
    return Scenario(names, owners, bool(source.get("validates", True)), source)


def _check_shape(domain: Any, raw: Any) -> None:
    names = raw.get("names") if isinstance(raw, dict) else None
    shaped = isinstance(raw, dict | None) and isinstance(names, dict | None)
    if not isinstance(domain, str) or not shaped:
        raise LabError(
            f"Het domein '{domain}' heeft niet de goede vorm (organisation, mail, defects, names).",
            "The domain has the wrong shape.",
        )


def _domain_names(domain: str, raw: dict[str, Any], domains: dict[str, Any]) -> list[Name]:
    _check_name(domain)
    mail = _mail_host(domain, raw.get("mail", "own"), domains)
    apex = Name(domain, domain, raw.get("web", True), mail, raw.get("redirect"))
    found = [_with_defects(apex, raw.get("defects", ()))]
    for label, entry in (raw.get("names") or {}).items():
        entry = entry if isinstance(entry, dict) else {"defects": entry or ()}
        name = f"{label}.{domain}"
        _check_name(name)
        if name == mail_host_of(domain):
            raise LabError(
                f"{name} is de mailserver; geef de website een andere naam.",
                "That name is the mail server's.",
            )
        plain = Name(name, domain, redirect=entry.get("redirect"))
        found.append(_with_defects(plain, entry.get("defects", ())))
    return found


def _check_name(name: str) -> None:
    labels = name.split(".")
    if len(labels) < 2 or not all(LABEL.match(label) for label in labels):
        raise LabError(f"'{name}' is geen geldige domeinnaam.", "It is not a valid domain name.")
    if name == NAMESERVER_DOMAIN or name.endswith(f".{NAMESERVER_DOMAIN}"):
        raise LabError(
            f"{NAMESERVER_DOMAIN} is van het oefeninternet zelf.",
            "That domain belongs to the practice internet itself.",
        )


def _mail_host(domain: str, mail: str, domains: dict[str, Any]) -> str | None:
    if mail in ("own", "none"):
        return mail_host_of(domain) if mail == "own" else None
    if mail not in domains or (domains[mail] or {}).get("mail", "own") != "own":
        raise LabError(
            f"De mail van {domain} wijst naar {mail}, dat geen eigen mailserver heeft.",
            "That domain has no mail server of its own.",
        )
    return mail_host_of(mail)


def _with_defects(name: Name, ids: Any) -> Name:
    if not isinstance(ids, list | tuple):
        raise LabError(
            f"De gebreken van {name.name} moeten een lijst zijn.", "Defects must be a list."
        )
    planted = [find(str(defect)) for defect in ids]
    for defect in planted:
        check_fits(name, defect)
    return Name(
        name.name,
        name.domain,
        name.web,
        name.mail,
        name.redirect,
        frozenset(defect.id for defect in planted),
    )


def check_fits(name: Name, defect: Defect) -> None:
    """LabError when this name lacks what the defect needs (a website, mail, a mail server)."""
    if defect.needs == "web" and not name.web:
        raise LabError(
            f"{name.name} heeft geen website, dus {defect.id} kan daar niet.",
            "That name has no website.",
        )
    if defect.needs in ("mail", "mailhost") and name.mail is None:
        raise LabError(
            f"{name.name} ontvangt geen mail, dus {defect.id} kan daar niet.",
            "That name receives no mail.",
        )
    if defect.needs == "mailhost" and name.own_mail_host is None:
        carrier = str(name.mail).removeprefix("mail.")
        raise LabError(
            f"De mail van {name.name} loopt via {carrier}; zet {defect.id} daar.",
            f"The mail of that name is carried by {carrier}.",
        )
