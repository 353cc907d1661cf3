# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Cbw test: one question at a time, finishing it, reading it and handing it out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.cooperation import blocks, hints, panels
from dijkring.cooperation.cbw import Question, next_question
from dijkring.cooperation.forms import AnswerForm
from dijkring.cooperation.models import CbwTest, Cooperation
from dijkring.cooperation.questionnaire import questionnaire
from dijkring.cooperation.selectors import cbw_tests as select
from dijkring.cooperation.services import cbw_tests as services
from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.workplace.files import hand_out

RIGHT = services.RIGHT


def _test(pk: int) -> CbwTest:
    rows = CbwTest.objects.select_related("cooperation__body", "done_by")
    return get_object_or_404(rows, pk=pk)


def _back(request: Any, test: CbwTest) -> str:
    return link(request, "cooperation:cooperation", test.cooperation_id)


def _trail(request: Any, test: CbwTest) -> list[tuple[str, str]]:
    return [(test.cooperation.name, _back(request, test))]


@page(RIGHT, writes=True)
def begin(request: Any, pk: int) -> HttpResponse:
    """Begin the test, or go on with the one in hand."""
    found = get_object_or_404(Cooperation, pk=pk)
    running = select.in_hand(found, request.actor.organisation_id)
    return pages.form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        title=in_language(questionnaire().title),
        purpose=in_language(questionnaire().caution),
        submit=_("Go on with the test") if running else _("Begin the test"),
        back=link(request, "cooperation:cooperation", pk),
        on_valid=lambda _valid: _begin(request, found),
        trail=[(found.name, link(request, "cooperation:cooperation", pk))],
    )


def _begin(request: Any, found: Cooperation) -> str:
    return _onward(request, services.begin(actor=request.actor, cooperation=found))


def _onward(request: Any, test: CbwTest) -> str:
    """Return the address of the next question, or of the end."""
    question = next_question(questionnaire(), services.answers_of(test))
    if question is None:
        return link(request, "cooperation:finish_test", test.pk)
    return link(request, "cooperation:question", test.pk, question.id)


@page(RIGHT, writes=True)
def question(request: Any, pk: int, question: str) -> HttpResponse:
    """Ask one question."""
    test, asked = _test(pk), _question(question)
    if test.finished_at is not None:
        return redirect(link(request, "cooperation:test", pk))
    form = AnswerForm(
        request.POST or None,
        initial=test.answers.get(asked.id, {}),
        proof=_("Say why, or name the document: %(proof)s Not known? Say who will find out.")
        % {"proof": in_language(asked.proof)},
    )
    return pages.form_page(
        request,
        form,
        title=in_language(asked.text),
        submit=_("Save and go on"),
        back=_back(request, test),
        on_valid=lambda valid: _answer(request, test, asked, valid.cleaned_data),
        trail=_trail(request, test),
        extra={
            "template": "cooperation/question.html",
            "help": in_language(asked.help),
            "article": asked.article,
            "hint": hints.hint(test.cooperation, asked.id),
            "test": test,
            "answered": _answered(test),
        },
    )


def _question(id: str) -> Question:
    try:
        return questionnaire().question(id)
    except KeyError as error:
        raise Http404 from error


def _answered(test: CbwTest) -> list[dict[str, str]]:
    return [
        {
            "id": one.id,
            "text": in_language(one.text),
            "answer": select.answer_words(test.answers[one.id]["answer"]),
        }
        for one in questionnaire().questions
        if one.id in test.answers
    ]


def _answer(request: Any, test: CbwTest, asked: Question, values: dict[str, str]) -> str:
    services.answer(actor=request.actor, test=test, question=asked.id, **values)
    return _onward(request, test)


@page(RIGHT, writes=True)
def finish(request: Any, pk: int) -> HttpResponse:
    """Look over the answers and finish the test."""
    test = _test(pk)
    if test.finished_at is not None:
        return redirect(link(request, "cooperation:test", pk))
    return pages.form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        title=_("Finish the test"),
        purpose=_("No question is left that can change what comes out. Look over your answers."),
        submit=_("Finish the test"),
        back=_back(request, test),
        on_valid=lambda _valid: _finish(request, test),
        trail=_trail(request, test),
        extra={
            "template": "cooperation/question.html",
            "test": test,
            "answered": _answered(test),
        },
    )


def _finish(request: Any, test: CbwTest) -> str:
    services.finish(actor=request.actor, test=test)
    messages.success(request, _("The test is finished."))
    return link(request, "cooperation:test", test.pk)


@page("cooperation.view")
def test(request: Any, pk: int) -> HttpResponse:
    """Show a finished test; one in hand leads on to where it is."""
    found = _test(pk)
    if found.finished_at is None:
        return redirect(_back(request, found))
    return pages.detail_page(
        request,
        found,
        title=_("Cbw test: %(cooperation)s") % {"cooperation": found.cooperation},
        panels=panels.of_test(request, found),
        actions=_actions(request, found),
        trail=_trail(request, found),
    )


def _actions(request: Any, found: CbwTest) -> list[Action]:
    files = [
        Action(label, link(request, "cooperation:test_document", found.pk, kind), icon="document")
        for kind, label in (("pdf", _("As PDF")), ("odt", _("As ODT")))
    ]
    if not request.can(RIGHT):
        return files
    again = Action(
        _("Do the test again"), link(request, "cooperation:begin_test", found.cooperation_id)
    )
    tells = found.cooperation.body_id == request.actor.organisation_id and not found.published_at
    publish = Action(
        _("Tell the participants"), link(request, "cooperation:publish_test", found.pk), "primary"
    )
    return [*([publish] if tells else []), again, *files]


@page(RIGHT, writes=True)
def discard(request: Any, pk: int) -> HttpResponse:
    """Throw away a test in hand."""
    found = _test(pk)
    return pages.confirm_page(
        request,
        title=_("Throw the test away"),
        text=_("The answers so far go. Finished tests stay."),
        submit=_("Throw away"),
        back=_back(request, found),
        on_confirm=lambda _reason: _discard(request, found),
    )


def _discard(request: Any, found: CbwTest) -> str:
    services.discard(actor=request.actor, test=found)
    messages.success(request, _("The test has been thrown away."))
    return _back(request, found)


@page(RIGHT, writes=True)
def publish(request: Any, pk: int) -> HttpResponse:
    """Tell the participants what came out."""
    found = _test(pk)
    return pages.form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        title=_("Tell the participants"),
        purpose=_(
            "Participants see the outcome, the day and the version of the questions. They do not "
            "see your answers and reasons."
        ),
        submit=_("Tell them"),
        back=link(request, "cooperation:test", pk),
        on_valid=lambda _valid: _publish(request, found),
        trail=_trail(request, found),
    )


def _publish(request: Any, found: CbwTest) -> str:
    services.publish(actor=request.actor, test=found)
    messages.success(request, _("The participants see the outcome now."))
    return link(request, "cooperation:test", found.pk)


@page("cooperation.view")
def document(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand out a finished test as a document."""
    found = _test(pk)
    if found.finished_at is None:
        raise Http404
    made = blocks.test_document(found, request.organisation.name)
    return hand_out(made, kind, request.organisation.organisation_id)
