"""Answers that show the tones: each with its words filled in, the plain one where a tone has none."""

from pathlib import Path

from bot.studio.settings.tones import answers
from tests.demo_business import demo_business

FILE = """
nlu:
  - intent: {name}
    examples: |
      - {question}
responses:
  utter_{name}:
    - text: {plain}
    - condition:
        - {{type: slot, name: tone, value: careful}}
      text: {careful}
"""


def test_only_answers_with_a_careful_wording_that_can_be_filled_are_shown(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    known = {"name": "hours", "question": "When are you open?", "careful": "Sorry. Until six."}
    told = {"plain": "'{business_name} is open.'"}
    (tmp_path / "data" / "hours.yml").write_text(FILE.format(**known, **told))
    order = {"name": "order", "question": "Where is it?", "careful": "Sorry.", "plain": "'{order_number}'"}
    (tmp_path / "data" / "order.yml").write_text(FILE.format(**order))
    plain = f"{demo_business().name} is open."
    shown = {"question": "When are you open?", "plain": plain, "warm": plain, "careful": "Sorry. Until six."}
    assert answers(tmp_path, demo_business()) == [shown]
