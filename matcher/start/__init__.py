"""Beginning a scenario, and carrying it on with next month's people."""
