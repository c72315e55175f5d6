"""What was read is remembered; what was not needed is not built."""

from concurrent.futures import ThreadPoolExecutor

from bot.empathy.memory import RememberingDetector
from bot.empathy.reading import Reading


class Noting:
    """Notes what it is asked to read."""

    built = 0

    def __init__(self) -> None:
        Noting.built += 1
        self.asked: list[tuple[str, str]] = []

    def read(self, text: str, *, context: str = "") -> Reading:
        self.asked.append((text, context))
        return Reading("neutral", {"neutral": 1.0}, 0.0, "nobody", (), f"{len(self.asked)}")


def test_nothing_is_read_twice_but_in_another_context() -> None:
    noting = Noting()
    detector = RememberingDetector(lambda: noting)
    assert detector.read("fine") is detector.read("fine")
    assert detector.read("fine", context="Your refund was declined.").detector == "2"
    assert noting.asked == [("fine", ""), ("fine", "Your refund was declined.")]


def test_it_is_built_once_and_only_when_it_is_needed() -> None:
    Noting.built = 0
    detector = RememberingDetector(Noting)
    assert Noting.built == 0
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(detector.read, (f"message {n}" for n in range(40))))
    assert Noting.built == 1
