"""What would be if: the effect of decisions, seats and weights before they are made."""

from matcher.whatif.effect import Effect, Move, what_if
from matcher.whatif.words import Override, read_overrides, tell_override

__all__ = [
    "Effect",
    "Move",
    "Override",
    "read_overrides",
    "tell_override",
    "what_if",
]
