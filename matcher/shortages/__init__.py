"""Before solving: what no plan can keep, all of it at once, and the least that would have to
change."""
