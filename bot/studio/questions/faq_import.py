"""Questions from elsewhere, row by row: which are new, what they would change, which are refused and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.errors import StudioError
from bot.studio.files.plain_text import one_line, plain
from bot.studio.questions.names import name_for
from bot.studio.questions.question import TONES, Content, Question, Wording, cleaned, heard, without_doubles
from bot.studio.questions.taught import Taught

ADDED, REPLACED, SAME, REFUSED = "added", "replaced", "same", "refused"


@dataclass(frozen=True)
class Row:
    """A question as it was found, with its line, from 1; `wordings` by tone; the last two may be empty."""

    line: int
    question: str
    examples: tuple[str, ...] = ()
    wordings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    intent: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row: added, replaced, same or refused; `why` may say more."""

    row: Row
    what: str
    why: str = ""
    intent: str = ""


class Refused(Exception):
    """A row that cannot be taken; the text says why."""


class Import:
    """Goes through rows and puts together what is to be written; nothing is written here.

    With `replacing`, questions that there are get the row's examples, and its wordings for each tone that it
    has; their buttons stay. Otherwise they get new examples, and wordings for a tone that had none.
    """

    def __init__(self, taught: Taught, taken: set[str], *, replacing: bool) -> None:
        self._taught, self._taken, self._replacing = taught, set(taken), replacing
        self._asked = {heard(text): intent for intent, texts in taught.examples.items() for text in texts}
        self._lines: dict[str, int] = {}  # by question: the row that it is from
        self.contents: dict[str, Content] = {}
        self.topics: dict[str, str] = {}  # of new questions
        self.outcomes: list[Outcome] = []

    def take(self, rows: Sequence[Row]) -> None:
        for row in rows:
            try:
                self.outcomes.append(self._take(_clean(row)))
            except (Refused, StudioError) as problem:
                self.outcomes.append(Outcome(row, REFUSED, str(problem)))

    def _take(self, row: Row) -> Outcome:
        if not row.question:
            raise Refused("There is no question in it.")
        intent = self._known(row)
        if intent in self._lines:
            raise Refused(f"It is the same question as in line {self._lines[intent]}.")
        if intent is None:
            return self._new(row)
        self._lines[intent] = row.line
        old = self._taught.questions[intent].question
        content, notes = (self._replaced if self._replacing else self._extended)(row, old)
        if _same(content, old):
            return Outcome(row, SAME, " ".join(notes), intent)
        self._keep(intent, content)
        return Outcome(row, REPLACED if self._replacing else ADDED, " ".join(notes), intent)

    def _known(self, row: Row) -> str | None:
        """Return which question of the files, or of a row before, it is."""
        for name in (row.intent, name_for(row.intent)) if row.intent else ():
            if name in self._taught.questions or name in self._lines:
                return name
            if name in self._taught.names:
                raise Refused(f"“{name}” is the name of something else.")
        intent = self._asked.get(heard(row.question))
        if intent is None or intent in self._taught.questions or intent in self._lines:
            return intent if not row.intent else None
        title = self._taught.examples[intent][0]
        raise Refused(f"Customers who write this already mean something else, as with “{title}” ({intent}).")

    def _new(self, row: Row) -> Outcome:
        if not row.wordings.get("plain"):
            raise Refused("It has no answer.")
        name = name_for(row.intent or row.question, self._taken)
        examples, notes = self._free(name, [row.question, *row.examples])
        if not examples:
            raise Refused("Another question has all of its examples.")
        self._taken.update((name, f"utter_{name}"))
        self._lines[name] = row.line
        wordings = [Wording(tone, text) for tone in TONES for text in row.wordings.get(tone, ())]
        self._keep(name, (examples, wordings))
        self.topics[name] = row.topic
        return Outcome(row, ADDED, " ".join(notes), name)

    def _extended(self, row: Row, old: Question) -> tuple[Content, list[str]]:
        more, notes = self._free(old.intent, [row.question, *row.examples])
        examples = without_doubles([*old.examples, *more], len(old.examples))
        tones = {wording.tone for wording in old.wordings}
        new = [
            Wording(tone, text) for tone in TONES if tone not in tones for text in row.wordings.get(tone, ())
        ]
        if len(examples) > len(old.examples):
            count = len(examples) - len(old.examples)
            notes.insert(0, f"{count} more example{'s' if count > 1 else ''} of “{old.title}”.")
        elif heard(old.title) != heard(row.question):
            notes.insert(0, f"It is an example of “{old.title}”.")
        if any(not _says(old, tone, texts) for tone, texts in row.wordings.items() if tone in tones):
            notes.append("Your own answer stays.")
        return (examples, [*old.wordings, *new]), notes

    def _replaced(self, row: Row, old: Question) -> tuple[Content, list[str]]:
        examples, notes = self._free(old.intent, [row.question, *row.examples])
        if not row.examples:
            examples = without_doubles([*old.examples, *examples], len(old.examples))
        wordings: list[Wording] = []
        for tone in TONES:
            before = [wording for wording in old.wordings if wording.tone == tone]
            wordings += _reworded(before, row.wordings[tone], tone) if row.wordings.get(tone) else before
        return (examples, wordings), notes

    def _free(self, intent: str, examples: Sequence[str]) -> tuple[list[str], list[str]]:
        """Leave out examples that belong to another question, and say which."""
        free, notes = [], []
        for example in without_doubles(list(examples), 0):
            owner = self._asked.get(heard(example), intent)
            if owner == intent:
                free.append(example)
            else:
                notes.append(f"“{example}” is left out: it is an example of {owner}.")
        return free, notes

    def _keep(self, intent: str, content: Content) -> None:
        self.contents[intent] = content
        for example in content[0]:
            self._asked.setdefault(heard(example), intent)


def _clean(row: Row) -> Row:
    wordings = {
        tone: tuple(clean for text in texts if (clean := plain(text))) for tone, texts in row.wordings.items()
    }
    found = cleaned([one_line(row.question)])
    examples = tuple(cleaned(row.examples))
    return replace(row, question=found[0] if found else "", examples=examples, wordings=wordings)


def _reworded(before: Sequence[Wording], texts: Sequence[str], tone: str) -> list[Wording]:
    """Give wordings other texts; what is said as before stays with its buttons."""
    left = [wording for wording in before if plain(wording.text) not in texts]
    known = {plain(wording.text): wording for wording in before}
    found = []
    for text in texts:
        if text in known:
            found.append(known[text])
        else:
            found.append(replace(left.pop(0), text=text) if left else Wording(tone, text))
    return found


def _says(old: Question, tone: str, texts: Sequence[str]) -> bool:
    said = {plain(wording.text) for wording in old.wordings if wording.tone == tone}
    return {*texts} <= said


def _same(content: Content, old: Question) -> bool:
    return list(content[0]) == list(old.examples) and list(content[1]) == list(old.wordings)
