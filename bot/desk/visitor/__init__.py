"""The visitor's door: frames, limits, signed identities, and turns of the bot. Rules live in `handoff`."""
