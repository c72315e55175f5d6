"""Processes of the product: train when needed, start in order, watch, restart, stop."""
