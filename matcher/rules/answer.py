"""What a rule is and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.fit import Facts
from matcher.language import Phrase
from matcher.problem import Candidates, Flags, Openings

Answer = tuple[Flags, Flags]
Judge = Callable[[Candidates, Openings, Facts], Answer]
SAME_TRADE_MONTHS = 6
NEVER = np.zeros((1, 1), bool)


@dataclass(frozen=True)
class Rule:
    """`kind` is law, promise, person, order or office: who could lift it. `waivable`: by a waiver
    on record; else only by what the kind says."""

    name: str
    label: Phrase
    kind: str
    source: Phrase
    judge: Judge
    waivable: bool = False
