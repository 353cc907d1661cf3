# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in a cell, as its field asks; what cannot be read is refused in words."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from dijkring.core.access import ROLE_LABELS, Role
from dijkring.documents.reading import dates
from dijkring.documents.reading.columns import Cell, Wrong, plain

__all__ = ["VERDICT_OF", "Cell", "Wrong", "plain", "read"]

_VERDICTS = {
    "met": "voldaan,voldoet,ja,compliant,geimplementeerd,volledig,akkoord,groen,ok,met,yes,"
    "volledig geimplementeerd,gerealiseerd,conform,j,v,voldoende",
    "partly": "deels,deels voldaan,gedeeltelijk,voldoet deels,partially compliant,partially,oranje,"
    "gedeeltelijk voldaan,in ontwikkeling,partly,partial,deels geimplementeerd,"
    "voldoet gedeeltelijk",
    "not_met": "niet voldaan,voldoet niet,nee,niet,non compliant,not compliant,rood,"
    "niet geimplementeerd,not met,no,n,onvoldoende,afwijking,niet conform",
    "not_applicable": "nvt,n v t,niet van toepassing,not applicable,n a,na",
    "": "not assessed,niet beoordeeld,to do,in progress,in review,onbekend,niet getoetst,todo,?,"
    "nog niet beoordeeld,nog te beoordelen,niet ingevuld",
}
VERDICT_OF = {word: verdict for verdict, words in _VERDICTS.items() for word in words.split(",")}
_TRUTH = {"ja": True, "yes": True, "true": True, "1": True, "x": True, "j": True,
          "nee": False, "no": False, "false": False, "0": False, "n": False}  # fmt: skip
_PRIORITY = {"hoog": "high", "high": "high", "1": "high", "urgent": "high", "h": "high",
             "kritiek": "high", "normaal": "normal", "middel": "normal", "midden": "normal",
             "normal": "normal", "medium": "normal", "2": "normal", "m": "normal",
             "gemiddeld": "normal", "laag": "low", "low": "low", "3": "low", "l": "low",
             "4": "low"}  # fmt: skip
_STATES = {"open": "open", "lopend": "open", "in behandeling": "open", "bezig": "open",
           "to do": "open", "nieuw": "open", "in progress": "open", "gestart": "open",
           "niet gestart": "open", "on hold": "open", "gepland": "open", "actief": "open",
           "gereed": "done", "afgerond": "done", "klaar": "done", "done": "done",
           "gesloten": "done", "afgehandeld": "done", "active": "done", "vervallen": "cancelled",
           "geannuleerd": "cancelled", "cancelled": "cancelled", "ingetrokken": "cancelled",
           "deprecated": "cancelled"}  # fmt: skip
