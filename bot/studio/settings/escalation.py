"""When a person takes over, as an owner says it: sentences with choices, each for a number of ladder.yml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.empathy.ladder import LOCKED, TOPICS, LadderSettings
from bot.errors import StudioError
from bot.studio.files.patch import Patch
from bot.studio.files.workspace import digest

FILE = "data/business/ladder.yml"
NUMBERS = ("sensitivity", "acknowledge", "repair", "offer", "hand_over", "vip_bonus")


@dataclass(frozen=True)
class Sentence:
    """A sentence with one choice at its end, which is a number of the ladder."""

    key: str
    before: str
    choices: Mapping[float, str]


# No choice of one sentence reaches into the next, so that each step stays above the one before.
SENTENCES = (
    Sentence(
        "acknowledge",
        "The assistant names the trouble in a few words before it answers",
        {
            0.20: "at the first sign that somebody is uneasy",
            0.30: "when somebody is uneasy",
            0.36: "when it is plain that somebody is uneasy",
        },
    ),
    Sentence(
        "repair",
        "It stops, says what went wrong and puts that right first",
        {0.38: "as soon as it is plain", 0.44: "when it goes on", 0.49: "shortly before somebody is upset"},
    ),
    Sentence(
        "offer",
        "It asks whether a person should take over",
        {
            0.50: "when somebody begins to be upset",
            0.56: "when somebody is upset",
            0.62: "when it is clearly going wrong",
        },
    ),
    Sentence(
        "hand_over",
        "It calls a person without asking",
        {
            0.65: "when it goes wrong further than that",
            0.75: "when somebody is beside themselves",
            0.85: "when it could hardly be worse",
        },
    ),
    Sentence(
        "vip_bonus",
        "Good customers reach a person",
        {0.0: "when everybody does", 0.05: "hardly sooner", 0.10: "a little sooner", 0.20: "clearly sooner"},
    ),
)


@dataclass(frozen=True)
class Topic:
    """What customers may speak of. `otherwise`: what happens while it is neither always nor never.

    `says` is an example, message by message; `at_once`: whether the ladder can call a person for it alone.
    """

    name: str
    title: str
    says: tuple[str, ...]
    otherwise: str
    at_once: bool = True


TOPIC_WORDS = (
    Topic("person", "Asks for a person", ("Can I talk to a human please?",), "A person is called."),
    Topic("danger", "Danger to life or health", ("My son has swallowed the descaler!",),
          "A person is called."),
    Topic("refusal", "Does not want to talk to a bot", ("I refuse to talk to a bot.",),
          "A person is offered."),
    Topic("security", "Somebody in their account, a stolen card", ("Somebody has hacked my account",),
          "A person is offered."),
    Topic("legal", "A lawyer, a court", ("You will be hearing from my solicitor.",), "A person is offered."),
    Topic("charged_twice", "Money taken twice", ("You charged me twice for CK-10188.",),
          "A person is called when it is said plainly."),
    Topic("vulnerable", "Grief, illness, hardship", ("My husband passed away and the parcels still come.",),
          "A careful tone; a person is offered, or called when help is needed with it."),
    Topic("abuse", "Insults your staff", ("You people are complete idiots",),
          "A calm boundary and an offer; a person is called at the second insult."),
    Topic("leaving", "Threatens to leave", ("That's it, I'm taking my business elsewhere.",),
          "A person is offered; called when somebody is upset as well."),
    Topic("review", "Threatens a bad review", ("I'm going to leave a one star review about this",),
          "A person is offered; called when somebody is upset as well."),
    Topic("repeat", "Asks the same thing again",
          ("How long does a parcel to Spain take?", "But how long does a parcel to Spain take?",
           "So how long does the parcel take to Spain?"),
          "A person is offered when that happens twice; called at the third time, when it hurts.",
          at_once=False),
    Topic("deadline", "Urgent, and costly if it goes wrong",
          ("My order arrived broken and the wedding is tomorrow!",),
          "A person is called when an order went wrong as well, else offered.", at_once=False),
)  # fmt: skip


@dataclass(frozen=True)
class Escalation:
    """What ladder.yml says. Numbers that are not there, or are none, stand as delivered."""

    sensitivity: float
    acknowledge: float
    repair: float
    offer: float
    hand_over: float
    vip_bonus: float
    always: tuple[str, ...]
    never: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Escalation":
        """Read the text of the file.

        Raises:
            OwnerFileError: it is no YAML that an owner may write.
        """
        tree = Patch(text, FILE).tree
        return cls(
            **{key: _number(tree.get(key), getattr(LadderSettings, key)) for key in NUMBERS},
            **{key: _names(tree.get(key)) for key in ("always", "never")},
        )

    @property
    def mark(self) -> str:
        """What tells whether somebody has changed it: its values, not the comments around them."""
        return digest(repr(self))

    @property
    def ladder(self) -> LadderSettings:
        """Return it as the ladder takes it; a topic that nobody knows counts as none."""
        known = {key: tuple(t for t in getattr(self, key) if t in TOPICS) for key in ("always", "never")}
        return LadderSettings(**{**vars(self), **known})

    def written(self, text: str) -> str:
        """Return the text of the file with these values, all else as it was.

        Raises:
            StudioError: it would switch off what cannot be, or a topic is both always and never.
        """
        for topic in TOPIC_WORDS:
            if topic.name in LOCKED and (topic.name in self.never or topic.name not in self.always):
                raise StudioError(f"“{topic.title}” always goes to a person; that cannot be switched off.")
            if topic.name in self.always and topic.name in self.never:
                raise StudioError(f"“{topic.title}” cannot be both always and never. Keep one of the two.")
        patch = Patch(text, FILE)
        for key in NUMBERS:
            patch.set((key,), getattr(self, key))
        for key in ("always", "never"):
            wanted, there = getattr(self, key), _names(patch.tree.get(key))
            kept: list[Any] = [index for index, name in enumerate(there) if name in wanted]
            patch.arrange((key,), [*kept, *(name for name in wanted if name not in there)])
        return patch.text


def choices() -> list[dict[str, Any]]:
    """Return the sentences as the screen shows them; `delivered` is the choice as delivered."""
    return [
        {
            "key": sentence.key,
            "before": sentence.before,
            "delivered": getattr(LadderSettings, sentence.key),
            "choices": [{"value": value, "words": words} for value, words in sentence.choices.items()],
        }
        for sentence in SENTENCES
    ]


def topics() -> list[dict[str, Any]]:
    """Return the topics as the screen shows them."""
    return [{**vars(t), "says": list(t.says), "locked": t.name in LOCKED} for t in TOPIC_WORDS]


def _number(value: Any, delivered: float) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else delivered


def _names(value: Any) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, list) else ()
