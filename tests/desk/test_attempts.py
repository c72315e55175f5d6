from bot.desk import attempts
from bot.desk.attempts import Attempts


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_limit_that_time_lifts() -> None:
    clock = Clock()
    tries = Attempts(limit=2, seconds=10, clock=clock)
    assert [tries.take("a") for _ in range(3)] == [True, True, False]
    assert tries.take("b")
    clock.now = 10.1
    assert [tries.take("a") for _ in range(3)] == [True, True, False]


def test_good_attempts_do_not_count() -> None:
    tries = Attempts(limit=2, seconds=10)
    for _ in range(5):
        assert tries.take("a")
        tries.give_back("a")
    assert tries.take("a") and tries.take("a") and not tries.take("a")
    tries.forget("a")
    assert tries.take("a")


def test_memory_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(attempts, "MOST", 100)
    tries = Attempts(limit=1, seconds=10)
    for name in range(1000):
        assert tries.take(name)
    assert len(tries._times) <= 101 and not tries.take(999)
