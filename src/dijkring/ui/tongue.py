# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is a stored text Dutch? Then an English page says so, or it is read aloud as English.

What people and the system wrote is kept as it was written, without its language. The words tell
enough: a text is Dutch when more of it points to Dutch than to English. In doubt it is not marked.
After WCAG 2.2, 3.1.2 (language of parts).
"""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_DUTCH = frozenset(
    "aan af al alle als bij binnen dan dat de deels deze die dit door een eens elk elke en er geen "
    "gemeente haar had hebben heeft het hoe hun ieder in jaar kan kunnen maar maand mag meer "
    "mijn moet moeten na naar niet nieuwe nog of om onder ons ook op over per samen te tegen tot "
    "tussen u uit uw van vanaf veel via volgens voor vraag waar wanneer was wat week weer wel "
    "welke werd wie wij wordt worden ze zelf zich zij zijn zo zodat zonder zou".split()
)
_ENGLISH = frozenset(
    "a about after again all also an and any are as at be because been before between but by can "
    "did do does done each every few for from had has have he her his how i if in into is it its "
    "may more most must no not of on one only or other our own out over she should since so some "
    "such than that the their them then there these they this those to under until us use was we "
    "were what when where which who why will with without would yes yet you your".split()
)
# Words of both, and English ones in the shape of a Dutch plural or infinitive.
_NEITHER = (_DUTCH & _ENGLISH) | frozenset(
    "behind belt benefit bent best beyond broken brighten burden children chosen dijkring driven "
    "fallen forgotten frozen garden generate golden happen per "
    "hasten hidden kitchen lessen listen met often proven shaken shorten stolen strengthen sudden "
    "threaten verdict warden weaken widen women written".split()
)
# Names of domains, files and kinds are no words.
_NAME = re.compile(r"\S+[._@/:]\S+")
# Letters and ends that only Dutch words have; names and abbreviations are left out by the length.
_DUTCH_SHAPE = re.compile(
    r"ij|aa|uu|oei|ieuw|sch|eeu|cht|.+(?:heid|lijk|lijke|baar|tie|teit|ingen|eren)$|"
    r"^(?:ge|ver|be|ont|onder)[a-z]{2,}(?:d|t|de|te|en)$|[a-z]{3,}[^aeiou]en$"
)
_ENGLISH_SHAPE = re.compile(r"th|wh|ck|qu|.+(?:tion|tions|ness|ly|ed|ful|able|ings|ity|ies)$|sh")
_LEAST = 4


@lru_cache(maxsize=4096)
def looks_dutch(text: str) -> bool:
    """Tell whether more of a text is Dutch than English."""
    words = [word.lower() for word in _WORD.findall(_NAME.sub(" ", text[:400]))]
    score = sum(_weight(word) for word in words if word not in _NEITHER)
    return score > 0


def _weight(word: str) -> int:
    if word in _DUTCH or word in _ENGLISH:
        return 2 if word in _DUTCH else -2
    if len(word) < _LEAST:
        return 0
    return bool(_DUTCH_SHAPE.search(word)) - bool(_ENGLISH_SHAPE.search(word))
