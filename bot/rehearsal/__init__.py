"""Rehearsals: scenes played against a copy of the product, and whether a person took over in time."""
