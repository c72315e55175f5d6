"""The questions in the owner's files, to be changed, added, renamed and deleted there.

A question is known by its rule of two steps, what is asked and what is answered; its parts may lie anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import yaml_tree
from bot.dialogue.topics import is_topic
from bot.errors import NotFound, StudioError, WrittenMeanwhile
from bot.studio.files.plain_text import plain
from bot.studio.files.spans import Key, Spans, line_at
from bot.studio.files.workspace import Edit, Hand, Workspace
from bot.studio.questions.faq_import import Import, Outcome, Row
from bot.studio.questions.mentions import Mention, mentions, renamed_scenes, scenes
from bot.studio.questions.names import name_for
from bot.studio.questions.question import Content, Wording, cleaned, without_doubles
from bot.studio.questions.question_file import (
    add_answer,
    add_examples,
    add_lines,
    edited_examples,
    new_file,
    set_examples,
    set_wordings,
    without,
)
from bot.studio.questions.taught import DOMAIN, FAQ, Found, Place, Reader, Taught


class Questions:
    """The questions of a workspace. All of it blocks; whatever writes is one edit."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reader = Reader(workspace)

    def taught(self, *, within: float = 0.0) -> Taught:
        """Read what the files say now, or said so many seconds ago at most."""
        return self._reader.read(within=within)

    def find(self, intent: str) -> Found:
        """Return one question.

        Raises:
            NotFound: there is none of that name.
        """
        found = self.taught().questions.get(intent)
        if found is None:
            raise NotFound(
                "There is no such question in your files now. Somebody renamed or deleted it,"
                " or its file cannot be read and has to be mended first."
            )
        return found

    def hand(self, found: Found) -> Hand | None:
        """Return who last wrote this question's files here; None if that was an editor, or git."""
        hands = [hand for name in found.files if (hand := self._workspace.hand(name))]
        return max(hands, key=lambda hand: hand.at, default=None)

    def save(
        self, intent: str, mark: str, content: Content, *, author: str, rename: str | None = None
    ) -> str:
        """Have a question be asked and answered so; return its name, a new one where `rename` gives a title.

        Raises:
            NotFound: there is none.
            WrittenMeanwhile: it is not as `mark` says.
            StudioError: its name is needed as it is, or a file cannot be changed in place.
            OwnerFileError: a file cannot be read, or would be too large.
        """
        with self._workspace.edit(author) as edit:
            found = self._known(intent, mark)
            self._put(edit, {found.question.intent: content})
            new = self._name(rename, but=intent) if rename else intent
            if new != intent:
                self._rename(edit, found, new)
        return new

    def add(self, title: str, content: Content, *, author: str) -> str:
        """Add a question in a file of its own; return the name made for it from its title.

        Raises:
            StudioError: the title has no words.
            OwnerFileError: domain.yml cannot be read.
        """
        with self._workspace.edit(author) as edit:
            name = self._name(title)
            self._put(edit, {name: ([title, *content[0]], content[1])})
        return name

    def add_examples(self, intent: str, texts: Sequence[str], *, author: str) -> int:
        """Add examples to a question; return how many were new to it."""
        with self._workspace.edit(author) as edit:
            question = self.find(intent).question
            wanted = without_doubles([*question.examples, *cleaned(texts)], len(question.examples))
            self._put(edit, {intent: (wanted, question.wordings)})
        return len(wanted) - len(question.examples)

    def take(
        self, rows: Sequence[Row], *, replacing: bool, author: str, dry_run: bool = False
    ) -> list[Outcome]:
        """Take in questions from elsewhere, all in one change; say of each row what becomes of it.

        With `dry_run` nothing is written, and the outcome is what it would be. See `faq_import.Import`.
        """
        if dry_run:
            taking = Import(self.taught(), self.taken(), replacing=replacing)
            taking.take(rows)
            return taking.outcomes
        with self._workspace.edit(author) as edit:
            taking = Import(self.taught(), self.taken(), replacing=replacing)
            taking.take(rows)
            self._put(edit, taking.contents, taking.topics)
        return taking.outcomes

    def delete(self, intent: str, mark: str, *, author: str) -> None:
        """Delete a question, and its file where nothing else is in there.

        Raises:
            NotFound, WrittenMeanwhile, OwnerFileError: as for `save`.
            StudioError: a story, another rule, a button or the program needs it; says where.
        """
        with self._workspace.edit(author) as edit:
            found = self._known(intent, mark)
            _require_free(intent)
            if needed := self._needed(found):
                more = f" and {len(needed) - 3} more" if len(needed) > 3 else ""
                raise StudioError(f"It is still needed: {'; '.join(needed[:3])}{more}. Change that first.")
            self._remove(edit, found)

    def _known(self, intent: str, mark: str) -> Found:
        found = self.find(intent)
        if found.question.mark != mark:
            hand = self.hand(found)
            raise WrittenMeanwhile(f"“{found.question.title}”", hand.author if hand else None)
        return found

    def taken(self) -> set[str]:
        """Return all names that no new question may have."""
        files = {name.rpartition("/")[2].removesuffix(".yml") for name in self._workspace.names()}
        return self.taught().names | files

    def _name(self, title: str, but: str = "") -> str:
        return name_for(title, self.taken() - {but, f"utter_{but}"})

    def _put(
        self, edit: Edit, contents: Mapping[str, Content], topics: Mapping[str, str] | None = None
    ) -> None:
        known = self.taught()
        draft = _Draft(edit, self._reader)
        new: list[str] = []
        for intent, (examples, wordings) in contents.items():
            wordings = [replace(one, text=plain(one.text)) for one in wordings]
            wordings = [one for one in wordings if one.text or one.buttons]
            if found := known.questions.get(intent):
                draft.change(found, cleaned(examples, known=found.question.examples), wordings)
            else:
                asked = without_doubles(cleaned(examples), 0)
                path = f"{known.folder((topics or {}).get(intent, ''))}{intent}.yml"
                edit.write(path, new_file(intent, f"utter_{intent}", asked, wordings))
                new.append(intent)
        if new:
            draft.name(new, behind=[i for i, found in known.questions.items() if found.file.startswith(FAQ)])
        draft.keep()

    def _rename(self, edit: Edit, found: Found, new: str) -> None:
        old, answer = found.question.intent, found.question.answer
        own = answer == f"utter_{old}"
        _require_free(old)
        names = {("intent", old): new, **({("answer", answer): f"utter_{new}"} if own else {})}
        for file in self._workspace.names():
            text = edit.read(file).text if edit.has(file) else ""
            if old not in text:
                continue
            if file.endswith(".jsonl"):
                written = renamed_scenes(text, old, new)
            else:
                spans = Spans(text, file)
                for mention in mentions(spans.tree):
                    if (mention.what, mention.name) in names:
                        mention.rename(spans, names[mention.what, mention.name])
                written = spans.text
            if file.startswith(FAQ) and file.endswith(f"/{old}.yml"):
                edit.delete(file)
                edit.write(f"{file.removesuffix(f'{old}.yml')}{new}.yml", written)
            elif written != text:
                edit.write(file, written)

    def _needed(self, found: Found) -> list[str]:
        """Say in words, with file and line, what cannot do without this question."""
        asked, own = found.question, {Place(place.file, place.path[:2]) for place in found.places}
        needed: dict[str, str] = {}  # what needs it, with the first place
        for file in self._workspace.names():
            text = self._workspace.read(file).text
            if file.endswith(".jsonl"):
                for line, intent in scenes(text):
                    if intent == asked.intent:
                        needed[f"a scene waits for its answer ({file}:{line})"] = ""
            elif asked.intent in text or asked.answer in text:
                for mention in mentions(tree := yaml_tree.parse(text, file)):
                    ours = mention.name == (asked.intent if mention.what == "intent" else asked.answer)
                    if ours and Place(file, mention.path[:2]) not in own and (said := _said(mention)):
                        needed.setdefault(said, f" ({file}:{line_at(tree, mention.path)})")
        return [said + place for said, place in needed.items()]

    def _remove(self, edit: Edit, found: Found) -> None:
        asked = found.question
        gone: dict[str, set[tuple[Key, ...]]] = {}
        for place in found.places:
            gone.setdefault(place.file, set()).add(place.path[:2])
        for file in self._workspace.names():
            text = edit.read(file).text if file.endswith((".yml", ".yaml")) else ""
            if asked.intent in text or asked.answer in text:
                tree = yaml_tree.parse(text, file)
                for mention in mentions(tree) if isinstance(tree, dict) else ():
                    ours = mention.name == (asked.intent if mention.what == "intent" else asked.answer)
                    if ours and mention.where in ("domain", "skill"):
                        depth = 2 if mention.where == "domain" else 3
                        gone.setdefault(file, set()).add(mention.path[:depth])
        for file, paths in gone.items():
            written = without(edit.read(file).text, file, paths)
            if written is None:
                edit.delete(file)
            else:
                edit.write(file, written)


