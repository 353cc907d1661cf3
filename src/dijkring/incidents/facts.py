# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of fact of this room: recorded daily once there is an incident."""

from datetime import timedelta

from dijkring.evidence.kinds import FactKind, register

SOURCE = "incidents"
# There since the first incident; without one there is nothing to be good at.
REGISTER, MEMBER = "incidents.register", "register"
# One member per incident that had to be reported.
REPORTING = "incidents.reporting"
# Recorded daily; a week leaves room for days on which nothing ran.
VALIDITY = timedelta(days=7)
KEPT, IN_TIME = "incidents.register_kept", "incidents.reported_in_time"
# What the register says of the last year; recorded together, of the register as a whole.
DETECTED, CONTAINED = "incidents.time_to_detect", "incidents.time_to_contain"
RECOVERED, AVOIDABLE = "incidents.time_to_recover", "incidents.avoidable"
LESSONS, BOARD = "incidents.lessons_closed", "incidents.board_informed"
BREACHES, PLAYBOOKS = "incidents.breaches_kept", "incidents.playbooks"
STAFF, LOGS = "incidents.staff_reporting", "incidents.logs_sufficed"
INTACT = "incidents.evidence_intact"

register(
    FactKind(
        id=KEPT,
        label={
            "nl": "Register van incidenten wordt bijgehouden",
            "en": "Register of incidents is kept",
        },
        subject_type="register",
        validity=VALIDITY,
        population=REGISTER,
        what={
            "nl": "Elk incident is binnen een dag opgepakt en binnen drie dagen gewogen.",
            "en": "Each incident was taken up within a day and weighed within three days.",
        },
        why={
            "nl": "Wat blijft liggen, wordt te laat of niet gemeld, en niemand leert ervan.",
            "en": "What is left lying is reported late or not at all, and nobody learns from it.",
        },
        mend={
            "nl": "Pak de genoemde incidenten op en weeg of zij gemeld moeten worden.",
            "en": "Take up the incidents named and weigh whether they must be reported.",
        },
        repair_days=7,
    )
)
register(
    FactKind(
        id=IN_TIME,
        label={"nl": "Incident op tijd gemeld", "en": "Incident reported in time"},
        subject_type="incident",
        validity=VALIDITY,
        population=REPORTING,
        what={
            "nl": "Elke melding en elk verslag ging voor het uiterste tijdstip weg.",
            "en": "Every notification and report went before its latest instant.",
        },
        why={
            "nl": "Wie te laat meldt, krijgt te laat hulp en kan een boete krijgen.",
            "en": "Who reports late gets help late and may be fined.",
        },
        mend={
            "nl": "Meld alsnog, leg vast waarom het te laat was, en oefen het melden.",
            "en": "Report still, record why it was late, and exercise the reporting.",
        },
    )
)


def _of_register(
    id: str, label: tuple[str, str], what: tuple[str, str], why: tuple[str, str],
    mend: tuple[str, str], repair_days: int = 30,
) -> None:  # fmt: skip
    texts = [{"nl": nl, "en": en} for nl, en in (label, what, why, mend)]
    register(
        FactKind(
            id=id,
            label=texts[0],
            subject_type="register",
            validity=VALIDITY,
            population=REGISTER,
            what=texts[1],
            why=texts[2],
            mend=texts[3],
            repair_days=repair_days,
        )
    )


