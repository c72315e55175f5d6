"""The only public door: visitor gateway, agent console, API.  Parses, calls, answers."""
