# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of systems: what belongs where, what is refused, and what it shows of 5.14.04."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from dijkring.controls.models import Requirement
from dijkring.core import clock, registers
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Fact, Standing
from dijkring.landscape.models import Party
from dijkring.organisations.models import User
from dijkring.surface import addresses
from dijkring.surface.facts import REGISTER
from dijkring.surface.models import Domain, Part, System
from dijkring.surface.selectors import ports
from dijkring.surface.selectors import systems as selectors
from dijkring.surface.services import domains, systems
from dijkring.surface.services.systems import Wanted
from dijkring.surface.tests.conftest import stated
from dijkring.tests.harness.people import Acting


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    with acting(alice) as actor:
        yield actor


def shown(name: str) -> dict[str, str]:
    """Return, per kind, what the register shows of a name."""
    rows = Fact.objects.filter(source=REGISTER, member=name, until=None)
    return {row.kind.rpartition(".")[2]: row.state for row in rows}


ADDRESSES = [
    ("203.0.113.5", " 203.0.113.5 "),
    (" 203.0.113.0/24 ", " 203.0.113.0/24 "),
    ("2001:DB8:0::5", " 2001:db8::5 "),
    ("2001:db8::/48", "2001:db8::/48"),
    ("https://api.dijkerveen.nl/v1", "https://api.dijkerveen.nl/v1"),
    ("203.0.113.5/24", "Write 203.0.113.0/24"),
    ("10.1.2.3", "cannot be reached"),
    ("169.254.169.254", "cannot be reached"),
    ("0.0.0.0/0", "wider"),
    ("dijkerveen", "is no address"),
    ("ftp://dijkerveen.nl/", "is no address"),
    ("https://jan:geheim@api.dijkerveen.nl/", "password"),
    ("https://localhost/", "localhost"),
]


def said_of(text: str) -> str:
    with translation.override("en"):
        try:
            return f" {addresses.checked(text)} "
        except Refused as refused:
            return refused.message


def test_who_mends_it_is_a_party_under_the_name_it_has_now(ciso: Actor) -> None:
    stated(ciso, "dijkerveen.nl", responsible="Waterweb")
    for place, name in enumerate(("Zuiderhost", " zuiderhost ", "")):
        wanted = Wanted(f"Systeem {place}", supplier=name, names=["dijkerveen.nl"])
        systems.add(actor=ciso, wanted=wanted)
    party = Party.objects.get()
    assert set(System.objects.values_list("supplier", "party")) == {
        ("Zuiderhost", party.pk),
        ("", None),
    }
    assert selectors.known_suppliers(ciso.organisation_id) == ["Waterweb", "Zuiderhost"]
    party.name = "Zuiderhost Cloud"
    party.save()
    assert selectors.suppliers_of(ciso.organisation_id) == {"dijkerveen.nl": "Zuiderhost Cloud"}
    assert {one.mender for one in selectors.systems(ciso.organisation_id)} == {party.name, ""}


def test_an_address_is_kept_in_one_form_or_refused_in_words() -> None:
    for text, expected in ADDRESSES:
        assert expected in said_of(text), text


def test_a_name_without_a_system_breaks_and_a_system_with_an_owner_mends(ciso: Actor) -> None:
    first = stated(ciso, "dijkerveen.nl")
    assert shown(first.name) == {}  # there is no register yet
    parking = systems.add(
        actor=ciso, wanted=Wanted("Parkeren", part=Part.CUSTOMER, names=["p.sluisdijk.nl"])
    )
    assert shown(first.name) == {"web": "fail", "mail": "fail"}
    new = Domain.objects.get(name="p.sluisdijk.nl")
    assert (new.part, new.state) == (Part.CUSTOMER, "registered")
    assert [one.name for one in selectors.without_system(ciso.organisation_id)] == [first.name]

    site = systems.add(actor=ciso, wanted=Wanted("Website", names=[first.name]))
    assert shown(first.name) == {"web": "fail", "mail": "fail"}  # nobody owns it
    owned = Wanted("Website", names=[first.name], owner_id=ciso.user_id)
    systems.change(actor=ciso, system=site, wanted=owned)
    assert shown(first.name) == {"web": "pass", "mail": "pass"}
    systems.retire(actor=ciso, system=site, reason="Vervangen.")
    assert shown(first.name) == {"web": "fail", "mail": "fail"}
    assert systems.place(actor=ciso, system=parking, names=[first]) == 1
    later = stated(ciso, "waterveen.nl")
    assert shown(later.name) == {"web": "fail", "mail": "fail"}


