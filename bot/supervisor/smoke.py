"""A short conversation with an assistant before visitors talk to it, which leaves no trace."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.errors import StartError
from bot.lessons import Lessons
from bot.secret import HEADER

CONVERSATION = "before-visitors-come"  # always the same: what a kill leaves of it, the next one forgets
QUESTIONS = 3
SECONDS = 20.0  # for one answer; the assistant allows itself 15
NO_ANSWER = "The new version gives no answer when it is tried out"


@dataclass(frozen=True)
class Question:
    """One of the owner's own examples, and the question that it is an example of."""

    text: str
    intent: str


def questions(folder: Path) -> list[Question]:
    """Choose some of the owner's own examples, from all over the files; each has a plain answer there."""
    lessons = Lessons.read(folder)
    answers = {answer.name for answer in lessons.answers}
    plain = [
        Question(topic.examples[0][0], topic.intent)
        for topic in lessons.topics
        if topic.examples and f"utter_{topic.intent}" in answers and "[" not in topic.examples[0][0]
    ]
    step = max(1, len(plain) // QUESTIONS)
    return plain[::step][:QUESTIONS]


async def try_out(brain_url: str, secret: str, asked: list[Question]) -> None:
    """Ask the assistant there, and have it forget that it was asked.

    Raises:
        StartError: it does not answer, or understands none of its own examples.
    """
    options: dict[str, Any] = {"timeout": SECONDS, "trust_env": False, "headers": {HEADER: secret}}
    async with httpx.AsyncClient(base_url=f"{brain_url}/webhooks/desk", **options) as brain:
        try:
            await _forget(brain)
            try:
                understood = [await _ask(brain, number, question) for number, question in enumerate(asked, 1)]
            finally:
                await _forget(brain)
        except httpx.HTTPError as problem:
            raise StartError(f"{NO_ANSWER}: {type(problem).__name__}") from None
    if asked and not any(understood):
        texts = ", ".join(f"“{question.text}”" for question in asked)
        raise StartError(
            f"The new version does not understand its own examples: {texts}. "
            "Train it again: ./kindhand train --force"
        )


async def _ask(brain: httpx.AsyncClient, number: int, question: Question) -> bool:
    """Ask one question; tell whether it was understood as what it is an example of."""
    turn = {"conversation": CONVERSATION, "message_id": str(number), "kind": "text", "text": question.text}
    response = await brain.post("/turn", json=turn)
    answer = _read(response)
    if response.status_code != httpx.codes.OK or not answer.get("messages"):
        said = answer.get("error") or response.status_code
        raise StartError(f"{NO_ANSWER}. Asked “{question.text}”, it said only: {said}")
    heard = answer.get("heard") or {}
    return heard.get("intent") == question.intent if heard else not answer["messages"][0].get("failed")


async def _forget(brain: httpx.AsyncClient) -> None:
    response = await brain.post("/forget", json={"conversation": CONVERSATION})
    if response.status_code != httpx.codes.OK:
        raise StartError(f"{NO_ANSWER}: it cannot get at the conversations ({response.status_code})")


def _read(response: httpx.Response) -> dict[str, Any]:
    try:
        return dict(response.json())
    except (json.JSONDecodeError, UnicodeDecodeError, TypeError, ValueError):
        return {}
