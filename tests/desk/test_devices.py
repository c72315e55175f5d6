import pytest

from bot.desk.devices import device_words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (WINDOWS, "Firefox on Windows"),
        (PHONE, "Mobile Safari on iOS"),
        ("curl/8.5.0", "curl"),
        ("(Windows NT 10.0)", "A browser on Windows"),
        ("", "Unknown device"),
        (None, "Unknown device"),
        ("<script>alert(1)</script>", "Unknown device"),
        ("Mozilla/5.0 " * 10_000, "Unknown device"),
    ],
    ids=["windows", "phone", "curl", "no browser", "empty", "none", "script", "long"],
)
def test_a_browser_in_words(user_agent: str | None, words: str) -> None:
    assert device_words(user_agent) == words
