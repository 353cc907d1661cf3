# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files of others are read as they were meant; hostile and broken ones are refused in words."""

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.surface.engine import CHECKS
from dijkring.surface.importers import KINDS, Report, Unreadable, content, easm, read

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEADER = "Host;Finding;Severity;First seen;Last seen;Status\n"


def scan(*lines: str, header: str = HEADER) -> Report:
    return read("easm", (header + "\n".join(lines)).encode(), AT)


def results(domains: Any, **root: Any) -> bytes:
    request = {"request_type": "mail", "finished_date": "2026-11-19T10:00:00+01:00"}
    whole = {"api_version": "2.4.0", "request": request, "domains": domains, **root}
    return json.dumps(whole).encode()


def result(tests: dict[str, str], **more: Any) -> dict[str, Any]:
    found = {name: {"status": status, "verdict": "x"} for name, status in tests.items()}
    return {"status": "ok", "results": {"tests": found}, **more}


def test_every_test_of_internet_nl_points_at_a_check_once() -> None:
    checks = list(content.load("internetnl.yaml")["tests"].values())
    assert set(checks) <= set(CHECKS)
    assert len(checks) == len(set(checks))
    theirs = {one.id for one in CHECKS.values() if "-extra" not in one.category}
    # Their batch API names these not (version 2.4): nothing to lay beside ours.
    assert theirs - set(checks) == {
        "web-tls.extended_master_secret", "mail-tls.extended_master_secret",
        "web-tls.web_caa", "mail-tls.mail_caa",
    }  # fmt: skip


def test_statuses_of_internet_nl_keep_their_weight() -> None:
    tests = {
        "mail_auth_spf_exist": "passed", "mail_auth_dmarc_exist": "failed",
        "mail_auth_dkim_exist": "warning", "mail_starttls_dane_rollover": "info",
        "mail_auth_spf_policy": "not_tested", "mail_starttls_tls_0rtt": "error",
        "mail_rpki_valid": "odd",
    }  # fmt: skip
    body = results({"Dijkerveen.EXAMPLE": result(tests, scoring={"percentage": 64})})
    report = read("internetnl", body, AT)
    states = {one.kind.rpartition(".")[2]: one.state for one in report.told}
    assert states == {
        "spf": "pass", "dmarc": "fail", "dkim": "pass", "dane_rollover": "fail",
        "spf_policy": "not_measured", "zero_rtt": "not_measured",
    }  # fmt: skip
    assert {one.name for one in report.told} == {"dijkerveen.example"}
    assert {one.at for one in report.told} == {datetime(2026, 11, 19, 9, tzinfo=UTC)}
    assert [(one.part, one.percent, one.url) for one in report.scores] == [("mail", 64, "")]
    assert [one.where for one in report.warnings] == ["mail_rpki_valid: odd"]


def test_a_score_that_is_no_number_is_left_out() -> None:
    tests = {"mail_auth_spf_exist": "passed"}
    body = results({"dijkerveen.example": result(tests, scoring={"percentage": "²"})})
    report = read("internetnl", body, AT)
    assert (len(report.told), report.scores) == (1, [])


def test_odd_names_and_values_of_internet_nl_are_refused_one_by_one() -> None:
    body = results(
        {"dijkerveen.example": result({"mail_auth_spf_exist": "failed"}, scoring=[]),
         "DIJKERVEEN.example": result({"mail_auth_spf_exist": "passed"}),
         "http://x/": result({"mail_auth_spf_exist": "passed"}), "127.0.0.1": result({}),
         "kapot.example": {"status": "error"}, "leeg.example": {"results": 5}, "a.example": "x"}
    )  # fmt: skip
    report = read("internetnl", body, AT)
    assert [one.state for one in report.told] == ["fail"]
    assert len(report.refused) == 6
    assert not report.scores


def test_a_sheet_of_findings_speaks_for_itself() -> None:
    report = scan(
        "https://www.dijkerveen.example:8443/a?b;TLS 1.0 supported;High;1-9-2026;2026-11-19;Active",
        "www.dijkerveen.example;Deprecated TLS on 443;low;3-9-2026;20 november 2026;New",
        "www.dijkerveen.example;SPF record missing;3,9;;;closed",
        "[2001:db8::1]:443;Exposed service (SSH);urgent;;;open",
        "*.dijkerveen.example;Resource hog;none;;;false positive",
        "jan@dijkerveen.example;Leaked credentials of jan@dijkerveen.example;high;;;open",
        "niks;x;high;;;open", "b.example;y;high;;;misschien", ";;;;;", "c.example;;high;;;open",
    )  # fmt: skip
    found = {(one.kind, one.name or one.address): one for one in report.told}
    tls = found["surface.web-tls.tls_version", "www.dijkerveen.example"]
    assert tls.state == "fail"
    assert tls.detail["seen"]["severity"] == "high"
    assert len(tls.detail["seen"]["message"]) == 2
    assert (tls.since, tls.at) == (
        datetime(2026, 8, 31, 22, tzinfo=UTC), datetime(2026, 11, 19, 23, tzinfo=UTC),
    )  # fmt: skip
    assert found["surface.mail-auth.spf", "www.dijkerveen.example"].state == "pass"
    assert found["surface.easm.service", "2001:db8::1"].state == "fail"
    assert found["surface.easm.other", "dijkerveen.example"].state == "not_applicable"
    assert "jan" not in str(found["surface.easm.credentials", "dijkerveen.example"].detail)
    assert len(found) == 5
    assert sorted(one.line or 0 for one in report.refused) == [8, 9, 11]


