"""The proof of a plan, as a file that `matcher.verify` checks."""
