"""Spellings of programmes, units, skills, prefectures and provinces, and the entries they name.

Text in, entries out: an empty tuple where nothing is known, several entries where the text names
more than one. A near spelling is never taken; that is for a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

from matcher.vocabulary import Vocabulary

LONGEST = 200  # no name is longer; what is longer is not looked at
TYPOS = {
    "tenik": "teknik",
    "embadded": "embedded",
    "refriqerasi": "refrigerasi",
    "lockstich": "lockstitch",
    "resedential": "residential",
    "fron": "front",
}
# The positions of welding: the ISO letters say nothing that the AWS ones do not.
POSITIONS = {
    "1g": "pa",
    "2g": "pc",
    "3g": "pf",
    "4g": "pe",
    "5g": "pf",
    "6g": "hl045",
    "1f": "pa",
    "2f": "pb",
    "3f": "pf",
    "4f": "pd",
}
HL045 = re.compile(r"\bh\W?l\W?[o0]\W?45\b")
POSITION = re.compile(r"\b([1-6][gf])(?:\W?up(?:\W?hill)?)?(?:\W?(p[a-g]|hl045))?\b")
NUMBER = r"(?:ke\W?)?(?:[0-9]{1,4}(?:/[0-9]{2,4})?|[ivx]{1,5}|[a-h])"
TAIL = re.compile(
    r"[\s\-,;:/(\[]*(?:"
    r"\b(?:non\W?)?(?:boarding|reguler)(?:\s+class)?"
    r"|\b(?:angkatan|batch|kelas|kelompok)"
    r"|\b(?:angkatan|batch|kelas|kelompok|grup|group|gelombang|gel|tahap|paket|periode"
    r"|(?:non\W?)?(?:boarding|reguler)|tahun(?:\s+anggaran)?|t\.?a|th)"
    rf"[\s.:\-]{{0,3}}{NUMBER}"
    r"|\b(?:19|20)[0-9]{2}(?:/(?:20)?[0-9]{2})?"
    r")[\s.)\]]*$"
)
# Numbers of units of welding of 2018 stand for the same units in 2021: those that the table holds
# under both are the same. GAR.CM and C.14GMT share no number there, so nothing shows the same.
RENAMED = (("c24las", "c25las"),)
# An address goes on with a town; these words and marks make it more or other than one place.
PLACE = re.compile(r"[^\W\d_]{1,10}[市区町村郡]")
OTHERS = re.compile("以外|除|または|又は|もしくは|あるいは|及び|および")
BETWEEN = re.compile(r"[,，、/／;；|&＆+・]")
KINDS = {"都": "to", "府": "fu", "県": "ken", "道": "do"}


def folded(text: str) -> str:
    """Return the letters and digits of `text` without case, width and accents."""
    apart = unicodedata.normalize("NFKD", text[: 2 * LONGEST].casefold())
    plain = unicodedata.normalize("NFKC", re.sub("[\u0300-\u036f]", "", apart))
    return re.sub(r"[\W_]+", "", plain)


class Names:
    """The spellings of a vocabulary; each index is built when first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def programmes(self, text: str) -> tuple[str, ...]:
        """Return the programmes that `text` names, tails of a class taken off one by one."""
        if len(text) > LONGEST:
            return ()
        rest = _lower(text)
        while rest:
            found = self._programmes.get(_course(rest))
            if found:
                return found
            shorter = TAIL.sub("", rest, count=1)
            rest = "" if shorter == rest else shorter
        return ()

    def is_field(self, text: str) -> bool:
        """Return whether `text` names a whole field (kejuruan): no programme, for many stand in
        it."""
        return folded(text) in self._fields

    def units(self, code: str) -> tuple[str, ...]:
        """Return the units of a code, whatever its marks, letter O for zero, year or version."""
        if len(code) > LONGEST:
            return ()
        head, _, version = unicodedata.normalize("NFKC", code).strip(" .").rpartition(".")
        for written in _prefixes(_code(code)):
            if written in self._units:
                return (self._units[written],)
        stems = [_code(head)] if re.fullmatch(r"\s?[0oO]?[0-9oO]\s?", version) else []
        for stem in (*stems, _code(code)):
            for written in _prefixes(stem):
                if written in self._stems:
                    return self._stems[written]
        return ()

    def skills(self, text: str) -> tuple[str, ...]:
        """Return the skills of an id, or of a name in one of the three languages."""
        return self._skills.get(folded(text), ()) if len(text) <= LONGEST else ()

    def prefecture(self, text: str) -> str | None:
        """Return the prefecture of a name, or of a Japanese address that begins with one."""
        if len(text) > LONGEST:
            return None
        key = folded(text)
        if key in self._prefectures:
            return self._prefectures[key]
        head = next(filter(key.startswith, self._japanese), "")
        rest = key[len(head) :]
        if not head or BETWEEN.search(text) or not PLACE.match(rest) or OTHERS.search(rest):
            return None
        if any(other in rest for other in self._japanese):
            return None
        return self._japanese[head]

    def prefectures_of_address(self, text: str) -> tuple[str, ...]:
        """Return the prefectures among the parts of an address between commas."""
        parts = re.split("[,，、]", text[:LONGEST])
        found = [self._prefectures.get(folded(part)) for part in parts]
        return tuple(dict.fromkeys(name for name in found if name))

    def province(self, text: str) -> str | None:
        """Return the name of a province by a name of it, old or new, long or short."""
        return self._provinces.get(_province(text)) if len(text) <= LONGEST else None

    @cached_property
    def programme_spellings(self) -> tuple[str, ...]:
        """The ids, names and aliases of the programmes, fields left out."""
        return tuple(spelling for spelling, _ in self._spelt_programmes())

    @cached_property
    def skill_spellings(self) -> tuple[str, ...]:
        """The ids and names of the skills."""
        return tuple(dict.fromkeys(spelling for spelling, _ in self._spelt_skills()))

    @cached_property
    def _fields(self) -> set[str]:
        return {folded(item.kejuruan) for item in self.vocabulary.programmes.values()}

    @cached_property
    def _programmes(self) -> dict[str, tuple[str, ...]]:
        return _index((_course(_lower(text)), item) for text, item in self._spelt_programmes())

    @cached_property
    def _units(self) -> dict[str, str]:
        return {_code(code): code for code in self.vocabulary.units}

    @cached_property
    def _stems(self) -> dict[str, tuple[str, ...]]:
        return _index((_code(code.rpartition(".")[0]), code) for code in self.vocabulary.units)

    @cached_property
    def _skills(self) -> dict[str, tuple[str, ...]]:
        return _index((folded(text), item) for text, item in self._spelt_skills())

    @cached_property
    def _prefectures(self) -> dict[str, str]:
        spelt = {}
        for english, name in self.vocabulary.prefectures.items():
            kind = KINDS[name.ja[-1]]
            spelt[folded(name.ja)] = english
            spelt[folded(re.sub("[都府県]$", "", name.ja))] = english
            for roman in (english, *self.vocabulary.prefecture_aliases[english]):
                forms = ("{}", "{}-" + kind, "{}-ken", "{} prefecture", "prefektur {}", "{} pref")
                spelt |= {folded(form.format(roman)): english for form in forms}
        return spelt

    @cached_property
    def _japanese(self) -> dict[str, str]:
        return {folded(name.ja): key for key, name in self.vocabulary.prefectures.items()}

    @cached_property
    def _provinces(self) -> dict[str, str]:
        return {
            _province(spelling): province.name
            for province in self.vocabulary.provinces.values()
            for spelling in (province.name, *province.aliases)
        }

    def _spelt_programmes(self) -> Iterable[tuple[str, str]]:
        for key, item in self.vocabulary.programmes.items():
            yield key, key
            for spelling in (item.name, *item.aliases):
                if folded(spelling) not in self._fields:
                    yield spelling, key

    def _spelt_skills(self) -> Iterable[tuple[str, str]]:
        for key, item in self.vocabulary.skills.items():
            for spelling in (key, item.name.id, item.name.ja, item.name.en):
                yield spelling, key


