# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a server speaks TLS: the same rules for sites and mail servers, over observations."""

import pytest

from dijkring.surface.engine.checks import CHECKS
from dijkring.surface.engine.tests.cases_tls import MAIL_TLS_CASES, WEB_TLS_CASES, Case
from dijkring.surface.engine.tests.seen import domain, mail_server, site


def rows(table: dict[str, list[Case]]) -> list[tuple[str, dict[str, object], str, str]]:
    return [(check, *case) for check, cases in table.items() for case in cases]


@pytest.mark.parametrize(("check", "changed", "state", "reason"), rows(WEB_TLS_CASES))
def test_of_a_site(check: str, changed: dict[str, object], state: str, reason: str) -> None:
    verdict = CHECKS[check].judge((domain(), site(**changed)))
    assert (verdict.state, verdict.reason) == (state, reason)


@pytest.mark.parametrize(("check", "changed", "state", "reason"), rows(MAIL_TLS_CASES))
def test_of_a_mail_server(check: str, changed: dict[str, object], state: str, reason: str) -> None:
    verdict = CHECKS[check].judge((domain(), mail_server(**changed)))
    assert (verdict.state, verdict.reason) == (state, reason)
