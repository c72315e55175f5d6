"""Figures about the running product, each beside its peer, measured by `kindhand bench`."""
