"""The form of `proof.json`: canonical JSON (keys sorted, no spaces, UTF-8 NFC, whole numbers), read
strictly, and the duals in it as each floor's and ceiling's own numbers.

    version, method, objective, seed
    digests   SHA-256: `inputs` by file, `settings` and `plan`; `vocabulary`, `rules`: versions
    parents   of people, openings and sets: the set next above (none: left out)
    stages    per place of the tuple: name, level, total, bound, gap, and of `people`, `openings`
              and `sets` the duals that are not 0, cumulative: what stands above is included
    bounds    instead of stages where limits leave that form: name, level, total, bound, gap, claim,
              scale, earlier, and the multipliers that are not 0 (own, not cumulative)
    seats     per opening the lowest and highest cumulative dual of the names before the lottery
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from matcher.law.book import book_version
from matcher.problem import Problem
from matcher.verify.bounds import Multipliers, Place
from matcher.verify.certificate import Duals
from matcher.verify.derived import OPENING, PERSON, ROW, SET
from matcher.vocabulary import load_vocabulary

PROOF, VERSION = "proof.json", 1
KINDS = (PERSON, OPENING, SET)
KEYS = {
    *("version", "method", "objective", "seed", "digests", "parents", "stages", "bounds", "seats"),
}
STAGE = {"name", "level", "total", "bound", "gap", *KINDS}
BOUND = {*STAGE, "claim", "scale", "earlier", ROW}
LARGEST = 1 << 63


def render_proof(content: Mapping[str, object]) -> bytes:
    """Return the canonical bytes of a proof; TypeError or ValueError for what they cannot hold."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if unicodedata.normalize("NFC", text) != text:
        raise ValueError("not in normal form C")
    return text.encode() + b"\n"


def parse_proof(content: bytes) -> dict[str, Any]:
    """Return a proof; ValueError for bytes that are not canonical."""
    parsed = json.loads(content, parse_float=_refused, parse_constant=_refused)
    if not isinstance(parsed, dict) or render_proof(parsed) != content:
        raise ValueError("not canonical JSON")
    if parsed.keys() != KEYS or parsed["version"] != VERSION or _any_strange(parsed):
        raise ValueError("not a proof of this version")
    _check_parts(parsed)
    return parsed


def _any_strange(value: object) -> bool:
    """Whether there is, anywhere within, a true or false, which compares as a number, or a number
    of more than 64 bits."""
    if isinstance(value, dict):
        return any(map(_any_strange, value.values()))
    if isinstance(value, list):
        return any(map(_any_strange, value))
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) >= LARGEST)


def _check_parts(proof: Mapping[str, Any]) -> None:
    """Raise ValueError (or what a part of another kind raises) where the parts of a proof have not
    the keys and the kinds of values that they must have."""
    for name, keys in (("stages", STAGE), ("bounds", BOUND)):
        for stage in proof[name]:
            if stage.keys() != keys or not isinstance(stage.get("claim", ""), str):
                raise ValueError("not the parts of a stage or a bound")
            if not all(_whole(n) for kind in keys & {*KINDS, ROW} for n in stage[kind].values()):
                raise ValueError("a number that is 0 is left out")
    above = proof["parents"]
    if above.keys() != set(KINDS) or (proof["bounds"] and any(above.values())):
        raise ValueError("not what stands above people, openings and sets")
    for value in proof["seats"].values():
        if value.keys() != {"low", "high"}:
            raise ValueError("not the values of seats")
        for number in (*value["low"], *(value["high"] or ())):
            _whole(number)


def digest_settings(problem: Problem) -> str:
    """Return the SHA-256 of a problem's settings."""
    stated = problem.settings.model_dump(mode="json")
    text = json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest(text.encode())


def digests_of(problem: Problem, plan: bytes, files: Mapping[str, bytes]) -> dict[str, object]:
    """Return what a proof rests on: the SHA-256 of the frozen inputs `files`, of the settings and
    of the plan's table, and the versions of vocabulary and rules."""
    return {
        "inputs": {name: digest(content) for name, content in files.items()},
        "settings": digest_settings(problem),
        "plan": digest(plan),
        "vocabulary": load_vocabulary().version,
        "rules": book_version(),
    }


def digest(content: bytes) -> str:
    """Return the SHA-256, as lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def places_of(stages: list[dict[str, Any]]) -> list[Place]:
    """Return the places of the tuple that stages or bounds state."""
    return [(str(stage["name"]), _whole(stage["level"], none=True)) for stage in stages]


def own_duals(proof: Mapping[str, Any]) -> Duals:
    """Return each floor's and ceiling's own duals, place by place: the cumulative one less that of
    what stands next above."""
    stages, parents = proof["stages"], proof["parents"]
    named = {(kind, key) for stage in stages for kind in KINDS for key in stage[kind]}
    named |= {(kind, key) for kind in KINDS for key in parents[kind]}
    return {
        (kind, key): tuple(
            _whole(stage[kind].get(key, 0)) - _whole(stage[SET].get(parents[kind].get(key), 0))
            for stage in stages
        )
        for kind, key in sorted(named)
    }


def multipliers(bound: Mapping[str, Any]) -> Multipliers:
    """Return the numbers behind a bound."""
    duals = {(kind, key): (_whole(n),) for kind in KINDS for key, n in bound[kind].items()}
    rows = {key: _whole(number) for key, number in bound[ROW].items()}
    return Multipliers(
        _whole(bound["scale"]), duals, rows, tuple(_whole(number) for number in bound["earlier"])
    )


def _whole(value: object, *, none: bool = False) -> int:
    if type(value) is int or (none and value is None):
        return value  # type: ignore[return-value]
    raise ValueError("not a whole number")


def _refused(text: str) -> object:
    raise ValueError(f"not a whole number: {text}")
