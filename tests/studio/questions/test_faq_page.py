"""Questions are found on pages as people copy them."""

import pytest

from bot.studio.questions.faq_page import read

LINES = """\
Frequently asked questions

Do you open on bank holidays?
Is there parking?

Opening times

Do you open on bank holidays?
Yes, from 10 to 4.
Except Christmas: then we are closed.

2. Is there parking?

- Two spaces behind the shop
- The car park in Mill Lane

Returns

Can I pay in installments?
"""
LETTERS = (
    "Q: Do you deliver?\nA: Yes. Why not?\n\nQ2: How much\nA2: 4 pounds.\nFrage: Wie lange? Antwort: Kurz.\n"
)
MARKED = "# FAQ\nHi.\n## Do you deliver?\nYes. Is it far?\n\nNo.\n## Returns\n30 days.\n## How much?\n£4\n"
TITLES = "## Delivery\nFast.\n## Returns\nWithin 30 days.\n"
HTML = """<html><head><title>FAQ?</title><script>var a = "b?";</script></head><body><nav>Home?</nav>
<h2>Shipping</h2>
<h3>Do you ship to Mars?</h3><p>Not yet, see <a href="https://x.example/mars">here</a>.</p><p>Really?</p>
<h3>3) What about Venus &amp; Moon?</h3><ul><li>Venus: no</li><li>Moon: yes</li></ul>
<h2>Money</h2><p>Some words.</p>
<details><summary>Do you take gold?</summary>Yes &lt;24 karat&gt;.</details></body></html>"""
BOLD = "<p><strong>Do you deliver?</strong> Yes.</p><p><b>How much?</b><br>4 pounds</p>"
ARABIC = "هل أنتم مفتوحون؟\nنعم.\n"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (
            LINES,
            [
                (
                    8,
                    "Do you open on bank holidays?",
                    "Yes, from 10 to 4. Except Christmas: then we are closed.",
                ),
                (12, "Is there parking?", "- Two spaces behind the shop\n- The car park in Mill Lane"),
                (19, "Can I pay in installments?", None),
            ],
        ),
        (
            LETTERS,
            [
                (1, "Do you deliver?", "Yes. Why not?"),
                (4, "How much", "4 pounds."),
                (6, "Wie lange?", "Kurz."),
            ],
        ),
        (MARKED, [(3, "Do you deliver?", "Yes. Is it far?\n\nNo."), (9, "How much?", "£4")]),
        (TITLES, [(1, "Delivery", "Fast."), (3, "Returns", "Within 30 days.")]),
        (
            HTML,
            [
                (3, "Do you ship to Mars?", "Not yet, see here (https://x.example/mars).\n\nReally?"),
                (4, "What about Venus & Moon?", "- Venus: no\n- Moon: yes"),
                (6, "Do you take gold?", "Yes <24 karat>."),
            ],
        ),
        (BOLD, [(1, "Do you deliver?", "Yes."), (1, "How much?", "4 pounds")]),
        (ARABIC, [(1, "هل أنتم مفتوحون؟", "نعم.")]),
        ("Just a text. Nothing is asked.", []),
        ("", []),
    ],
)
def test_questions_are_found(page: str, found: list[tuple[int, str, str | None]]) -> None:
    rows = read(page)
    assert [(row.line, row.question, *row.wordings.get("plain", (None,))) for row in rows] == found
