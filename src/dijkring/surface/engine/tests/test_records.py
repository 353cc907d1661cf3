# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine import csp, dmarc, spf
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.mail import is_dmarc, org_domain
from dijkring.surface.engine.observations import Lookup
from dijkring.surface.engine.tests.seen import GOOD_CSP, found, lost

A = "a.example"


def records(**texts: str | Lookup) -> dict[str, Lookup]:
    named = {key.replace("_", ".") + ".example": value for key, value in texts.items()}
    return {
        name: value if isinstance(value, Lookup) else found(name, "TXT", value)
        for name, value in named.items()
    }


LOOP = records(a="v=spf1 include:b.example -all", b="v=spf1 include:a.example -all")
ELEVEN = "v=spf1 " + " ".join(f"a:h{n}.example" for n in range(11)) + " -all"


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (records(a="v=spf1 -all"), "spf_strict"),
        (records(a="v=spf1 mx a/24//64 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all"), "spf_strict"),
        (records(a="V=SPF1 MX:mail.a.example/28 ~ALL"), "spf_strict"),
        (records(a="v=spf1 include:b.example -all", b="v=spf1 mx"), "spf_strict"),
        (records(a="v=spf1 include:b.example -all", b="v=spf1 ?all"), "spf_strict"),
        (records(a="v=spf1 redirect=b.example", b="v=spf1 -all"), "spf_strict"),
        (records(a="v=spf1 -all redirect=b.example"), "spf_strict"),
        (records(a="v=spf1 include:%{i}.b.example -all"), "spf_strict"),
        (records(a="v=spf1 mx -all onbekend=ja"), "spf_strict"),
        (records(a="v=spf1 mx ?all"), "spf_too_open"),
        (records(a="v=spf1 mx all"), "spf_too_open"),
        (records(a="v=spf1 include:b.example -all", b="v=spf1 +all"), "spf_too_open"),
        (records(a="v=spf1 redirect=b.example", b="v=spf1 ?all"), "spf_too_open"),
        (records(a="v=spf1 mx"), "spf_no_all"),
        (records(a="v=spf1 include:b.example -all"), "spf_include_missing"),
        (records(a="v=spf1 redirect=b.example"), "spf_redirect_missing"),
        (records(a="v=spf1 mx ipv4:192.0.2.1 -all"), "spf_syntax"),
        (records(a="v=spf1 ip4:2001:db8::1 -all"), "spf_syntax"),
        (records(a="v=spf1 include: -all"), "spf_syntax"),
        (records(a="v=spf1 -all:x"), "spf_syntax"),
        (records(a=ELEVEN), "spf_too_many_lookups"),
        (LOOP, "spf_too_many_lookups"),
    ],
)
def test_spf(known: dict[str, Lookup], reason: str) -> None:
    assert spf.Evaluation(known).verdict(A)[0] == reason


def test_spf_counts_its_lookups() -> None:
    evaluation = spf.Evaluation(
        records(a="v=spf1 mx a include:b.example -all", b="v=spf1 exists:%{i}.x.example ptr -all")
    )
    assert evaluation.verdict(A)[0] == "spf_strict"
    assert evaluation.lookups == 5


def test_spf_does_not_judge_what_it_could_not_look_up() -> None:
    known = records(a="v=spf1 include:b.example -all", b=lost("b.example", "TXT"))
    with pytest.raises(ProbeError, match="dns_timeout"):
        spf.Evaluation(known).verdict(A)


@given(st.text(max_size=80))
def test_any_text_is_an_spf_record_or_wrong(text: str) -> None:
    reason, _ = spf.Evaluation(records(a=f"v=spf1 {text}")).verdict(A)
    assert reason.startswith("spf_")
    assert spf.targets(f"v=spf1 {text}") is not None


@pytest.mark.parametrize(
    ("record", "inherited", "policy"),
    [
        ("v=DMARC1; p=reject", False, "reject"),
        ("v=DMARC1;p=Quarantine;sp=none", False, "quarantine"),
        ("v=DMARC1; p=reject; sp=none", True, "none"),
        ("v=DMARC1; p=reject", True, "reject"),
        ("v = DMARC1 ; p = none ;", False, "none"),
        ("v=DMARC1; rua=mailto:a@a.example", False, "none"),
    ],
)
def test_dmarc_policy(record: str, inherited: bool, policy: str) -> None:
    assert is_dmarc(record)
    assert dmarc.policy(dmarc.parse(record), inherited) == policy


@pytest.mark.parametrize(
    "record",
    ["v=DMARC1; p=weigeren", "v=DMARC1; p", "p=none; v=DMARC1", "v=DMARC1; p=none; p=none"],
)
def test_dmarc_that_receivers_ignore(record: str) -> None:
    with pytest.raises(dmarc.DmarcSyntaxError):
        dmarc.parse(record)


@given(st.text(max_size=80))
def test_any_text_is_a_dmarc_record_or_wrong(text: str) -> None:
    try:
        dmarc.parse(f"v=DMARC1;{text}")
    except dmarc.DmarcSyntaxError:
        pass


@pytest.mark.parametrize(
    ("name", "above"),
    [("www.a.example", A), ("a.b.gemeente.co.uk", "gemeente.co.uk"), ("co.uk", "co.uk"), (A, A)],
)
def test_organisational_domain(name: str, above: str) -> None:
    assert org_domain(name) == above


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (GOOD_CSP, None),
        (GOOD_CSP.replace("default-src 'self'", "default-src 'none'"), None),
        (GOOD_CSP.replace("'self'", "'self' https://*.a.example", 1), None),
        (GOOD_CSP + "; img-src https://beeld.example; report-to groep; sandbox allow-forms", None),
        (f"default-src *, {GOOD_CSP}", None),
        (GOOD_CSP.upper(), None),
        ("", "csp_empty"),
        (GOOD_CSP + "; script-src 'unsafe-inline'", "csp_unsafe_inline"),
        (GOOD_CSP + "; script-src 'unsafe-eval'", "csp_unsafe_eval"),
        (GOOD_CSP + "; script-src 'unsafe-hashes'", "csp_unsafe_hashes"),
        (GOOD_CSP + "; img-src http:", "csp_http"),
        (GOOD_CSP + "; img-src http://a.example", "csp_http"),
        (GOOD_CSP + "; img-src https:", "csp_bare_https"),
        (GOOD_CSP + "; img-src beeld.example", "csp_host_without_scheme"),
        (GOOD_CSP + "; script-src data:", "csp_data"),
        (GOOD_CSP + "; img-src *", "csp_any_host"),
        (
            GOOD_CSP.replace("default-src 'self'", "default-src https://x.example"),
            "csp_default_src",
        ),
        (GOOD_CSP.replace("base-uri 'self'; ", ""), "csp_base_uri"),
        (GOOD_CSP.replace("form-action 'self'; ", ""), "csp_form_action"),
        (GOOD_CSP.replace("; frame-ancestors 'none'", ""), "csp_frame_ancestors"),
    ],
)
def test_content_security_policy(header: str, problem: str | None) -> None:
    found_problems = csp.problems(header, A)
    assert (found_problems == []) if problem is None else (problem in found_problems)


@given(st.text(max_size=120))
def test_any_text_is_a_policy(text: str) -> None:
    assert isinstance(csp.problems(text, A), list)
