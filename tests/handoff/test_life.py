"""One table says every step of a hand-over, and the page about it says the same."""

import re

import pytest

from bot.errors import IllegalTransition
from bot.handoff import life
from bot.settings import ROOT
from tests.demo_business import demo_business

PAGE = (ROOT / "docs" / "handoff.md").read_text()
EVERYBODY = {who for step in life.STEPS for who in step.who}
GROUPS = {"in_line": life.IN_LINE, "with_agent": life.HELD}


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip().strip("`") for word in cell.split(","))


def test_the_page_has_every_step_and_no_other() -> None:
    table = PAGE.partition("## Steps")[2].partition("## ")[0]
    shown = {
        (verb.strip("`"), _words(before), after.strip("`"), _words(who), owner, told.strip("`–"), seen)
        for verb, before, after, who, owner, told, seen in map(
            _cells, re.findall(r"^\| `.*$", table, re.MULTILINE)
        )
    }
    assert shown == {
        (step.verb, step.before, step.after, step.who, step.owner, step.told or "", step.seen)
        for step in life.STEPS
    }


def test_the_diagram_has_every_step_and_no_other() -> None:
    diagram = re.search(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)[1]
    arrows = set()
    for before, after, verb in re.findall(r"(\S+) --> (\S+): (\S+)", diagram):
        first = {"[*]": (life.NONE,), **GROUPS}.get(before, (before,))
        arrows |= {(state, after, verb) for state in first}
    assert arrows == {(before, step.after, step.verb) for step in life.STEPS for before in step.before}
    for name, states in GROUPS.items():
        inside = re.search(rf"state {name} {{\n(.*?)\n    }}", diagram, re.DOTALL)[1]
        named = set(re.findall(r"(\S+) --> (\S+):", inside))
        assert {state for pair in named for state in pair} == set(states)


def test_the_page_names_every_outcome() -> None:
    assert not [outcome for outcome in life.OUTCOMES if f"`{outcome}`" not in PAGE]


def test_every_sentence_is_there() -> None:
    known = demo_business().texts.own.sentences
    for told in {step.told for step in life.STEPS if step.told}:
        assert told in known or any(sentence.startswith(f"{told}_") for sentence in known), told


@pytest.mark.parametrize("verb", life.VERBS)
def test_what_is_no_step_is_refused_to_everybody(verb: str) -> None:
    for state in (life.NONE, *life.STATES):
        steps = [step for step in life.STEPS if step.verb == verb and state in step.before]
        assert life.is_step(verb, state) == bool(steps), state
        if not steps:
            with pytest.raises(IllegalTransition):
                life.find(verb, state, EVERYBODY)
        allowed = {who for step in steps for who in step.who}
        for who in EVERYBODY:
            if who in allowed:
                assert life.find(verb, state, {who}) in steps, (state, who)
            else:
                with pytest.raises(IllegalTransition):
                    life.find(verb, state, {who})


def test_every_state_can_be_reached_and_left_until_it_is_over() -> None:
    reached, before = {life.NONE}, set()
    while reached != before:
        before = set(reached)
        reached |= {step.after for step in life.STEPS if before.intersection(step.before)}
    assert reached == {life.NONE, *life.STATES}
    for state in (*life.IN_LINE, *life.HELD):
        ways, before = {state}, set()
        while ways != before:
            before = set(ways)
            ways |= {step.after for step in life.STEPS if before.intersection(step.before)}
        assert set(life.OVER) <= ways


def test_only_a_person_ends_what_a_person_has() -> None:
    for step in life.STEPS:
        if set(step.before) & set(life.HELD) and step.after in life.OVER:
            assert step.who in ((life.HOLDER,), (life.THE_VISITOR,))
    assert {step.after for step in life.STEPS if life.THE_BOT in step.who} == {life.QUEUED}
