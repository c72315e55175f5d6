"""How long an owner waits from saving a changed answer to hearing it from the draft, training included."""

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.bench.figure import Figure
from bot.errors import StartError
from bot.settings import ROOT, Settings
from bot.studio.files.patch import Patch
from bot.studio.files.spans import Spans
from bot.studio.files.workspace import TAUGHT_IN, Workspace
from bot.studio.questions.question_file import set_examples
from bot.studio.trial.trial import DRAFT, Trial
from bot.supervisor.steps import Steps

ASKED = "how long does delivery take?"
FILE, ANSWER = "data/faq/shipping_time.yml", "utter_shipping_time"
WHO = "bench"
AIM = "under 30 s"


async def measure(steps: Steps, *, models: Path, rounds: int = 3) -> list[Figure]:
    """Change an answer and an example of a copy of the demo's files, and wait for the draft each time."""
    with tempfile.TemporaryDirectory() as place:
        own = {"VAR": f"{place}/var", "FILES": f"{place}/shop", "MODELS": str(models)}
        settings = Settings.load({f"KINDHAND_{key}": value for key, value in own.items()})
        for name in TAUGHT_IN:
            _copy(ROOT / name, settings.files / name)
        trial = Trial(settings)
        try:
            with steps.step("Starting the private copy of the draft"):
                first = await _waited(trial, "")
            with steps.step(f"Changing an answer, {rounds} times"):
                answers = [await _changed(trial, settings, number) for number in range(rounds)]
            with steps.step(f"Adding an example, {rounds} times"):
                examples = [
                    await _changed(trial, settings, rounds + number, f"days until parcel {number} is here")
                    for number in range(rounds)
                ]
        finally:
            await trial.stop()
    how = f"median of {rounds}; from the saved file to the answer in the draft's chat, training included"
    return [
        Figure("draft: a changed answer", "s", median(answers), aim=AIM, note=how),
        Figure("draft: one more example", "s", median(examples), aim=AIM, note=how),
        Figure("draft: when nothing runs yet", "s", first, note="the private copy is started too"),
    ]


async def _changed(trial: Trial, settings: Settings, number: int, example: str = "") -> float:
    said = f"Round {number}. "
    with Workspace(settings.files, settings.var / "studio").edit(WHO) as edit:
        patch = Patch(edit.read(FILE).text, FILE)
        for place, wording in enumerate(patch.tree["responses"][ANSWER]):
            text = said + str(wording["text"]).removeprefix(f"Round {number - 1}. ")
            patch.set(("responses", ANSWER, place, "text"), text)
        spans = Spans(patch.text, FILE)
        if example:
            path = ("nlu", 0, "examples")
            set_examples(spans, path, f"{spans.tree['nlu'][0]['examples']}- {example}\n")
        edit.write(FILE, spans.text)
    return await _waited(trial, said)


async def _waited(trial: Trial, said: str) -> float:
    """Return the seconds from the saved file until the draft answers from it, with what is `said` in it.

    Raises:
        StartError: it answers something else.
    """
    await trial.start_over(WHO)
    started = time.perf_counter()
    await trial.copies[DRAFT].keep_up(WHO)
    turn = (await trial.say(WHO, [DRAFT], ASKED, lambda secret: None))["turns"][DRAFT]
    if not any(said in one["text"] for one in turn["answers"]):
        raise StartError("The draft does not answer from the files as they were saved.")
    return time.perf_counter() - started


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
