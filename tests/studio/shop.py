"""A small shop's files, with a question in every place that an owner might put one."""

from pathlib import Path

from bot.studio.files.workspace import Workspace
from bot.studio.questions.questions import Questions

DOMAIN = """\
version: "3.1"
intents:
  # Questions: what customers ask
  - dogs
  - parking: {use_entities: []}
  # Tasks
  - order  # by its number

slots:
  choice:
    type: text
    mappings: [{type: from_intent, intent: dogs, value: pets}, {type: from_text, not_intent: [dogs, order]}]

responses:
  utter_parking:
    - text: "Behind the shop."
      buttons: &more [{title: "And dogs?", payload: '/dogs{"a": "b"}'}]
    - text: "There are two places."
      buttons: *more
actions: [action_order]
"""
DOGS = """\
# What people with dogs ask
version: "3.1"
nlu:
  - intent: dogs
    examples: |
      - dogs?
      - may I bring [Rex](dog)
responses:
  utter_dogs:
    - text: Bring them.
rules:
  - rule: dogs
    steps:
      - intent: dogs
      - action: utter_dogs
"""
NLU = """\
version: "3.1"
nlu:
- intent: parking
  examples: |
    - where can I park
- intent: order
  examples: |
    - where is my order
- synonym: Leeds
  examples: |
    - leeds
"""
RULES = """\
version: "3.1"
rules:
- rule: where to park
  steps: [{intent: parking}, {action: utter_parking}]
- rule: an order
  steps: [{intent: order}, {action: action_order}]
stories:
- story: dogs in cars
  steps:
  - or:
    - intent: parking
    - intent: dogs
  - action: utter_dogs
"""
ROUTING = "skills:\n  pets: [dogs, order]\n"
SCENES = (
    '{"id":"one","visitor":["dogs?"],"answer":"dogs"}\n{"id":"two","visitor":["dogs"],"answer":"parking"}\n'
)
FILES = {
    "domain.yml": DOMAIN,
    "data/faq/dogs.yml": DOGS,
    "data/nlu/all.yml": NLU,
    "data/rules/all.yml": RULES,
    "data/business/routing.yml": ROUTING,
    "data/rehearsals/all.jsonl": SCENES,
}


class Shop:
    """Its files in a folder, and the questions in them."""

    def __init__(self, folder: Path, files: dict[str, str] = FILES) -> None:
        self.folder = folder / "shop"
        for name, text in files.items():
            self.write(name, text)
        self.questions = Questions(Workspace(self.folder, folder / "aside"))

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def text(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def texts(self) -> dict[str, str]:
        paths = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes().decode() for path in paths}
