import pytest

from bot.handoff.contact import contact_in, mail_address


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("mara@shop.example", {"email": "mara@shop.example"}),
        ("It's Mara.L@Shop.example, thanks!", {"email": "Mara.L@shop.example"}),
        ("<mara@shop.example>", {"email": "mara@shop.example"}),
        ("write to mara@shop.example. Or tom@shop.example", {"email": "mara@shop.example"}),
        ("mara @ shop.example", {}),
        ("0117 496 0142", {"phone": "+441174960142"}),
        ("call +49 30 901820 please", {"phone": "+4930901820"}),
        ("0117 496 0142 or m2@shop.example", {"email": "m2@shop.example", "phone": "+441174960142"}),
        ("order CK-10423, late since 3 November", {}),
        ("@everyone", {}),
    ],
)
def test_an_address_or_number_is_found_in_a_sentence(text: str, contact: dict[str, str]) -> None:
    assert contact_in(text, "GB") == contact


@pytest.mark.parametrize(
    "text",
    [
        *("mara@shop.example\nBcc: all@shop.example", "mara@shop.example, tom@shop.example", "mara", ""),
        *("Mara <mara@shop.example>", "mara@localhost", "mara@[10.0.0.1]", "m\u00e4ra@shop.example"),
        *("@shop.example", "mara@shop..example", "a" * 65 + "@shop.example", "-oQ/tmp@"),
        "mara@shop.example\0",
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert mail_address(text) is None


def test_an_address_is_written_as_servers_take_it() -> None:
    assert mail_address("  Mara.L+shop@Shop.Example ") == "Mara.L+shop@shop.example"
    assert mail_address("mara@k\u00e4se.example") == "mara@xn--kse-qla.example"
