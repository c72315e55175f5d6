"""Past conversations decided again: sooner and later, what was asked for anyway, offers that fall away."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from bot.empathy.ladder import LadderSettings
from bot.empathy.reading import Turn
from bot.empathy.repeats import likeness
from bot.studio.settings.replay import (
    NEITHER,
    OFFERED,
    PERSON,
    Course,
    Outcome,
    Person,
    Stretch,
    play,
    report,
)
from tests.studio.talks import HearsCapitals

AT = datetime(2026, 11, 2, 9, tzinfo=timezone.utc)
LADDER = LadderSettings()


def stretch(*said: str, person: Person | None = None, id: str = "c", offered: int = 0) -> Stretch:
    turns = tuple(
        Turn("visitor" if n % 2 else "bot", text, n, offered=n == offered) for n, text in enumerate(said, 1)
    )
    return Stretch(id, "Mara", AT, turns, person)


def outcome(one: Stretch, ladder: LadderSettings = LADDER, usual: dict[int, str] | None = None) -> Outcome:
    return play(one, ladder, HearsCapitals(), likeness, usual).outcome


ANSWERED = ("IT IS LATE NOW", "It comes.", "IT HAS NOT COME", "Soon.", "IT STILL IS NOT HERE AT ALL", "Hm.")
WORSE = stretch(*ANSWERED, "NOTHING AT ALL HERE")


def test_who_is_more_sensitive_calls_sooner() -> None:
    sooner, later = (outcome(WORSE, replace(LADDER, sensitivity=s)) for s in (2.0, 0.5))
    usual = outcome(WORSE)
    assert sooner.what == PERSON and sooner.seq < usual.seq
    assert later.seq > usual.seq
    assert usual.why.startswith("More and more upset: “")


def test_whoever_asked_for_a_person_gets_one_with_any_ladder() -> None:
    asked = Person(3, asked=True, why="Asked for a person")
    low = replace(LADDER, sensitivity=0.5)
    assert outcome(stretch("hello", "Hi.", "button", person=asked), low) == Outcome(PERSON, 3, asked.why)


def test_a_yes_to_an_offer_counts_only_where_the_offer_is_made() -> None:
    class Agrees(HearsCapitals):
        def read(self, text: str, *, context: str = ""):  # type: ignore[no-untyped-def]
            from bot.empathy.reading import Cue

            known = super().read(text, context=context)
            return replace(known, cues=(Cue("agrees", "Yes", 0, 3, text, 0.0),)) if text == "yes" else known

    talk = stretch("THIS IS LATE AGAIN", "Sorry.", "STILL NOTHING HAS COME", "Shall I call?", "yes",
                   offered=4)  # fmt: skip
    offering = replace(LADDER, offer=0.5, hand_over=0.99)
    usual = play(talk, offering, Agrees(), likeness)
    assert usual.outcome.what == PERSON and usual.steps[3] == "offer"
    quiet = replace(offering, sensitivity=0.5)
    assert play(talk, quiet, Agrees(), likeness, usual.steps).outcome.what == NEITHER


def test_what_really_happened_is_read_off_the_conversation() -> None:
    assert stretch("hello").outcome == Outcome(NEITHER)
    assert stretch("hello", "A person?", offered=2).outcome == Outcome(OFFERED, 1)


def course(what: str, seq: int = 0) -> Course:
    return Course({}, Outcome(what, seq))


def test_the_report_counts_verdicts_load_and_changes() -> None:
    def handed(id: str, verdict: str, seq: int = 3) -> Stretch:
        return stretch("a", "b", "c", person=Person(seq, False, "Angry", (verdict,), 30.0), id=id)

    past = [handed("1", "not_needed"), handed("2", "too_late"), handed("3", "right"), stretch("hi", id="4")]
    really = [course(PERSON, 3)] * 3 + [course(NEITHER)]
    chosen = [course(OFFERED, 3), course(PERSON, 1), course(PERSON, 3), course(PERSON, 1)]
    told = report(past, really, chosen, days=10)
    assert told["really"] == {"person": 3, "offered": 0, "a_day": {"person": 0.3, "offered": 0.0}}
    assert told["chosen"]["person"] == 3 and told["chosen"]["offered"] == 1
    assert told["verdicts"]["not_needed"] == {"of": 1, "changed": 1}
    assert told["verdicts"]["too_late"] == {"of": 1, "changed": 1}
    assert told["verdicts"]["right"] == {"of": 1, "changed": 0}
    assert told["load"] == {"minutes": 30.0, "measured": 3, "really": 0.15, "saved": 0.15, "chosen": 0.15}
    assert {row["conversation"] for row in told["changed"]} == {"1", "2", "4"} and told["moved"] == 3
    assert told["few"]


def test_without_measured_hand_overs_no_load_is_told() -> None:
    assert report([stretch("hi")], [course(NEITHER)], [course(NEITHER)], days=1)["load"] is None


def test_those_that_the_choice_moves_come_first() -> None:
    past = [replace(stretch("hi", id=str(n)), at=AT + timedelta(days=n)) for n in range(3)]
    saved = [course(NEITHER), course(OFFERED, 1), course(OFFERED, 1)]
    chosen = [course(PERSON, 1), course(OFFERED, 1), course(OFFERED, 1)]
    told = report(past, saved, chosen, days=3)
    assert [(row["conversation"], row["moved"]) for row in told["changed"]] == [
        ("0", True),
        ("2", False),
        ("1", False),
    ]