def test_severities_and_statuses_have_one_meaning() -> None:
    assert [content.severity_of(word) for word in ("9,8", "4.0", "3", "Hoog", "11", "?")] == [
        "high", "normal", "low", "high", "", "",
    ]  # fmt: skip
    for part in ("severities", "statuses"):
        words = [word for those in content.easm()[part].values() for word in those]
        assert len(words) == len(set(words))
    for one in content.own_findings():
        assert all(set(one[text]) == {"nl", "en"} for text in ("label", "what", "why", "mend"))
    assert {one["check"] for one in content.easm()["findings"] if "check" in one} <= set(CHECKS)


def test_formulas_dates_as_text_and_merged_cells_in_a_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("IBD")
    sheet.append(["IBD, november", None])
    sheet.append(["Domein", "Bevinding", "Laatst gezien"])
    sheet.append(["a.example", '=HYPERLINK("http://x","y")', "19-11-2026"])
    sheet.append(["b.example", "Verlopen certificaat", datetime(2026, 11, 19)])
    sheet.append([None, "Cookie zonder Secure", "45980"])
    sheet.merge_cells("A4:A5")
    stream = io.BytesIO()
    book.save(stream)
    report = read("easm", stream.getvalue(), AT)
    assert sorted((one.name, one.kind) for one in report.told) == [
        ("b.example", "surface.web-extra.cert_expiry"),
        ("b.example", "surface.web-extra.cookie_flags"),
    ]  # fmt: skip
    assert [one.line for one in report.refused] == [3]
    assert "formule" in report.refused[0].reason["nl"]


def test_names_on_certificates_are_read_once_and_without_people() -> None:
    rows = [
        {"common_name": "*.Dijkerveen.nl", "name_value": "*.dijkerveen.nl\nwww.dijkerveen.nl"},
        {"common_name": "dijkerveen.nl", "not_after": "2026-01-01T00:00:00"},
        {"common_name": "J. Jansen", "name_value": "jan@dijkerveen.nl", "not_after": "never"},
        {"name_value": "a..b.nl\n*.*.dijkerveen.nl", "not_after": 5}, "tekst", None,
    ]  # fmt: skip
    report = read("certificates", json.dumps(rows).encode())
    assert [(one.name, one.wildcard) for one in report.names] == [
        ("dijkerveen.nl", False), ("www.dijkerveen.nl", False),
    ]  # fmt: skip
    assert {one.where for one in report.refused} == {"a..b.nl", "*.*.dijkerveen.nl"}
    sheet = (
        b'crt.sh ID,Not After,Common Name,Matching Identities\n7,2027-01-01,x.nl,"x.nl\ny.x.nl"\n'
    )
    assert [one.name for one in read("certificates", sheet).names] == ["x.nl", "y.x.nl"]


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 80_000_000)
    return stream.getvalue()


BROKEN = {
    "empty": b"", "blank": b" \n", "half": b'{"domains": {', "deep": b"[" * 200_000,
    "deep twice": b'{"domains":' * 5_000, "binary": b"\x00\xff" * 5_000,
    "no zip": b"PK\x03\x04rest", "old workbook": b"\xd0\xcf\x11\xe0rest",
    "twice": b'{"domains":{"a.nl":{},"a.nl":{}}}',
    "many": b"[" + b"1," * 2_100_000 + b"1]", "page": b"<!doctype html><p>Niet gevonden</p>",
    "utf-16": "naam;bevinding".encode("utf-16"), "empty results": b'{"domains":{}}',
    "version 1": b'{"api_version":"1.0","domains":{"a.nl":{}}}', "list": b"[1,2,3]",
}  # fmt: skip


def refusal(kind: str, body: bytes) -> dict[str, str]:
    """Return why a file is refused, or nothing when it is not."""
    try:
        report = read(kind, body, AT)
    except Unreadable as error:
        return error.remark.reason
    # A sheet of which nobody knows the columns asks for them.
    return report.wrong["subject"] if kind == "easm" and report.wrong else {}


def test_what_is_broken_or_hostile_is_refused_in_two_languages() -> None:
    for body in (*BROKEN.values(), bomb(), b"x" * (MAX_BYTES + 1)):
        for kind in KINDS:
            why = refusal(kind, body)
            assert why.get("nl"), (kind, body[:20])
            assert why["nl"] != why["en"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet='{}[]",:;=\n\t*.@- aexmplnlbevinding01', max_size=200).map(str.encode),
    ),
)
def test_no_bytes_bring_a_reader_down(kind: str, body: bytes) -> None:
    assert isinstance(refusal(kind, body), dict)


def test_a_file_without_a_moment_asks_for_one() -> None:
    for kind, body in (
        ("internetnl", results({"a.nl": result({"mail_auth_spf_exist": "passed"})}, request=None)),
        ("rio", b"Domeinnaam\na.nl\n"),
    ):
        with pytest.raises(Unreadable, match="date"):
            read(kind, body)
    report = read("easm", b"Host;Finding;Status\na.nl;CVE-2026-1;open\n")
    assert not report.told
    assert "date" in report.refused[0].reason["en"]
    assert easm.kind_of("vulnerability") == "surface.easm.vulnerability"
