"""Weights with one of them changed: the others keep their proportions."""

from __future__ import annotations

from matcher.settings import CRITERIA, Weights

WHOLE = 1000


def scale_weights(weights: Weights, name: str, amount: int) -> Weights:
    """Return the weights with that of `name` at `amount` per mille and the others scaled in
    proportion to 1000 together, by largest remainder (equal remainders: the first in order).

    Raises ValueError where nothing is left to scale: no other criterion has a weight.
    """
    others = {other: getattr(weights, other) for other in CRITERIA if other != name}
    return Weights(**{name: amount, **share_out(others, WHOLE - amount)})


def share_out(parts: dict[str, int], whole: int) -> dict[str, int]:
    """Return whole numbers in proportion to `parts` that sum to `whole`, by largest remainder;
    ValueError where there is something to share out and no part."""
    together = sum(parts.values())
    if not together:
        if whole:
            raise ValueError("there is no other weight to scale")
        return dict(parts)
    shares = {name: divmod(part * whole, together) for name, part in parts.items()}
    left = whole - sum(share for share, _ in shares.values())
    first = sorted(parts, key=lambda name: -shares[name][1])[:left]
    return {name: share + (name in first) for name, (share, _) in shares.items()}
