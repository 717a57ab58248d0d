"""A name that is in no batch; see `matcher.check.unknown`."""

from matcher.check.unknown import name_unknown

__all__ = ["name_unknown"]