_ROLES = {
    "ciso": Role.CISO, "informatiebeveiliger": Role.CISO, "beheerder": Role.ADMINISTRATOR,
    "administrator": Role.ADMINISTRATOR, "functioneel beheerder": Role.ADMINISTRATOR,
    "gemeentesecretaris": Role.SECRETARY, "secretaris": Role.SECRETARY,
    "wethouder": Role.BOARD, "burgemeester": Role.BOARD, "bestuurder": Role.BOARD,
    "collegelid": Role.BOARD, "portefeuillehouder": Role.BOARD, "aov": Role.PUBLIC_ORDER,
    "adviseur openbare orde en veiligheid": Role.PUBLIC_ORDER,
    "functionaris gegevensbescherming": Role.PRIVACY_OFFICER, "fg": Role.PRIVACY_OFFICER,
    "privacy officer": Role.PRIVACY_OFFICER, "auditor": Role.AUDITOR,
    "interne auditor": Role.AUDITOR, "concerncontroller": Role.AUDITOR,
    "inkoper": Role.BUYER, "contractmanager": Role.BUYER,
    "proceseigenaar": Role.PROCESS_OWNER, "teamleider": Role.PROCESS_OWNER,
    "manager": Role.PROCESS_OWNER, "lezer": Role.READER, "lezen": Role.READER,
}  # fmt: skip
_REF = re.compile(r"[A-Za-z]{0,6}\.?\s?\d+(?:[.-]\d+[A-Za-z]?)*|[A-Za-z]+[.-]?\d+[a-z]?")
_PREFIX = re.compile(
    r"^(?:bio\s?2?(?:[.\s]?(?:o|1\.0?4?|1\.[0-3]))?|maatregel|control|norm|eis|art(?:ikel)?\.?)"
    r"[\s:-]+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"^([A-Za-z]{0,4}\.?\d+(?:\.\d+)+)[\s:.–-]+\D.*$", re.DOTALL)
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def read(type_: str, cell: Cell) -> Any:
    """Return the value of a cell that is not empty; raises Wrong with the reason in words."""
    return _READERS[type_](cell)


def _text(cell: Cell) -> str:
    return _UNSAFE.sub("", unicodedata.normalize("NFC", cell.text)).strip()


def _verdict(cell: Cell) -> str:
    word = plain(cell.text)
    if word in VERDICT_OF:
        return VERDICT_OF[word]
    raise Wrong(
        _("'%(text)s' is no verdict. Write met, partly, not met or not applicable.")
        % {"text": cell.text[:60]}
    )


def _reference(cell: Cell) -> str:
    if cell.dated:
        raise Wrong(_("A date was made of this number. Make the column text."))
    if cell.number and re.fullmatch(r"\d\.\d", cell.text):
        raise Wrong(
            _("%(text)s is kept as a number: it may be %(text)s0. Make the column text.")
            % {"text": cell.text}
        )
    words = _PREFIX.sub("", " ".join(_text(cell).split()))
    tail = _TAIL.match(words)
    words = tail[1] if tail else words
    if not _REF.fullmatch(words):
        raise Wrong(_("'%(text)s' is no number of a requirement.") % {"text": cell.text[:60]})
    return words


def _old(cell: Cell) -> str:
    return _reference(cell)


def _references(cell: Cell) -> tuple[str, ...]:
    parts = [part for part in re.split(r"[,;/\n+&]| en ", cell.text) if part.strip()]
    return tuple(_reference(Cell(part, cell.number, cell.dated)) for part in parts)


def _day(cell: Cell) -> date:
    return _stretch(cell).first


def _until(cell: Cell) -> date:
    return _stretch(cell).last


def _stretch(cell: Cell) -> dates.Stretch:
    try:
        return dates.read(cell.text, cell.zero)
    except dates.NoDate as error:
        raise Wrong(
            _("'%(text)s' is no date. Write for example 31-12-2026.") % {"text": cell.text[:60]}
        ) from error


def _truth(cell: Cell) -> bool:
    word = plain(cell.text)
    if word not in _TRUTH:
        raise Wrong(_("'%(text)s' is neither yes nor no.") % {"text": cell.text[:60]})
    return _TRUTH[word]


def _chosen(known: dict[str, Any], cell: Cell, words: str) -> Any:
    found = known.get(plain(cell.text))
    if found is None:
        raise Wrong(words % {"text": cell.text[:60]})
    return found


def _priority(cell: Cell) -> str:
    return str(_chosen(_PRIORITY, cell, _("'%(text)s' is no priority: high, normal or low.")))


def _state(cell: Cell) -> str:
    return str(_chosen(_STATES, cell, _("'%(text)s' is no state: open, done or cancelled.")))


def _role(cell: Cell) -> str:
    labels = {plain(str(label)): role for role, label in ROLE_LABELS.items()}
    names = {plain(role.value): role for role in Role}
    known = {**_ROLES, **names, **labels}
    words = _("'%(text)s' is no role here. Write for example process owner, auditor or reader.")
    return str(_chosen(known, cell, words).value)


def _email(cell: Cell) -> str:
    address = cell.text.strip().removeprefix("mailto:").casefold()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Wrong(_("'%(text)s' is no e-mail address.") % {"text": cell.text[:60]}) from error
    return address


def _money(cell: Cell) -> Decimal:
    words = cell.text.replace("€", "").replace("EUR", "").replace("\u00a0", "").replace(" ", "")
    words = words.removesuffix(",-").removesuffix(".-").removesuffix(",--")
    if not cell.number and re.fullmatch(r"[\d.]*\d(,\d{1,2})?", words):
        words = words.replace(".", "") if _thousands(words) else words
        words = words.replace(",", ".")
    try:
        amount = Decimal(words).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise Wrong(_("'%(text)s' is no amount in euros.") % {"text": cell.text[:60]}) from error
    if not 0 <= amount < Decimal(10) ** 10:
        raise Wrong(_("'%(text)s' is no amount in euros.") % {"text": cell.text[:60]})
    return amount


def _thousands(words: str) -> bool:
    """Tell whether points part thousands: before a comma, or always three digits behind one."""
    return "," in words or bool(re.fullmatch(r"\d{1,3}(\.\d{3})+", words))


def _domain(cell: Cell) -> str:
    words = _text(cell).casefold()
    words = re.sub(r"^[a-z]+://", "", words).partition("/")[0].partition(":")[0]
    words = words.rpartition("@")[2].strip(". ").removeprefix("*.")
    if "." not in words or " " in words:
        raise Wrong(_("'%(text)s' is no domain name.") % {"text": cell.text[:60]})
    return words


_READERS: dict[str, Callable[[Cell], Any]] = {
    "text": _text,
    "verdict": _verdict,
    "ref": _reference,
    "old": _old,
    "refs": _references,
    "date": _day,
    "until": _until,
    "truth": _truth,
    "priority": _priority,
    "state": _state,
    "role": _role,
    "email": _email,
    "money": _money,
    "domain": _domain,
}
