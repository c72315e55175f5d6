import pytest

from bot.desk.visitor import limits
from bot.desk.visitor.limits import Bucket, Buckets, Places
from bot.errors import TooMany


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_and_then_so_many_a_second() -> None:
    clock = Clock()
    bucket = Bucket(5, 1, clock)
    for _ in range(5):
        bucket.take()
    with pytest.raises(TooMany):
        bucket.take()
    clock.now = 1.0
    bucket.take()
    with pytest.raises(TooMany):
        bucket.check()
    clock.now = 100.0
    for _ in range(5):
        bucket.take()
    with pytest.raises(TooMany):
        bucket.take()


def test_each_name_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 2)
    buckets = Buckets(1, 0)
    for name in "ab":
        buckets.of(name).take()
    with pytest.raises(TooMany):
        buckets.of("a").take()
    buckets.of("c").take()  # the longest unused, b, is forgotten
    buckets.of("b").take()


def test_places_are_given_back() -> None:
    places = Places(2)
    with places.take("a"), places.take("a"):
        with pytest.raises(TooMany), places.take("a"):
            pass
        with places.take("b"):
            pass
    with places.take("a"):
        assert dict(places._taken) == {"a": 1}
    assert not places._taken
