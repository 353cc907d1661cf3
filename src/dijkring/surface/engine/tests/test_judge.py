# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import json
import string
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dijkring.surface.engine.checks import CHECKS, PROBLEMS, REASONS
from dijkring.surface.engine.judge import OF_MAIL_HOSTS, judge
from dijkring.surface.engine.observations import DomainSeen, from_json, to_json
from dijkring.surface.engine.tests import seen as made
from dijkring.surface.engine.tests.seen import (
    NAME,
    V4,
    V6,
    certificate,
    domain,
    found,
    lost,
    mail_host,
    missing,
    site,
    tlsa,
    with_headers,
)


def test_observations_survive_json_and_judge_the_same() -> None:
    seen = domain(web=(site(), site(address=V6, page=with_headers(referrer_policy=None))))
    again = from_json(DomainSeen, json.loads(json.dumps(to_json(seen))))
    assert again == seen
    assert judge(again) == judge(seen)


def test_results_bear_subject_time_reason_and_method() -> None:
    results = judge(domain(web=(site(), site(address=V6, chain=(certificate(dns_names=()),)))))
    by_key = {(result.check, result.subject): result for result in results}
    assert len(by_key) == len(results)
    assert by_key["web-tls.cert_hostmatch", f"{NAME}/{V4}"].state == "pass"
    failed = by_key["web-tls.cert_hostmatch", f"{NAME}/{V6}"]
    assert failed.state == "fail"
    assert failed.measured_at == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert failed.detail["reason"] == "name_differs"
    assert failed.detail["text"] == {
        "nl": f"De naam {NAME} staat niet in het certificaat.",
        "en": f"The name {NAME} is not in the certificate.",
    }
    assert failed.detail["method"] == {
        "prober": "Dijkring 0.1",
        "resolver": "127.0.0.1:53",
        "address": V6,
    }
    assert by_key["mail-auth.spf", NAME].state == "pass"


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"a": missing(NAME, "A"), "aaaa": missing(NAME, "AAAA"), "web": ()}, "not_applicable"),
        ({"a": lost(NAME, "A"), "web": ()}, "not_measured"),
    ],
)
def test_without_addresses_the_domain_itself_is_told(
    changed: dict[str, object], state: str
) -> None:
    results = [one for one in judge(domain(**changed)) if one.check == "web-tls.tls_version"]
    assert [(one.subject, one.state) for one in results] == [(NAME, state)]


def test_half_a_lookup_is_not_silently_good() -> None:
    results = judge(domain(aaaa=lost(NAME, "AAAA")))
    told = {one.subject: one.state for one in results if one.check == "web-tls.tls_version"}
    assert told == {f"{NAME}/{V4}": "pass", NAME: "not_measured"}


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"mx": found(NAME, "MX", "0 ."), "mail_hosts": (), "mail_servers": ()}, "not_applicable"),
        ({"mx": lost(NAME, "MX"), "mail_hosts": (), "mail_servers": ()}, "not_measured"),
        ({"mail_hosts": (mail_host(a=lost("m", "A")),), "mail_servers": ()}, "not_measured"),
        ({"mail_hosts": (mail_host(a=missing("m", "A")),), "mail_servers": ()}, "not_applicable"),
    ],
)
def test_without_mail_servers_the_domain_itself_is_told(
    changed: dict[str, object], state: str
) -> None:
    results = [one for one in judge(domain(**changed)) if one.check == "mail-tls.starttls_exists"]
    assert [(one.subject, one.state) for one in results] == [(NAME, state)]


def test_declarations_are_complete() -> None:
    for check in CHECKS.values():
        for words in (check.label, check.what, check.why, check.mend):
            assert set(words) == {"nl", "en"}, check.id
            assert all(words.values()), check.id
        assert check.weight in (0, 2, 5, 10), check.id
    for code, words in (REASONS | PROBLEMS).items():
        assert set(words) == {"nl", "en"}, code
        fields = [
            {field for _, field, _, _ in string.Formatter().parse(text) if field}
            for text in words.values()
        ]
        assert fields[0] == fields[1], code


def test_what_is_about_all_mail_hosts_does_not_pass_while_some_were_not_looked_at() -> None:
    host = replace(
        made.mail_host(),
        aaaa=found("mail", "AAAA", "2001:db8::1"),
        tlsa=tlsa(f"_25._tcp.mail.{NAME}"),
    )
    few = made.domain(mail_hosts=(host,))
    many = replace(few, mx=found(NAME, "MX", f"10 mail.{NAME}.", f"20 mx11.{NAME}."))
    states = [
        {one.check: one.state for one in judge(seen) if one.check in OF_MAIL_HOSTS}
        for seen in (few, many)
    ]
    assert {"mail-ipv6.mx_aaaa", "mail-tls.dane_exists"} <= {
        check for check, state in states[0].items() if state == "pass"
    }
    assert "pass" not in states[1].values()
