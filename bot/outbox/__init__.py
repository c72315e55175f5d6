"""What still has to reach other systems: kept with the change that caused it, delivered at least once."""
