# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One object of every kind, made by the real services, for the tests that visit every page."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from django.conf import settings

from dijkring.accountability import services as accountability
from dijkring.actions import services as actions
from dijkring.controls.importers.pack import Pack
from dijkring.controls.importers.pack import Requirement as Node
from dijkring.controls.models import Framework, LookAgain, Requirement
from dijkring.controls.services import imports
from dijkring.controls.services.storing import import_pack
from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.evidence.models import Fact
from dijkring.evidence.services import deviations, judgements, populations, rounds, uploads
from dijkring.evidence.services.carry_over import carry_over
from dijkring.organisations import services as organisations
from dijkring.organisations.models import Membership, Organisation
from dijkring.surface.services import authority, domains, measuring

Arguments = dict[str, dict[str, Any]]
KIND = "evidence.restore_test"


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th set of objects of an organisation; returns the arguments of each page.

    The actor is a CISO and acts already. A page that is not named here has no arguments.
    """
    makers = (
        make_facts,
        make_judgements,
        make_actions,
        make_people,
        make_domains,
        make_frameworks,
        make_import,
        make_report,
        *_of_rooms(),
    )
    found: Arguments = {}
    for maker in makers:
        found |= maker(actor, n)
    return found


def _of_rooms() -> list[Callable[[Actor, int], Arguments]]:
    """Return what rooms make themselves: `make(actor, n)` in their `tests/objects.py`."""
    names = [f"{room}.tests.objects" for room in settings.ROOMS]
    return [import_module(name).make for name in names if find_spec(name)]


def same(arguments: dict[str, Any], *names: str) -> Arguments:
    return dict.fromkeys(names, arguments)


def make_facts(actor: Actor, n: int) -> Arguments:
    member, system = f"omgeving-{n}", system_actor(actor.organisation_id)
    populations.add(actor=system, population="organisation", member=member)
    failing = rounds.Observation(
        kind=KIND, subject=member, state="fail", detail={"gezien": "niets"}
    )
    rounds.record(
        actor=system, source="proef", member=member, observed_at=clock.now(), observations=[failing]
    )
    fact = Fact.objects.get(subject=member, until=None, organisation_id=actor.organisation_id)
    return same({"pk": fact.pk}, "evidence:fact", "evidence:withdraw", "evidence:deviate_fact")


def leaf(n: int) -> Requirement:
    """Return the `n`-th leaf of BIO2, content that all organisations share."""
    return Requirement.objects.filter(framework__key="bio2", leaf=True).order_by("ref")[n]


def judge(actor: Actor, requirement: Requirement, **values: Any) -> None:
    judgements.judge(
        actor=actor,
        requirement=requirement,
        layer="design",
        line="owner",
        verdict="met",
        reason="Vastgesteld door de directie.",
        valid_until=clock.now() + timedelta(days=200),
        **values,
    )


def make_judgements(actor: Actor, n: int) -> Arguments:
    document = uploads.upload(actor=actor, name=f"besluit-{n}.txt", content=BytesIO(b"Besluit."))
    judge(actor, leaf(n), documents=[document])
    ends_at = clock.now() + timedelta(days=90)
    deviation = deviations.accept(
        actor=actor, requirement=leaf(n), reason="Wordt vervangen.", ends_at=ends_at
    )
    pages = ("requirement", "why", "judge", "deviate")
    return {
        **same({"pk": leaf(n).pk}, "controls:requirement", *(f"evidence:{one}" for one in pages)),
        "evidence:end_deviation": {"pk": deviation.pk},
        "evidence:download": {"pk": document.pk},
    }


def make_actions(actor: Actor, n: int) -> Arguments:
    action = actions.open_action(
        actor=actor,
        title=f"Back-up terugzetten {n}",
        owner_id=actor.user_id,
        due_on=clock.today() + timedelta(days=n),
        subjects=[f"server-{n}"],
        requirements=["bio2:8.13.04"],
    )
    actions.comment(actor=actor, action=action, text="Besproken met de leverancier.")
    return {
        **same({"pk": action.pk}, "actions:action", "actions:change", "actions:comment"),
        "actions:move": {"pk": action.pk, "to": "cancelled"},
        "organisations:audit_object": {"table": "actions-action", "pk": action.pk},
    }


def make_people(actor: Actor, n: int) -> Arguments:
    email = f"nieuw-{n}-{actor.organisation_id}@example.org"
    invitation, _secret = organisations.invite(actor=actor, email=email, role="reader")
    token, _secret = organisations.create_token(
        actor=actor,
        name=f"koppeling {n}",
        scopes=["facts:write"],
        kinds=[KIND],
        expires_at=clock.now() + timedelta(days=30),
    )
    assert actor.user_id is not None
    own = Membership.objects.get(user_id=actor.user_id, organisation_id=actor.organisation_id)
    body = Organisation.objects.filter(participants__isnull=False).order_by("pk").first()
    assert body is not None
    return {
        **same({"pk": own.pk}, "organisations:change_role", "organisations:end_access"),
        "organisations:withdraw_invitation": {"pk": invitation.pk},
        "organisations:withdraw_token": {"pk": token.pk},
        "organisations:organisation": {"pk": body.pk},
    }


def make_domains(actor: Actor, n: int) -> Arguments:
    name = f"proef-{n}-{actor.organisation_id}.example"
    registered = domains.register_domain(actor=actor, name=name)
    stated = domains.register_domain(actor=actor, name=f"www-{name}")
    authority.prove_by_statement(
        actor=actor, domain=stated, name="F. Aydin", function="secretaris", text="Wij mogen dit."
    )
    job = measuring.measure_now(actor=actor)
    pages = ("domain", "measure_domain", "change", "remove")
    return {
        **same({"pk": stated.pk}, *(f"surface:{one}" for one in pages)),
        **same({"pk": registered.pk}, "surface:authority", "surface:statement"),
        **make_leaving_domain(actor, f"weg-{name}"),
        "organisations:job": {"pk": job.pk},
    }


def make_leaving_domain(actor: Actor, name: str) -> Arguments:
    """Make a domain of which somebody wants to be rid, and a second person must agree."""
    leaving = domains.register_domain(actor=actor, name=name)
    authority.prove_by_statement(
        actor=actor, domain=leaving, name="F. Aydin", function="secretaris", text="Wij mogen dit."
    )
    domains.remove_domain(actor=actor, domain=leaving, reason="De site is opgeheven.")
    return {"surface:confirm": {"pk": leaving.pk}}


def own_framework(actor: Actor, n: int, version: str) -> Framework:
    """Make a version of a small norm of the organisation's own; nothing of it stays."""
    words = {"nl": f"Eis in versie {version}", "en": f"Requirement in version {version}"}
    node = Node(
        ref=f"{version}.1",
        parent=None,
        kind="control",
        title=words,
        text=words,
        leaf=True,
        status="active",
        moved_to=None,
        layers=("design",),
        order=1,
        source_line=None,
    )
    pack = Pack(
        framework_id=f"eigen-{n}-{actor.organisation_id}",
        version=version,
        title={"nl": f"Eigen norm {n}", "en": f"Own norm {n}"},
        issuer="Wij",
        published=date(2026, 1, int(version)),
        source="eigen",
        licence="eigen",
        official=False,
        locale="nl",
        requirements=(node,),
    )
    stored = import_pack(pack=pack, actor=actor, organisation_id=actor.organisation_id)
    assert stored.framework_id is not None
    return Framework.objects.get(pk=stored.framework_id)


