"""Every story, told to the real bot: the same messages must bring the same actions."""

import asyncio
import re
from pathlib import Path

import pytest

from tests.conversations.stage import Answer, Stage
from tests.conversations.story import Story, Turn, stories

HERE = Path(__file__).parent
STORIES = list(stories(HERE))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(story: Story, stage: Stage, loop: asyncio.AbstractEventLoop) -> None:
    loop.run_until_complete(tell(story, stage))


async def tell(story: Story, stage: Stage) -> None:
    """Hold the conversation and compare."""
    conversation = "story-" + re.sub(r"[^a-z0-9]+", "-", story.name.lower())[:50]
    stage.restore()
    stage.desk.working = story.desk_works
    said: list[str] = []
    for turn in story.turns:
        kind = "payload" if turn.text.startswith("/") else "text"
        answer = await stage.say(conversation, turn.text, customer=story.customer, kind=kind)
        _compare(turn, answer)
        said += answer.said
    _check_words(story, said)
    causes = [told["cause"] for told in stage.desk.handoffs if told["conversation"] == conversation]
    assert [cause.split("@")[0] for cause in causes] == story.causes


def _compare(turn: Turn, answer: Answer) -> None:
    about = f"after “{turn.text}” it said {answer.said}"
    assert answer.actions == turn.actions, about
    assert {name: answer.slots[name] for name in turn.slots} == turn.slots, about
    if turn.checks_form:
        assert answer.form == turn.form, about


def _check_words(story: Story, said: list[str]) -> None:
    """Find what must be said, in that order; and nothing twice, no gap left open."""
    everything = "\n".join(said)
    at = 0
    for words in story.says:
        found = [place for word in words.split("|") if (place := everything.find(word, at)) >= 0]
        assert found, f"“{words}” is missing, or too early, in:\n{everything}"
        at = min(found)
    for words in story.never:
        assert words not in everything
    assert not re.search(r"{[a-z_]+}", everything)


def test_there_are_enough_stories() -> None:
    assert len(STORIES) >= 40
    assert len({story.name for story in STORIES}) == len(STORIES)


def test_rasa_reads_the_stories_too() -> None:
    """They stay in Rasa's own format, for Rasa's own tools."""
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader

    reader = YAMLStoryReader(Domain.load(str(HERE.parent.parent / "domain.yml")))
    steps = [step for path in HERE.glob("test_*.yml") for step in reader.read_from_file(path)]
    assert {step.block_name for step in steps} == {story.name for story in STORIES}
