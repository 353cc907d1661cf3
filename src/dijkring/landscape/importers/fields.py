# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a file can say of a part of the landscape and of a dependency: names, words and labels.

One table for the columns of a sheet, the properties of an ArchiMate model, and what is written
out, so that what goes out can come in again.
"""

from dijkring.documents.reading.columns import Field, plain

# The kinds with the words by which they are known; the first is how they are written.
KINDS: dict[str, tuple[str, ...]] = {
    "task": ("wettelijke taak", "taak", "statutory task", "task"),
    "service": ("dienst aan inwoners", "dienst", "service to residents", "service"),
    "process": ("proces", "werkproces", "process"),
    "system": (
        "informatiesysteem", "systeem", "applicatie", "referentiecomponent", "information system",
        "system", "application", "applicationcomponent",
    ),
    "data": ("gegevensverzameling", "gegevens", "data set", "dataset", "data"),
    "platform": ("platform",),
    "network": ("netwerk", "network"),
    "location": ("locatie", "gebouw", "location"),
    "ot": ("ot installatie", "ot", "ot installation"),
    "supplied": (
        "dienst van een leverancier", "leveranciersdienst", "supplier service", "supplied",
    ),
    "role": ("rol of persoon die nodig is", "rol", "persoon", "role or person needed", "role"),
}  # fmt: skip
PERSONAL: dict[str, tuple[str, ...]] = {
    "none": ("geen", "nee", "none", "no"),
    "ordinary": ("gewoon", "gewone", "ja", "ordinary", "yes"),
    "special": (
        "bijzonder of gevoelig", "bijzonder", "gevoelig", "special or sensitive", "special",
    ),
}  # fmt: skip
ALGORITHM: dict[str, tuple[str, ...]] = {
    "none": ("geen", "nee", "none", "no"),
    "algorithm": ("algoritme", "algorithm"),
    "ai": ("ai systeem", "ai", "ai system"),
    "high_risk": ("ai systeem met hoog risico", "hoog risico", "ai system with high risk",
                  "high risk"),
}  # fmt: skip
LIFECYCLE: dict[str, tuple[str, ...]] = {
    "planned": ("gepland", "in ontwikkeling", "planned"),
    "in_use": ("in gebruik", "in use"),
    "phasing_out": ("wordt uitgefaseerd", "uitfaseren", "being phased out", "phasing out"),
}
HOW: dict[str, tuple[str, ...]] = {
    "needs": ("heeft nodig", "nodig", "needs"),
    "group": ("een uit een groep", "groep", "one of a group", "group"),
    "degraded": ("wordt gehinderd zonder", "hinder", "is hindered without", "degraded"),
}
WORDS = {
    "kind": KINDS,
    "personal_data": PERSONAL,
    "algorithm": ALGORITHM,
    "lifecycle": LIFECYCLE,
    "how": HOW,
}


def _field(
    name: str, nl: str, en: str, words: str, type_: str = "text", limit: int = 200,
    required: bool = False,
) -> Field:  # fmt: skip
    known = tuple(plain(one) for one in (nl, en, *words.split(",")) if one)
    return Field(name, {"nl": nl, "en": en}, known, type_, required, limit)


ASSET = (
    _field("key", "Kenmerk", "Reference", "id,identifier,nummer,object id,referentie", limit=200),
    _field(
        "name", "Naam", "Name",
        "referentiecomponent,component,naam referentiecomponent,applicatie,systeem,titel",
        limit=160, required=True,
    ),
    _field("kind", "Soort", "Kind", "type,archimate type", "choice"),
    _field(
        "text", "Omschrijving", "Description", "beschrijving,toelichting,documentation",
        limit=2000,
    ),
    _field(
        "availability", "Beschikbaarheid", "Availability", "biv beschikbaarheid,b,classificatie b",
        "level",
    ),
    _field("integrity", "Integriteit", "Integrity", "biv integriteit,i,classificatie i", "level"),
    _field(
        "confidentiality", "Vertrouwelijkheid", "Confidentiality",
        "biv vertrouwelijkheid,v,classificatie v,exclusiviteit", "level",
    ),
    _field(
        "mtpd_hours", "Hoogstens te missen (uren)", "Can be missed for at most (hours)",
        "mtpd,mtpd uren,mtd,maximaal toelaatbare uitval", "hours",
    ),
    _field("rto_hours", "Terug binnen (uren)", "Is back within (hours)",
           "rto,rto uren,hersteltijd", "hours"),
    _field(
        "rpo_hours", "Verliest hoogstens (uren gegevens)", "Loses at most (hours of data)",
        "rpo,rpo uren", "hours",
    ),
    _field("residents", "Geraakte inwoners", "Residents touched", "inwoners,residents", "count"),
    _field(
        "statutory", "Is een wettelijke taak", "Is a statutory task", "wettelijk,statutory", "yes"
    ),
    _field("law", "Wet en artikel", "Law and article", "wet,law,grondslag"),
    _field("personal_data", "Persoonsgegevens", "Personal data", "avg", "choice"),
    _field("algorithm", "AI of algoritme", "AI or algorithm", "algoritme,ai,algorithm", "choice"),
    _field("lifecycle", "Levensfase", "Lifecycle", "fase,status,levenscyclus", "choice"),
    _field("party", "Leverancier", "Supplier", "vendor,leverancier naam", limit=160),
    _field("jurisdiction", "Rechtsgebied", "Jurisdiction", "land,country", "country"),
    _field("place", "Plaats", "Place", "adres,vestiging", limit=160),
    _field("latitude", "Breedtegraad", "Latitude", "lat", "latitude"),
    _field("longitude", "Lengtegraad", "Longitude", "lon,lng", "longitude"),
    _field("owner", "Eigenaar", "Owner", "eigenaar e-mail,proceseigenaar,systeemeigenaar"),
    _field("source", "Bron", "Source", "herkomst", limit=120),
    _field("confirmed_on", "Laatst bevestigd", "Last confirmed", "bevestigd op", "date"),
)  # fmt: skip
DEPENDENCY = (
    _field("dependent", "Onderdeel", "Part", "afhankelijk,van,dependent", required=True),
    _field("provider", "Heeft nodig", "Needs", "nodig,naar,provider", required=True),
    _field("how", "Hoe", "How", "soort afhankelijkheid,kind of dependency", "choice"),
    _field("group", "Groep", "Group", "group name", limit=120),
    _field("least", "Nodig van de groep", "Needed of the group", "aantal nodig", "count"),
    _field("delay_hours", "Kan zonder (uren)", "Can do without for (hours)",
           "buffer,uitstel", "hours"),
    _field("since", "Sinds", "Since", "vanaf", "date"),
    _field("source", "Bron", "Source", "herkomst", limit=120),
    _field("note", "Opmerking", "Note", "toelichting", limit=500),
    _field("confirmed_on", "Laatst bevestigd", "Last confirmed", "bevestigd op", "date"),
)  # fmt: skip
# What a property of a model may say; its name, text and key stand elsewhere there.
ASSET_VALUES = tuple(one for one in ASSET if one.name not in ("key", "name", "text"))
DEPENDENCY_VALUES = tuple(one for one in DEPENDENCY if one.name not in ("dependent", "provider"))


def by_word(fields: tuple[Field, ...]) -> dict[str, Field]:
    """Return the fields by each word they are known by; of two the first counts."""
    found: dict[str, Field] = {}
    for one in fields:
        for word in one.words:
            found.setdefault(word, one)
    return found
