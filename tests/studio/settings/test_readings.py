"""Readings are computed once, kept without anybody's words, and forgotten with the conversation."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.crm.card import Customer, CustomerCard
from bot.empathy.reading import Turn
from bot.empathy.repeats import likeness
from bot.errors import CrmUnavailable, RecordNotFound
from bot.studio.settings.readings import Readings, Unread
from bot.studio.settings.replay import Stretch
from tests.studio.talks import HearsCapitals

AT = datetime(2026, 11, 2, 9, tzinfo=timezone.utc)
SECRET = "s" * 32
WORDS = ("Is the ESPRESSO here", "It comes.", "GIVE ME A PERSON NOW", "Hm.", "Is the ESPRESSO here")


def talk(*said: str, id: str = "c") -> Stretch:
    turns = [Turn("visitor" if n % 2 else "bot", text, n) for n, text in enumerate(said, 1)]
    return Stretch(id, None, AT, tuple(turns))


def learnt(path: Path, *talks: Stretch) -> tuple[Readings, HearsCapitals]:
    readings, detector = Readings(path, SECRET), HearsCapitals()
    readings.learn(talks, lambda: detector, likeness)
    readings.keep()
    return readings, detector


def test_what_is_kept_reads_the_same_and_holds_no_words(tmp_path: Path) -> None:
    path = tmp_path / "readings.json"
    learnt(path, talk(*WORDS))
    again = Readings(path, SECRET)
    known, direct = again.read(WORDS[2], context=WORDS[1]), HearsCapitals().read(WORDS[2])
    assert known.cues == direct.cues and known.distress == pytest.approx(direct.distress, abs=1e-4)
    assert again.similar(WORDS[4], WORDS[0]) == 1.0
    kept = path.read_text()
    assert not any(word in kept for word in ("ESPRESSO", "PERSON", "comes"))
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_is_read_twice(tmp_path: Path) -> None:
    path = tmp_path / "readings.json"
    learnt(path, talk(*WORDS))
    readings, detector = learnt(path, talk(*WORDS), talk("new words", id="d"))
    assert detector.asked == ["new words"]
    assert readings.knows(talk(*WORDS)) and not readings.knows(talk(*WORDS, "Hm.", "and more"))


def test_what_is_gone_is_forgotten_and_another_secret_knows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "readings.json"
    learnt(path, talk(*WORDS))
    learnt(path, talk("new words"))
    with pytest.raises(Unread):
        Readings(path, SECRET).read(WORDS[0])
    with pytest.raises(Unread):
        Readings(path, "t" * 32).read("new words")
    assert Readings(path, SECRET).read("new words").emotion == "neutral"


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "readings.json"
    path.write_text("{")
    _, detector = learnt(path, talk("hello"))
    assert detector.asked == ["hello"]


def test_vips_are_those_of_the_records_now(tmp_path: Path) -> None:
    class Records:
        down = False

        def card(self, id: str) -> CustomerCard:
            if self.down:
                raise CrmUnavailable("down")
            if id == "gone":
                raise RecordNotFound("nobody")
            return CustomerCard(Customer(id, id, "", "", AT.date(), vip=id == "mara"))

    readings, records = Readings(tmp_path / "readings.json", SECRET), Records()
    assert readings.learn_vips(["mara", "tom", "gone"], records)  # type: ignore[arg-type]
    assert [readings.is_vip(one) for one in ("mara", "tom", "gone", None)] == [True, False, False, False]
    records.down = True
    assert not readings.learn_vips(["mara"], records)  # type: ignore[arg-type]
