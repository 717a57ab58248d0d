"""Proposes which alumni interview for which opening: exactly, by rules, with reasons."""

__version__ = "0.1.0"
