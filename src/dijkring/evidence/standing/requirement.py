# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From rules, judgements, provisions and carriers to the standing of a requirement."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from dijkring.evidence.standing.rules import count, judge, next_turn, rule_note
from dijkring.evidence.standing.words import (
    LAYERS,
    Inputs,
    Judgement,
    Layer,
    LayerStanding,
    Line,
    Note,
    Provision,
    Reason,
    Ref,
    Rule,
    Source,
    Standing,
    Verdict,
    badness,
    combine,
    utc,
)


class _Voice(NamedTuple):
    """What one speaker says from one moment on; verdict None is silence."""

    layers: tuple[Layer, ...]
    source: Source
    id: Ref
    verdict: Verdict | None
    note: Note
    in_repair: int
    unconfirmed: int
    changes_at: datetime | None


_Speaker = Rule | Judgement | Provision
# Per layer its verdict (None: left out) and how many subjects are in repair.
_Outcome = list[tuple[Verdict | None, int]]

_LINE_NOTES = {line: Note(line.value) for line in Line}


def standing(inputs: Inputs, at: datetime) -> Standing:
    """Return the standing of one requirement at a moment.

    Per layer the worst voice counts and a layer in which nobody decides is not assessed; over all
    the worst layer counts. A judgement past its date is to be shown again; a lapsed provision is
    not measured. A requirement that others carry takes the worst of those and of the layers in
    which somebody speaks; the other layers are left out. Over all, the worst scope counts too;
    what is not judged apart stands or falls with what is said without a scope.
    """
    if not inputs.applicable:
        return Standing(Verdict.NOT_APPLICABLE, ())
    at = utc(at)
    asked = tuple([layer for layer in LAYERS if layer in inputs.layers])
    speakers = _speakers(inputs, asked)
    voices = [_speak(speaker, at) for speaker in speakers]
    outcome = _outcome(voices, asked, inputs)
    moment, then = _lapse(outcome, inputs, asked, speakers, voices)
    return Standing(
        verdict=_whole(outcome, inputs),
        layers=_layer_standings(asked, outcome, voices),
        lapses_at=moment,
        becomes=None if moment is None else _whole(then, inputs),
        carried=_worst_first(_reasons_of(inputs.carried_by, Source.CARRIED, Note.CARRIES)),
        scopes=_worst_first(_reasons_of(inputs.scopes, Source.SCOPE, Note.PART)),
    )


def _speakers(inputs: Inputs, asked: tuple[Layer, ...]) -> list[_Speaker]:
    speakers: list[_Speaker] = [rule for rule in inputs.rules if rule.layer in asked]
    speakers += [judgement for judgement in inputs.judgements if judgement.layer in asked]
    speakers += inputs.provisions
    return speakers


def _speak(speaker: _Speaker, at: datetime) -> _Voice:
    if isinstance(speaker, Rule):
        return _rule_voice(speaker, at)
    if isinstance(speaker, Judgement):
        return _judgement_voice(speaker, at)
    return _provision_voice(speaker, at)


def _judgement_voice(judgement: Judgement, at: datetime) -> _Voice:
    verdict, until = judgement.verdict, judgement.valid_until
    if until is not None and at >= until:
        verdict, until = Verdict.SHOW_AGAIN, None
    note = _LINE_NOTES[judgement.line]
    return _Voice((judgement.layer,), Source.JUDGEMENT, judgement.id, verdict, note, 0, 0, until)


def _provision_voice(provision: Provision, at: datetime) -> _Voice:
    verdict, until, note = provision.verdict, provision.valid_until, Note.PUBLISHED
    if until is not None and at >= until:
        verdict, until, note = Verdict.NOT_MEASURED, None, Note.LAPSED
    return _Voice(provision.layers, Source.PROVISION, provision.id, verdict, note, 0, 0, until)


def _rule_voice(rule: Rule, at: datetime) -> _Voice:
    counts = count(rule, at)
    verdict = judge(counts, rule.tolerance)
    return _Voice(
        layers=(rule.layer,),
        source=Source.RULE,
        id=rule.id,
        verdict=verdict if rule.decides or verdict is Verdict.NOT_MET else None,
        note=rule_note(verdict, counts),
        in_repair=counts.in_repair,
        unconfirmed=counts.unconfirmed,
        changes_at=next_turn(rule, verdict, counts, at),
    )


def _outcome(voices: Sequence[_Voice], asked: tuple[Layer, ...], inputs: Inputs) -> _Outcome:
    silence = None if inputs.carried_by else Verdict.NOT_ASSESSED
    outcome: _Outcome = []
    for layer in asked:
        spoken, in_repair = [], 0
        for voice in voices:
            if layer in voice.layers:
                in_repair += voice.in_repair
                if voice.verdict is not None:
                    spoken.append(voice.verdict)
        outcome.append((combine(spoken) if spoken else silence, in_repair))
    return outcome


def _whole(outcome: _Outcome, inputs: Inputs) -> Verdict:
    own = [verdict for verdict, _ in outcome if verdict is not None]
    others = (*inputs.carried_by, *inputs.scopes)
    return combine(own + [verdict for _, verdict in others])


def _lapse(
    now: _Outcome,
    inputs: Inputs,
    asked: tuple[Layer, ...],
    speakers: Sequence[_Speaker],
    voices: Sequence[_Voice],
) -> tuple[datetime | None, _Outcome]:
    """Walk the moments at which a voice changes until the outcome differs."""
    while moments := [voice.changes_at for voice in voices if voice.changes_at]:
        moment = min(moments)
        voices = [
            _speak(speaker, moment) if voice.changes_at == moment else voice
            for speaker, voice in zip(speakers, voices, strict=True)
        ]
        then = _outcome(voices, asked, inputs)
        if then != now:
            return moment, then
    return None, now


def _layer_standings(
    asked: tuple[Layer, ...], outcome: _Outcome, voices: Iterable[_Voice]
) -> tuple[LayerStanding, ...]:
    standings = []
    for layer, (verdict, in_repair) in zip(asked, outcome, strict=True):
        if verdict is not None:
            here = [voice for voice in voices if layer in voice.layers]
            unconfirmed = sum([voice.unconfirmed for voice in here])
            standings.append(LayerStanding(layer, verdict, in_repair, unconfirmed, _reasons(here)))
    return tuple(standings)


def _reasons(voices: Iterable[_Voice]) -> tuple[Reason, ...]:
    spoken = [Reason(v.source, v.id, v.verdict, v.note) for v in voices if v.verdict is not None]
    return _worst_first(spoken)


def _reasons_of(
    verdicts: Iterable[tuple[Ref, Verdict]], source: Source, note: Note
) -> list[Reason]:
    return [Reason(source, ref, verdict, note) for ref, verdict in verdicts]


def _worst_first(reasons: list[Reason]) -> tuple[Reason, ...]:
    if len(reasons) > 1:
        reasons.sort(key=lambda r: (badness(r.verdict), r.source, str(r.id), r.note))
    return tuple(reasons)