_of_register(
    DETECTED,
    ("Incidenten snel ontdekt", "Incidents detected quickly"),
    (
        "Negen van de tien incidenten van het laatste jaar zijn ontdekt binnen uw eigen doel.",
        "Nine in ten incidents of the last year were detected within the target that you set.",
    ),
    (
        "Hoe langer een aanvaller onopgemerkt blijft, hoe groter de schade.",
        "The longer an attacker stays unnoticed, the greater the damage.",
    ),
    (
        "Kijk bij de genoemde incidenten waarom het niet eerder opviel, en verbeter de bewaking.",
        "Look at the incidents named why it was not noticed sooner, and improve the monitoring.",
    ),
    90,
)
_of_register(
    CONTAINED,
    ("Incidenten snel ingedamd", "Incidents contained quickly"),
    (
        "Negen van de tien incidenten van het laatste jaar zijn ingedamd binnen uw eigen doel.",
        "Nine in ten incidents of the last year were contained within the target that you set.",
    ),
    (
        "Wat niet is ingedamd, breidt zich uit naar andere systemen en andere organisaties.",
        "What is not contained spreads to other systems and other organisations.",
    ),
    (
        "Oefen het indammen, en leg vast wie systemen mag afsluiten.",
        "Exercise containing, and record who may cut systems off.",
    ),
    90,
)
_of_register(
    RECOVERED,
    ("Snel hersteld van incidenten", "Recovered from incidents quickly"),
    (
        "Van negen van de tien incidenten van het laatste jaar is hersteld binnen uw eigen doel.",
        "Of nine in ten incidents of the last year was recovered within the target that you set.",
    ),
    (
        "Zolang niet is hersteld, missen inwoners de dienst.",
        "As long as there is no recovery, residents miss the service.",
    ),
    (
        "Oefen het terugzetten van reservekopieën, en pas de noodvoorziening aan.",
        "Exercise restoring backups, and adapt what you fall back on.",
    ),
    90,
)
_of_register(
    AVOIDABLE,
    ("Weinig vermijdbare incidenten", "Few avoidable incidents"),
    (
        "Het aantal incidenten van het laatste jaar dat te vermijden was, ligt niet boven uw doel.",
        "The number of incidents of the last year that could be avoided is not above your target.",
    ),
    (
        "De Agenda Digitale Veiligheid wil dat vermijdbare incidenten in 2030 niet meer voorkomen.",
        "The Agenda for digital safety wants no more avoidable incidents by 2030.",
    ),
    (
        "Maak van de oorzaken van de genoemde incidenten acties en voer die uit.",
        "Make actions of the causes of the incidents named, and carry those out.",
    ),
    90,
)
_of_register(
    LESSONS,
    ("Lessen op tijd uitgevoerd", "Lessons carried out in time"),
    (
        "Acties die uit incidenten kwamen, waren klaar voor hun datum.",
        "Actions that came from incidents were ready before their day.",
    ),
    (
        "Een les die blijft liggen, komt terug als incident.",
        "A lesson that is left lying comes back as an incident.",
    ),
    (
        "Voer de genoemde acties uit, of kies met een reden een andere datum.",
        "Carry out the actions named, or choose another day with a reason.",
    ),
)
_of_register(
    BOARD,
    ("Bestuur op de hoogte van ernstige incidenten", "Board informed of grave incidents"),
    (
        "Van elk ernstig incident ging op tijd bericht aan raad of bestuur.",
        "Of each grave incident council or board was told in time.",
    ),
    (
        "Het bestuur is verantwoordelijk en moet kunnen uitleggen wat er gebeurde.",
        "The board is accountable and must be able to explain what happened.",
    ),
    (
        "Stel het bericht aan de raad op bij het incident, en leg vast dat het is verstuurd.",
        "Draw up the notice to the council with the incident, and record that it was sent.",
    ),
    7,
)
_of_register(
    PLAYBOOKS,
    ("Draaiboeken zijn gebruikt of geoefend", "Playbooks were used or practised"),
    (
        "Voor elke soort incident die u had, is dit jaar een draaiboek gebruikt of geoefend.",
        "For each kind of incident that you had, a playbook was used or practised this year.",
    ),
    (
        "Een draaiboek dat niemand kent, wordt in de nacht niet gevonden.",
        "A playbook that nobody knows is not found at night.",
    ),
    (
        "Oefen een incident van de genoemde soort met het draaiboek.",
        "Exercise an incident of the kind named with its playbook.",
    ),
    90,
)
_of_register(
    BREACHES,
    ("Register van datalekken is volledig", "Register of breaches is complete"),
    (
        "Elk incident met persoonsgegevens is op tijd volledig vastgelegd in het register van "
        "datalekken.",
        "Each incident with personal data was written down in full, in time, in the register of "
        "breaches.",
    ),
    (
        "De AVG vraagt van elk datalek de feiten, de gevolgen en de maatregelen, ook als "
        "melden niet hoeft.",
        "The GDPR asks of each breach the facts, the effects and the measures, also when it need "
        "not be reported.",
    ),
    (
        "Vul in het register aan wat bij de genoemde datalekken nog ontbreekt.",
        "Fill in what is still missing of the breaches named in the register.",
    ),
    14,
)
_of_register(
    STAFF,
    ("Medewerkers melden snel", "Staff report quickly"),
    (
        "Negen van de tien meldingen van medewerkers kwamen binnen een dag nadat zij iets merkten.",
        "Nine in ten reports of staff came within a day of what they noticed.",
    ),
    (
        "Wie niet weet waar hij moet melden, wacht, en de aanvaller gaat door.",
        "Who does not know where to report waits, and the attacker goes on.",
    ),
    (
        "Maak de meldpagina bekend en vraag de melders waarom zij wachtten.",
        "Make the reporting page known and ask who reported why they waited.",
    ),
)
_of_register(
    LOGS,
    ("Logs lieten zien wat er gebeurde", "Logs showed what happened"),
    (
        "Bij elk incident dat het laatste jaar is gesloten, lieten de logs zien wat er gebeurde.",
        "For each incident closed in the last year the logs showed what happened.",
    ),
    (
        "Zonder logs blijft de vraag open wie wat zag, en moet u van het ergste uitgaan.",
        "Without logs it stays open who saw what, and you have to assume the worst.",
    ),
    (
        "Leg vast welke logs ontbraken of te kort bleven, en pas de bewaartijd aan.",
        "Record which logs were missing or kept too short, and change how long they are kept.",
    ),
    90,
)
_of_register(
    INTACT,
    ("Bewijs is gaaf", "Evidence is intact"),
    (
        "Van elk bewijsstuk dat hier ligt, klopte de hash toen die het laatste jaar is nagerekend.",
        "Of each piece of evidence that lies here the hash was right when reckoned again in the "
        "last year.",
    ),
    (
        "Bewijs dat is veranderd of weg is, telt niet meer, ook niet bij de politie.",
        "Evidence that changed or is gone does not count any more, with the police either.",
    ),
    (
        "Zoek uit wat er met de genoemde bestanden gebeurde, en zet een reservekopie terug.",
        "Find out what happened to the files named, and put a backup back.",
    ),
    7,
)
