# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be brought in, and which columns each of them may have."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dijkring.documents.reading.columns import Cell, Field
from dijkring.onboarding.intake import values


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that can be brought in; `right` is what somebody needs for it."""

    id: str
    label: Promise | str
    purpose: Promise | str
    right: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """Return one field by its name."""
        return next(one for one in self.fields if one.name == name)

    def read(self, field: Field, cell: Cell) -> Any:
        """Return the value of a cell that is not empty; raises Wrong with the reason in words."""
        return values.read(field.type, cell)


def _words(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(","))


_REF = _words(
    "nr,nummer,id,ref id,ref,referentie,norm,normnummer,maatregel,maatregelnummer,bio,bio nr,"
    "bio nummer,bio maatregel,control,controlnummer,beheersmaatregel,eis,artikel,code"
)
_OWNER = _words(
    "eigenaar,verantwoordelijke,actiehouder,owner,e mail eigenaar,email eigenaar,houder,"
    "proceseigenaar,wie,toegewezen aan,assigned to"
)

JUDGEMENTS = Kind(
    "judgements",
    _("Judgements"),
    _("Last year's answers: per number a verdict. Each waits until somebody confirms it."),
    "onboarding.bring_in",
    (
        Field("ref", _("Number"), _REF, "ref", required=True, limit=100),
        Field(
            "verdict",
            _("Verdict"),
            _words(
                "oordeel,status,voldaan,voldoet,resultaat,score,compliance result,result,verdict,"
                "antwoord,ensia antwoord,stand,bevinding status,volwassenheid,compliancy"
            ),
            "verdict",
            required=True,
        ),
        Field(
            "reason",
            _("Explanation"),
            _words(
                "toelichting,onderbouwing,opmerking,opmerkingen,reden,observation,observations,"
                "bewijs,motivatie,uitleg,reason,bevinding,comply or explain"
            ),
            limit=4000,
        ),
        Field(
            "said_by",
            _("Said by"),
            _words("beoordelaar,beoordeeld door,door,auditor,ingevuld door,judged by,assessor"),
        ),
        Field(
            "said_on",
            _("Said on"),
            _words("datum,beoordeeld op,datum oordeel,peildatum,date,judged on,datum beoordeling"),
            "date",
        ),
        Field(
            "valid_until",
            _("Valid until"),
            _words("geldig tot,herbeoordeling,vervaldatum,valid until,herzien op,geldig t m"),
            "until",
        ),
        Field(
            "about",
            _("About which system or process"),
            _words("systeem,proces,applicatie,onderdeel,system,process,scope,afdeling,locatie"),
        ),
        Field(
            "assessable",
            _("Is it judged? (yes or no)"),
            _words("assessable,toetsbaar,beoordeelbaar"),
            "truth",
        ),
    ),
)
ACTIONS = Kind(
    "actions",
    _("Actions"),
    _("Improvements that run: what, who, and when it is due."),
    "actions.edit",
    (
        Field(
            "title",
            _("Title"),
            _words(
                "actie,titel,omschrijving actie,verbeterpunt,verbeteractie,title,naam,action,"
                "name,taak,verbetermaatregel"
            ),
            required=True,
            limit=200,
        ),
        Field(
            "number",
            _("Own number of the action"),
            _words("actienummer,nr,id,nummer,volgnummer,kenmerk,ref id"),
            limit=60,
        ),
        Field(
            "description",
            _("What to do"),
            _words("omschrijving,toelichting,beschrijving,description,wat"),
            limit=8000,
        ),
        Field("owner", _("Owner"), _OWNER, limit=254),
        Field(
            "due_on",
            _("Due date"),
            _words(
                "einddatum,deadline,gereed,gereed op,due,due date,streefdatum,planning,"
                "uiterlijk,eta,datum gereed"
            ),
            "until",
        ),
        Field("priority", _("Priority"), _words("prioriteit,prio,priority,urgentie"), "priority"),
        Field("cost", _("Cost in euros"), _words("kosten,budget,cost,bedrag,begroot"), "money"),
        Field("state", _("State"), _words("status,stand,voortgang,state"), "state"),
        Field(
            "ref",
            _("Number of the requirement"),
            _words(
                "maatregel,bio,norm,normnummer,bio nummer,bio maatregel,eis,control,requirement"
            ),
            "refs",
        ),
    ),
)
OWNERS = Kind(
    "owners",
    _("Owners"),
    _("Who owns which requirement. The owner must have access already."),
    "controls.applicability",
    (
        Field("ref", _("Number"), _REF, "ref", required=True, limit=100),
        Field("owner", _("Owner"), _OWNER, required=True, limit=254),
    ),
)
PEOPLE = Kind(
    "people",
    _("People"),
    _("Whom to invite, in which role. Each gets a link that works once."),
    "organisations.invite",
    (
        Field(
            "email",
            _("E-mail address"),
            _words("e mail,email,mail,e mailadres,emailadres,mailadres"),
            "email",
            required=True,
            limit=254,
        ),
        Field(
            "role", _("Role"), _words("rol,role,functie in dijkring,functie"), "role", required=True
        ),
    ),
)
DOMAINS = Kind(
    "domains",
    _("Domains"),
    _("A list, a sheet, a zone file or the Register Internetdomeinen Overheid."),
    "surface.register",
    (
        Field(
            "name",
            _("Domain name"),
            _words(
                "domein,domeinnaam,domain,domain name,url,website,hostname,host,site,fqdn,"
                "internetdomein,naam,record"
            ),
            "domain",
            required=True,
            limit=300,
        ),
        Field(
            "responsible",
            _("Hosted by"),
            _words(
                "leverancier,hoster,hosting,beheerder,hosted by,provider,hostingpartij,"
                "technisch beheer"
            ),
            limit=120,
        ),
        Field(
            "organisation",
            _("Organisation (other ones are left out)"),
            _words("organisatie,organisation,overheidsorganisatie,houder,organisatie naam"),
        ),
        Field("note", _("Note"), _words("opmerking,toelichting,note,omschrijving,doel"), limit=500),
    ),
)
SYSTEMS = Kind(
    "systems",
    _("Systems on the internet"),
    _("What the internet can reach: per system its owner, names and addresses."),
    "surface.systems",
    (
        Field(
            "name",
            _("Name of the system"),
            _words("systeem,naam,system,name,applicatie,toepassing,systeemnaam,applicatienaam"),
            required=True,
            limit=160,
        ),
        Field("kind", _("Kind"), _words("soort,type,kind,categorie"), limit=60),
        Field("part", _("What are we?"), _words("rol,wij zijn,role,onze rol,verhouding"), limit=60),
        Field("owner", _("Owner"), _OWNER, limit=254),
        Field(
            "supplier",
            _("Who mends it"),
            _words("leverancier,hoster,supplier,hosted by,provider,beheerder,wie herstelt het"),
            limit=120,
        ),
        Field("purpose", _("Purpose"), _words("doel,omschrijving,purpose,toelichting"), limit=500),
        Field(
            "names",
            _("Domain names, with a comma between them"),
            _words("domeinen,domeinnamen,domein,domeinnaam,domains,url,website,hostname,fqdn"),
            limit=20_000,
        ),
        Field(
            "addresses",
            _("Addresses and networks, with a comma between them"),
            _words("adressen,ip adressen,ip adres,ip,addresses,ip bereik,ip range,netwerk"),
            limit=20_000,
        ),
        Field(
            "reviewed_on",
            _("Reviewed on"),
            _words("nagekeken op,gecontroleerd op,reviewed on,herzien,peildatum"),
            "date",
        ),
    ),
)
NUMBERS = Kind(
    "numbers",
    _("Was-becomes list"),
    _("Which number of an old norm became which number of the norm in force."),
    "onboarding.bring_in",
    (
        Field(
            "was",
            _("Old number"),
            _words("was,oud,oud nummer,bio 1 04,bio1 04,van,old,bio oud,bio 1 0,bio1"),
            "old",
            required=True,
            limit=100,
        ),
        Field(
            "becomes",
            _("New number"),
            _words("wordt,nieuw,nieuw nummer,bio2,bio 2,naar,new,becomes,bio2 maatregel"),
            "refs",
            limit=300,
        ),
        Field("note", _("Note"), _words("opmerking,toelichting,note"), limit=500),
    ),
)
KINDS = {one.id: one for one in (DOMAINS, SYSTEMS, PEOPLE, NUMBERS, JUDGEMENTS, OWNERS, ACTIONS)}
