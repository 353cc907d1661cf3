# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Countries whose law can reach what we rely on: codes of ISO 3166-1 with Dutch and English names.

Not every country of the world; one can be added here.
"""

from django.utils.translation import get_language

NAMES = {
    "NL": ("Nederland", "Netherlands"),
    "BE": ("België", "Belgium"),
    "DE": ("Duitsland", "Germany"),
    "FR": ("Frankrijk", "France"),
    "LU": ("Luxemburg", "Luxembourg"),
    "AT": ("Oostenrijk", "Austria"),
    "BG": ("Bulgarije", "Bulgaria"),
    "HR": ("Kroatië", "Croatia"),
    "CY": ("Cyprus", "Cyprus"),
    "CZ": ("Tsjechië", "Czechia"),
    "DK": ("Denemarken", "Denmark"),
    "EE": ("Estland", "Estonia"),
    "FI": ("Finland", "Finland"),
    "GR": ("Griekenland", "Greece"),
    "HU": ("Hongarije", "Hungary"),
    "IE": ("Ierland", "Ireland"),
    "IT": ("Italië", "Italy"),
    "LV": ("Letland", "Latvia"),
    "LT": ("Litouwen", "Lithuania"),
    "MT": ("Malta", "Malta"),
    "PL": ("Polen", "Poland"),
    "PT": ("Portugal", "Portugal"),
    "RO": ("Roemenië", "Romania"),
    "SK": ("Slowakije", "Slovakia"),
    "SI": ("Slovenië", "Slovenia"),
    "ES": ("Spanje", "Spain"),
    "SE": ("Zweden", "Sweden"),
    "IS": ("IJsland", "Iceland"),
    "LI": ("Liechtenstein", "Liechtenstein"),
    "NO": ("Noorwegen", "Norway"),
    "CH": ("Zwitserland", "Switzerland"),
    "GB": ("Verenigd Koninkrijk", "United Kingdom"),
    "US": ("Verenigde Staten", "United States"),
    "CA": ("Canada", "Canada"),
    "AU": ("Australië", "Australia"),
    "NZ": ("Nieuw-Zeeland", "New Zealand"),
    "JP": ("Japan", "Japan"),
    "KR": ("Zuid-Korea", "South Korea"),
    "TW": ("Taiwan", "Taiwan"),
    "SG": ("Singapore", "Singapore"),
    "IN": ("India", "India"),
    "IL": ("Israël", "Israel"),
    "TR": ("Turkije", "Türkiye"),
    "UA": ("Oekraïne", "Ukraine"),
    "RS": ("Servië", "Serbia"),
    "AE": ("Verenigde Arabische Emiraten", "United Arab Emirates"),
    "SA": ("Saoedi-Arabië", "Saudi Arabia"),
    "ZA": ("Zuid-Afrika", "South Africa"),
    "BR": ("Brazilië", "Brazil"),
    "MX": ("Mexico", "Mexico"),
    "AR": ("Argentinië", "Argentina"),
    "MA": ("Marokko", "Morocco"),
    "EG": ("Egypte", "Egypt"),
    "PH": ("Filipijnen", "Philippines"),
    "VN": ("Vietnam", "Vietnam"),
    "MY": ("Maleisië", "Malaysia"),
    "ID": ("Indonesië", "Indonesia"),
    "PK": ("Pakistan", "Pakistan"),
    "HK": ("Hongkong", "Hong Kong"),
    "CN": ("China", "China"),
    "RU": ("Rusland", "Russia"),
    "BY": ("Belarus", "Belarus"),
    "IR": ("Iran", "Iran"),
    "KP": ("Noord-Korea", "North Korea"),
    "CW": ("Curaçao", "Curaçao"),
    "AW": ("Aruba", "Aruba"),
    "SR": ("Suriname", "Suriname"),
}


def name_of(code: str) -> str:
    """Return the name of a country in the language of the reader; an unknown code as it is."""
    dutch, english = NAMES.get(code, (code, code))
    return dutch if (get_language() or "nl").startswith("nl") else english


def code_of(text: str) -> str | None:
    """Return the code of what somebody wrote: a code or a name; None for what we do not know."""
    asked = text.strip().casefold()
    found = (
        code
        for code, names in NAMES.items()
        if asked in {code.casefold(), *(name.casefold() for name in names)}
    )
    return "" if not asked else next(found, None)


def choices() -> list[tuple[str, str]]:
    """Return the countries as (code, name), by name."""
    return sorted(((code, name_of(code)) for code in NAMES), key=lambda one: one[1])
