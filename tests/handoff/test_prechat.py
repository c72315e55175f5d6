"""What counts as an answer to what is asked before the chat."""

import pytest

from bot.handoff.prechat import BadAnswer, answered, asks, contact, is_required, labelled
from bot.phrase import Phrase
from bot.prechat import Consent, Prechat, Question


def asked(key: str, label: str, kind: str = "text", **more: object) -> Question:
    return Question(key, Phrase.plain(label), kind, **more)


ORDER, ELSE = Phrase({"en": "An order", "de": "Eine Bestellung"}), Phrase.plain("Something else")
CONSENT = Consent(Phrase.plain("We keep what you write."), "https://copperkettle.example/privacy")
ALL = Prechat(
    (
        asked("name", "Your name", required=True),
        asked("mail", "E-mail", "email"),
        asked("call", "Telephone", "phone"),
        asked("about", "What is it about?", "choice", options=(ORDER, ELSE)),
    ),
    CONSENT,
)
GOOD = {
    "name": " Mara\n Lindqvist ",
    "mail": "mara@example.com",
    "call": "0117 496 0142",
    "about": "An order",
}


def test_answers_are_kept_as_one_would_write_them() -> None:
    assert answered(ALL, GOOD, consent=True, country="GB") == {
        "name": "Mara Lindqvist",
        "mail": "mara@example.com",
        "call": "+441174960142",
        "about": "An order",
    }


def test_what_is_not_required_may_be_left_out() -> None:
    empty = {"name": "Mara", "mail": "  ", "call": ""}
    assert answered(ALL, empty, consent=True, country="GB") == {"name": "Mara"}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"name": " \n"}, "name"),
        ({"mail": "mara"}, "mail"),
        ({"call": "12"}, "call"),
        ({"call": "not a number"}, "call"),
        ({"about": "A refund"}, "about"),
        ({"else": "x"}, "else"),
    ],
)
def test_what_is_no_answer_is_named(change: dict[str, str], key: str) -> None:
    with pytest.raises(BadAnswer) as refusal:
        answered(ALL, {**GOOD, **change}, consent=True, country="GB")
    assert refusal.value.key == key and refusal.value.code == "bad_answer"


def test_without_the_consent_nothing_is_kept() -> None:
    with pytest.raises(BadAnswer) as refusal:
        answered(ALL, GOOD, consent=False, country="GB")
    assert refusal.value.key == "consent"


def test_card_numbers_are_masked_here_too() -> None:
    note = Prechat((asked("note", "Anything else?"),))
    kept = answered(note, {"note": "My card is 4111 1111 1111 1111"}, consent=False, country="GB")
    assert "1111 1111" not in kept["note"]


def test_what_has_to_be_answered() -> None:
    assert (asks(Prechat()), is_required(Prechat())) == (False, False)
    optional = Prechat((asked("mail", "E-mail", "email"),))
    assert (asks(optional), is_required(optional)) == (True, False)
    assert is_required(Prechat(consent=CONSENT))
    assert is_required(Prechat((asked("mail", "E-mail", "email", required=True),)))


def test_an_option_is_kept_as_the_business_reads_it() -> None:
    kept = answered(ALL, {**GOOD, "about": "Eine Bestellung"}, consent=True, country="GB")
    assert kept["about"] == "An order"


def test_how_to_reach_somebody_and_what_they_said() -> None:
    kept = {"answers": {"mail": "mara@example.com", "gone": "An old answer"}, "consent_at": None}
    assert contact(ALL, kept) == {"email": "mara@example.com"} and contact(ALL, None) is None
    assert labelled(ALL, kept) == [
        {"label": "E-mail", "text": "mara@example.com"},
        {"label": "gone", "text": "An old answer"},
    ]
