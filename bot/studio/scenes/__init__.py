"""The owner's scenes: edited, played, and what came of it."""
