"""What a browser says it is, in words that its owner recognises."""

from functools import lru_cache

from ua_parser import parse

LONGEST = 300  # characters of a user agent that are kept


@lru_cache(maxsize=256)
def device_words(user_agent: str | None) -> str:
    """Say which browser on which system this is, such as "Firefox on Windows".

    Only a hint: a browser may say what it likes.
    """
    found = parse((user_agent or "")[:LONGEST])
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"A browser on {system}" if system else "Unknown device")
