# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registry of checks: declared in content/checks.yaml, judged by the functions here."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import yaml

from dijkring.surface.engine.checks import (
    appsecpriv,
    caa,
    dane,
    dnssec,
    exposed,
    extra,
    ipv6,
    mail_auth,
    mail_tls,
    registration,
    rpki,
    web_tls,
)
from dijkring.surface.engine.checks.model import Check, Verdict

JUDGES: dict[str, Callable[[Any], Verdict]] = {
    "web-ipv6.ns_aaaa": ipv6.ns_aaaa,
    "web-ipv6.ns_reach": ipv6.ns_reach,
    "web-ipv6.web_aaaa": ipv6.web_aaaa,
    "web-ipv6.web_reach": ipv6.web_reach,
    "web-ipv6.web_ipv46": ipv6.web_ipv46,
    "web-dnssec.dnssec_exists": dnssec.web_exists,
    "web-dnssec.dnssec_valid": dnssec.web_valid,
    "web-tls.https_exists": web_tls.https_exists,
    "web-tls.https_forced": web_tls.https_forced,
    "web-tls.https_hsts": web_tls.https_hsts,
    **web_tls.JUDGES,
    "web-tls.web_caa": caa.web_caa,
    "web-tls.dane_exists": dane.web_exists,
    "web-tls.dane_valid": dane.web_valid,
    "web-appsecpriv.http_referrer_policy": appsecpriv.referrer_policy,
    "web-appsecpriv.http_csp": appsecpriv.content_security_policy,
    "web-appsecpriv.http_x_content_type": appsecpriv.content_type_options,
    "web-appsecpriv.http_securitytxt": appsecpriv.security_txt,
    "web-appsecpriv.http_x_frame": appsecpriv.frame_options,
    "web-rpki.web_rpki_exists": rpki.web_exists,
    "web-rpki.web_rpki_valid": rpki.web_valid,
    "web-rpki.ns_rpki_exists": rpki.ns_exists,
    "web-rpki.ns_rpki_valid": rpki.ns_valid,
    "web-extra.caa_quality": caa.caa_quality,
    "web-extra.cert_expiry": extra.web_cert_expiry,
    "web-extra.cookie_flags": extra.cookie_flags,
    "web-extra.disclosure": extra.disclosure,
    "web-extra.dangling_cname": exposed.dangling_cname,
    "web-extra.exposed_services": exposed.web_services,
    "web-extra.registration_lasts": registration.lasts,
    "web-extra.registration_status": registration.status,
    "web-extra.registration_delegation": registration.delegation,
    "mail-ipv6.ns_aaaa": ipv6.ns_aaaa,
    "mail-ipv6.ns_reach": ipv6.ns_reach,
    "mail-ipv6.mx_aaaa": ipv6.mx_aaaa,
    "mail-ipv6.mx_reach": ipv6.mx_reach,
    "mail-dnssec.dnssec_exists": dnssec.mail_exists,
    "mail-dnssec.dnssec_valid": dnssec.mail_valid,
    "mail-dnssec.dnssec_mx_exists": dnssec.mx_exists,
    "mail-dnssec.dnssec_mx_valid": dnssec.mx_valid,
    "mail-auth.dmarc": mail_auth.dmarc_exists,
    "mail-auth.dmarc_policy": mail_auth.dmarc_policy,
    "mail-auth.dkim": mail_auth.dkim,
    "mail-auth.spf": mail_auth.spf_exists,
    "mail-auth.spf_policy": mail_auth.spf_policy,
    "mail-tls.starttls_exists": mail_tls.starttls_exists,
    **mail_tls.JUDGES,
    "mail-tls.mail_caa": caa.mail_caa,
    "mail-tls.dane_exists": dane.mail_exists,
    "mail-tls.dane_valid": dane.mail_valid,
    "mail-tls.dane_rollover": dane.mail_rollover,
    "mail-rpki.mail_rpki_exists": rpki.mail_exists,
    "mail-rpki.mail_rpki_valid": rpki.mail_valid,
    "mail-rpki.ns_rpki_exists": rpki.ns_exists,
    "mail-rpki.ns_rpki_valid": rpki.ns_valid,
    "mail-rpki.mail_mx_ns_rpki_exists": rpki.mail_ns_exists,
    "mail-rpki.mail_mx_ns_rpki_valid": rpki.mail_ns_valid,
    "mail-extra.tls_rpt": extra.tls_rpt,
    "mail-extra.mta_sts": extra.mta_sts,
    "mail-extra.cert_expiry": extra.mail_cert_expiry,
    "mail-extra.exposed_services": exposed.mail_services,
}


def _content(name: str) -> dict[str, Any]:
    path = files("dijkring.surface.engine") / "content" / name
    loaded: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return loaded


def _load() -> dict[str, Check]:
    declared: dict[str, dict[str, Any]] = _content("checks.yaml")["checks"]
    declared |= _content("tls.yaml")["checks"]
    return {
        check_id: Check(id=check_id, judge=judge, **declared[check_id])
        for check_id, judge in JUDGES.items()
    }


CHECKS: dict[str, Check] = _load()
REASONS: dict[str, dict[str, str]] = (
    _content("reasons.yaml")["reasons"] | _content("tls.yaml")["reasons"]
)
PROBLEMS: dict[str, dict[str, str]] = _content("reasons.yaml")["problems"]
