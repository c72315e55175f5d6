import pytest

from bot.empathy.language import ANOTHER, NOTHING, doubt, language


@pytest.mark.parametrize(
    "text",
    [
        "where is my parcel",
        "ok",
        "thx",
        "wher iz teh ordr plz",
        "Szczepaniak, like it sounds",
        "@ShopName https://t.co/x1 is it open",
        "CK-10423",
        "12345",
        "???",
        "\U0001f621\U0001f621",
        "WHY IS IT LATE",
        "I ordered for my abuela, when does it come",
    ],
)
def test_english_and_what_needs_no_language_can_be_read(text):
    assert doubt(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Wo ist mein Paket?",
        "je suis très déçue, la tasse est cassée",
        "Estoy harto, es la tercera vez que llamo",
        "Gdzie jest moja paczka",
        "мой заказ не пришёл",
        "注文はどこですか",
        "طلبي لم يصل بعد",
        "WO IST MEIN GELD",
    ],
)
def test_another_language_is_said_to_be_one(text):
    assert doubt(text) == ANOTHER


@pytest.mark.parametrize("text", ["", "   ", "...", "\x00", "- - -"])
def test_nothing_is_nothing(text):
    assert doubt(text) == NOTHING


@pytest.mark.parametrize("text", ["\ud800", "h̸̡e̷͠l̶̛l̴o " * 50, "word " * 10_000, "а" * 100_000])
def test_any_text_will_do(text):
    assert doubt(text) in ("", ANOTHER, NOTHING)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Where is my order?", "en"),
        ("ok thanks", "en"),
        ("I ordered for my abuela, when does it come", "en"),
        ("Onde está a minha encomenda? Já paguei.", "pt"),
        ("Wo ist mein Paket geblieben?", "de"),
        ("hola", None),
        ("CK-10423", None),
        ("", None),
    ],
)
def test_a_language_is_named_where_it_is_sure(text: str, code: str | None) -> None:
    assert language(text) == code
