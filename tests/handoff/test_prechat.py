"""What counts as an answer to what is asked before the chat."""

import pytest

from bot.handoff.prechat import Asked, BadAnswer, Consent, Prechat

ALL = Prechat(
    (
        Asked("name", "Your name", required=True),
        Asked("mail", "E-mail", "email"),
        Asked("call", "Telephone", "phone"),
        Asked("about", "What is it about?", "choice", options=("An order", "Something else")),
    ),
    Consent("We keep what you write.", "https://copperkettle.example/privacy"),
)
GOOD = {
    "name": " Mara\n Lindqvist ",
    "mail": "mara@example.com",
    "call": "0117 496 0142",
    "about": "An order",
}


def test_answers_are_kept_as_one_would_write_them() -> None:
    assert ALL.answered(GOOD, consent=True, country="GB") == {
        "name": "Mara Lindqvist",
        "mail": "mara@example.com",
        "call": "+441174960142",
        "about": "An order",
    }


def test_what_is_not_required_may_be_left_out() -> None:
    empty = {"name": "Mara", "mail": "  ", "call": ""}
    assert ALL.answered(empty, consent=True, country="GB") == {"name": "Mara"}


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
        ALL.answered({**GOOD, **change}, consent=True, country="GB")
    assert refusal.value.key == key and refusal.value.code == "bad_answer"


def test_without_the_consent_nothing_is_kept() -> None:
    with pytest.raises(BadAnswer) as refusal:
        ALL.answered(GOOD, consent=False, country="GB")
    assert refusal.value.key == "consent"


def test_card_numbers_are_masked_here_too() -> None:
    asked = Prechat((Asked("note", "Anything else?"),))
    kept = asked.answered({"note": "My card is 4111 1111 1111 1111"}, consent=False, country="GB")
    assert "1111 1111" not in kept["note"]


def test_what_has_to_be_answered() -> None:
    assert (Prechat().asks, Prechat().required) == (False, False)
    optional = Prechat((Asked("mail", "E-mail", "email"),))
    assert (optional.asks, optional.required) == (True, False)
    assert Prechat(consent=Consent("We keep what you write.")).required
    assert Prechat((Asked("mail", "E-mail", "email", required=True),)).required


def test_how_to_reach_somebody_and_what_they_said() -> None:
    kept = {"answers": {"mail": "mara@example.com", "gone": "An old answer"}, "consent_at": None}
    assert ALL.contact(kept) == {"email": "mara@example.com"} and ALL.contact(None) is None
    assert ALL.labelled(kept) == [
        {"label": "E-mail", "text": "mara@example.com"},
        {"label": "gone", "text": "An old answer"},
    ]


def test_the_widget_gets_what_it_shows() -> None:
    shown = ALL.as_dict()
    assert shown["questions"][3] == {
        "key": "about",
        "label": "What is it about?",
        "kind": "choice",
        "required": False,
        "options": ["An order", "Something else"],
    }
    assert shown["consent"] == {
        "text": "We keep what you write.",
        "link": "https://copperkettle.example/privacy",
    }
    assert Prechat().as_dict() == {"questions": [], "consent": None}