@lru_cache(maxsize=4)
def names_of(vocabulary: Vocabulary) -> Names:
    """Return the spellings of a vocabulary, built once."""
    return Names(vocabulary)


def _index(spelt: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the entries of each key, each once, in their order."""
    index: dict[str, dict[str, None]] = defaultdict(dict)
    for key, entry in spelt:
        index[key][entry] = None
    return {key: tuple(entries) for key, entries in index.items() if key}


def _lower(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub("[‐‑‒–—―−]", "-", plain).split())


def _course(text: str) -> str:
    """Return what a course is known by: no marks, no typos, one way to write a position."""
    words = re.sub(r"[a-z]+", lambda found: TYPOS.get(found[0], found[0]), text)
    return folded(POSITION.sub(_position, HL045.sub("hl045", words)))


def _position(found: re.Match[str]) -> str:
    iso = found[2]
    return found[1] if iso in (None, POSITIONS.get(found[1])) else found[0]


def _code(code: str) -> str:
    return folded(code).replace("o", "0")


def _prefixes(code: str) -> Iterable[str]:
    yield code
    for old, new in RENAMED:
        for one, other in ((old, new), (new, old)):
            if code.startswith(one):
                yield other + code.removeprefix(one)


def _province(text: str) -> str:
    words = re.sub(r"^\s*pro[vp](?:insi|\b)\.?", "", _lower(text))
    words = re.sub(r"\bkep\b\.?", "kepulauan", words)
    return folded(words.replace("sumatra", "sumatera"))
