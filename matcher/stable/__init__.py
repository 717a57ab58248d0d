"""Stable matching: people propose by their wishes, openings hold on to whom they would rather
have."""