def make_frameworks(actor: Actor, n: int) -> Arguments:
    old = own_framework(actor, n, "1")
    judge(actor, Requirement.objects.get(framework=old))
    new = own_framework(actor, n, "2")
    carry_over(actor=actor, old=old, new=new)
    again = LookAgain.objects.get(old__framework=old)
    return {
        **same({"pk": new.pk}, "controls:framework", "evidence:carry_over"),
        "controls:looked": {"pk": again.pk},
    }


def make_import(actor: Actor, n: int) -> Arguments:
    body = b"ref;title\n1;Eerste eis\n2;Tweede eis\n"
    file = imports.keep(actor=actor, name=f"norm-{n}.csv", content=BytesIO(body))
    reference = {"reference": file.reference}
    return same(reference, "controls:import_preview", "controls:import_cancel")


def make_report(actor: Actor, n: int) -> Arguments:
    today = clock.today()
    report = accountability.make_report(
        actor=actor, title=f"Rapport {n}", first=today - timedelta(days=90), last=today
    )
    pdf = {"pk": report.pk, "kind": "pdf"}
    return {
        **same({"pk": report.pk}, "accountability:report", "accountability:annex"),
        **same(pdf, "accountability:public_part", "accountability:annex_part"),
        "accountability:move": {"pk": report.pk, "to": "secretary"},
    }