def test_what_a_register_refuses(ciso: Actor, acting: Acting, bob: User) -> None:
    made = systems.add(actor=ciso, wanted=Wanted("Website"))
    tomorrow = clock.today() + timedelta(days=1)
    for wanted, field in (
        (Wanted("  "), "name"),
        (Wanted("WEBSITE"), "name"),
        (Wanted("Mail", reviewed_on=tomorrow), "reviewed_on"),
        (Wanted("Mail", owner_id=0), "owner_id"),
        (Wanted("Mail", names=["printer.local"]), "names"),
        (Wanted("Mail", addresses=["127.0.0.1"]), "addresses"),
    ):
        with pytest.raises(Refused) as refused:
            systems.add(actor=ciso, wanted=wanted)
        assert refused.value.field == field, wanted
    systems.retire(actor=ciso, system=made, reason="Weg.")
    with pytest.raises(Refused):
        systems.review(actor=ciso, system=made)
    with pytest.raises(Refused):
        systems.change(actor=ciso, system=made, wanted=Wanted("Website"))
    with pytest.raises(Refused):
        systems.retire(actor=ciso, system=made, reason="Nog eens.")
    assert System.objects.count() == 1
    with acting(bob) as reader, pytest.raises(Forbidden):
        systems.add(actor=reader, wanted=Wanted("Mail"))


def test_only_an_owner_with_proof_in_the_dns_may_have_ports_tested(ciso: Actor) -> None:
    by_word = stated(ciso, "dijkerveen.nl")
    assert not selectors.may_test_ports(by_word)
    by_word.authority = Domain.Authority.DNS_TXT
    by_word.save()
    below = domains.register_domain(actor=ciso, name="www.dijkerveen.nl")
    assert selectors.ports_may_be_tested([by_word, below]) == {by_word.pk, below.pk}
    for part in (Part.CUSTOMER, Part.JOINT):
        systems.state_part(actor=ciso, domain=below, part=part)
        assert selectors.ports_may_be_tested([by_word, below]) == {by_word.pk}
    systems.state_part(actor=ciso, domain=below, part=Part.OWNER)
    rented = Wanted("Zaaksysteem", part=Part.CUSTOMER, names=["www.dijkerveen.nl"])
    systems.add(actor=ciso, wanted=rented)
    assert selectors.ports_may_be_tested([by_word, below]) == {by_word.pk}
    elsewhere = Wanted("Parkeren", part=Part.CUSTOMER, addresses=["203.0.113.0/24"])
    systems.add(actor=ciso, wanted=elsewhere)
    scope = ports.scope(ciso.organisation_id)
    for address, host, ours in (
        ("198.51.100.1", "mail.dijkerveen.nl", True),
        ("203.0.113.9", "mail.dijkerveen.nl", False),
        ("198.51.100.1", "www.dijkerveen.nl", False),
        ("198.51.100.1", "sluisdijk.nl", False),
    ):
        assert bool(scope.barred(address, [host])) is not ours, (address, host)
    systems.state_part(actor=ciso, domain=by_word, part=Part.CUSTOMER)
    assert not selectors.may_test_ports(by_word)


def test_the_sheet_goes_out_and_comes_back(ciso: Actor) -> None:
    sheet = registers.get("systems")
    assert sheet is not None
    assert sheet.add is not None
    assert sheet.change is not None
    wanted = Wanted(
        "Website", owner_id=ciso.user_id, names=["dijkerveen.nl"], addresses=["203.0.113.5"]
    )
    systems.add(actor=ciso, wanted=wanted)
    [line] = sheet.lines(ciso.organisation_id)
    assert (line.values["names"], line.values["addresses"]) == ("dijkerveen.nl", "203.0.113.5")
    values = {**line.values, "names": "dijkerveen.nl, www.dijkerveen.nl", "supplier": "Zuiderhost"}
    sheet.change(ciso, line.id, values, frozenset({"names", "supplier"}))
    [line] = sheet.lines(ciso.organisation_id)
    assert line.values["names"] == "dijkerveen.nl www.dijkerveen.nl"
    assert selectors.suppliers_of(ciso.organisation_id)["www.dijkerveen.nl"] == "Zuiderhost"
    sheet.add(ciso, {**values, "name": "Mail", "names": None, "owner": "", "kind": None})
    with pytest.raises(Refused):
        sheet.add(ciso, {**values, "name": "Nog een", "owner": "onbekend@example.org"})


def test_a_name_in_no_system_breaks_the_norm_and_a_full_register_does_not_make_it(
    ciso: Actor,
) -> None:
    site = stated(ciso, "dijkerveen.nl")
    norm = Requirement.objects.get(framework__key="bio2", ref="5.14.04")

    def verdict() -> str:
        rows = Standing.objects.filter(requirement=norm, organisation_id=ciso.organisation_id)
        return rows.values_list("verdict", flat=True).first() or "not_assessed"

    assert verdict() == "not_assessed"
    system = systems.add(actor=ciso, wanted=Wanted("Parkeren", owner_id=ciso.user_id))
    assert verdict() == "not_met"
    systems.place(actor=ciso, system=system, names=[site])
    assert verdict() == "not_assessed"
