"""Step 7: phrases, rows and numbers become text, JSON and CSV.

The only place with column titles, the wording of tables and rounding.
"""
