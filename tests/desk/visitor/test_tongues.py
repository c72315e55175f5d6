import pytest

from bot.business import Business
from bot.desk.visitor.tongues import as_asked
from bot.handoff.model import Question
from bot.settings import ROOT


@pytest.fixture(scope="module")
def demo() -> Business:
    return Business.load(ROOT / "data" / "business")


@pytest.mark.parametrize(
    ("text", "payload", "asked", "written"),
    [
        ("Où est ma commande ?", None, "Where is my order?", None),
        ("Je n'ai pas reçu mon remboursement", None, "Je n'ai pas reçu mon remboursement", "fr"),
        ("Gdzie jest moja paczka", None, "Gdzie jest moja paczka", "pl"),
        ("Where is my order?", None, "Where is my order?", None),
        ("merci", None, "merci", None),
        ("Je ne veux pas", "/deny", "Je ne veux pas", None),  # a click says what it says
    ],
)
def test_a_question_is_put_as_the_bot_can_read_it_or_named_by_its_language(
    demo: Business, text: str, payload: str | None, asked: str, written: str | None
) -> None:
    question = as_asked(Question("c", 1, 1, text, payload), demo.texts)
    assert (question.text, question.written) == (asked, written)