class _Draft:
    """Changes to many questions: each file is read apart once and written once."""

    def __init__(self, edit: Edit, reader: Reader) -> None:
        self._edit, self._reader = edit, reader
        self._open: dict[str, Spans] = {}

    def change(self, found: Found, examples: Sequence[str], wordings: Sequence[Wording]) -> None:
        """Have a question be asked and answered so."""
        if list(examples) != list(found.question.examples):
            self._ask(found, examples)
        place = found.responses or Place(found.file, ("responses", found.question.answer))
        spans = self._spans(place.file)
        if found.responses:
            set_wordings(spans, place.path, _at(spans.tree, place.path) or [], wordings)
        elif wordings:
            add_answer(spans, found.question.answer, wordings)

    def name(self, intents: Sequence[str], *, behind: Sequence[str]) -> None:
        """Add intents to domain.yml, behind the last of those that it has already."""
        spans = self._spans(DOMAIN)
        known = [
            next(iter(one), "") if isinstance(one, dict) else one for one in spans.tree.get("intents") or ()
        ]
        last = max((n for n, one in enumerate(known) if one in set(behind)), default=len(known) - 1)
        add_lines(spans, ("intents",), last + 1, [f"- {intent}" for intent in intents])

    def keep(self) -> None:
        for name, spans in self._open.items():
            if (text := spans.text) != self._edit.read(name).text:
                self._edit.write(name, text)

    def _ask(self, found: Found, examples: Sequence[str]) -> None:
        places = found.examples
        if not places:
            add_examples(self._spans(found.rule.file), found.question.intent, examples)
            return
        blocks = [str(_at(self._spans(place.file).tree, place.path) or "") for place in places]
        for place, old, new in zip(places, blocks, edited_examples(blocks, examples), strict=True):
            if old != new:
                set_examples(self._spans(place.file), place.path, new)

    def _spans(self, name: str) -> Spans:
        if name not in self._open:
            file = self._edit.read(name)
            if file.digest != self._reader.digest(name):  # an editor wrote it just now
                raise WrittenMeanwhile(name, None)
            self._open[name] = Spans(file.text, name)
        return self._open[name]


def _require_free(intent: str) -> None:
    if intent.isidentifier() and not is_topic(intent):
        raise StudioError("The program itself knows this question by its name, so it has to stay.")


def _said(mention: Mention) -> str:
    """Say what needs an intent or answer; "" for what goes away with the question."""
    match mention.where:
        case "rule" | "story":
            return f"the {mention.where} “{mention.within}”"
        case "button":
            return f"a button under “{mention.within}”"
        case "slot":
            return f"the slot “{mention.within}”"
    return ""


def _at(tree: Any, path: Sequence[Key]) -> Any:
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else tree[int(key)]
    return tree
