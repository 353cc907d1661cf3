# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody sees when the database is lost or its disk is full."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from dijkring.core.middleware import ErrorPages


def answer(view: str) -> HttpResponse:
    def work(_request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute(view)
        raise AssertionError("the database took it")

    request = RequestFactory().get("/")
    try:
        return work(request)
    except OperationalError as error:
        found = ErrorPages(work).process_exception(request, error)
        assert found is not None
        return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "words"),
    [("53100", "De schijf van de server is vol"), ("57P01", "De database antwoordt niet")],
)
def test_a_broken_database_says_so(code: str, words: str) -> None:
    raised = answer(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$")
    assert raised.status_code == 503
    assert words in raised.content.decode()
