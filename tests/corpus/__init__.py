"""The corpus of damage: what spreadsheets arrive with, made from nothing, one case each."""
