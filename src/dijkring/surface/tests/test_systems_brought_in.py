# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Systems from a sheet: its columns are recognised, wrong lines are refused, it is taken back."""

from io import BytesIO

from dijkring.core.access import Actor
from dijkring.onboarding.models import Intake
from dijkring.onboarding.services import bringing, files, planning
from dijkring.organisations.models import User
from dijkring.surface.models import Domain, Part, System
from dijkring.surface.services import systems
from dijkring.surface.services.systems import Wanted
from dijkring.tests.harness.people import Acting

SHEET = """Systeem;Soort;Rol;Eigenaar;Leverancier;Domeinen;IP-adressen;Nagekeken op
Zaaksysteem;webapplicatie;klant;{owner};Zuiderhost;"zaken.sluisdijk.nl, z.sluisdijk.nl";;1-11-2026
Koppeling;API;eigenaar;;;api.dijkerveen.nl;203.0.113.0/24 2001:db8::5;
Fout adres;netwerk;;;;;10.1.2.3;
Fout soort;toverdoos;;;;;;
Fout eigenaar;;;niemand@example.org;;;;
Met de hand;;;;;;;
"""


def plan_of(actor: Actor, body: str) -> tuple[Intake, planning.Plan]:
    intake = files.keep(
        actor=actor, kind="systems", name="systemen.csv", content=BytesIO(body.encode())
    )
    return intake, planning.plan(actor=actor, intake=intake)


def test_a_sheet_of_systems_is_looked_at_brought_in_and_taken_back(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        systems.add(actor=actor, wanted=Wanted("Met de hand"))
        body = SHEET.format(owner=alice.email)
        intake, plan = plan_of(actor, body)
        assert not plan.wrong
        assert [one.status for one in plan.lines] == [
            "new", "new", "refused", "refused", "refused", "unchanged",
        ]  # fmt: skip
        assert "10.1.2.3" in plan.lines[2].reason
        assert System.objects.count() == 1  # nothing is written before somebody agrees
        bringing.confirm(actor=actor, intake=intake, mark=plan.mark)
        case = System.objects.get(name="Zaaksysteem")
        assert (case.part, case.owner_id, case.supplier) == (Part.CUSTOMER, alice.pk, "Zuiderhost")
        assert str(case.reviewed_on) == "2026-11-01"
        named = Domain.objects.filter(belongings__system=case).values_list("name", "part")
        assert set(named) == {("zaken.sluisdijk.nl", "customer"), ("z.sluisdijk.nl", "customer")}

        again, plan = plan_of(actor, body.replace("Zuiderhost", "Noorderhost"))
        assert [one.status for one in plan.lines][:2] == ["changed", "unchanged"]
        bringing.confirm(actor=actor, intake=again, mark=plan.mark)
        case.refresh_from_db()
        assert case.supplier == "Noorderhost"

        first = Intake.objects.get(pk=intake.pk)
        stays = bringing.take_back(actor=actor, intake=first, reason="Verkeerd blad.")
        assert not stays
        left = System.objects.filter(retired_at=None).values_list("name", flat=True)
        assert set(left) == {"Met de hand", "Zaaksysteem"}
