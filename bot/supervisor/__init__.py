"""Processes of the product: train when needed, start, watch, restart, stop in order."""
