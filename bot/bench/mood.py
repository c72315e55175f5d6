"""How well a detector hears how customers feel, against labelled messages."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from bot.bench.figure import percentile
from bot.bench.labelled import UPSET, Labelled
from bot.empathy.reading import EMOTIONS, Detector, Reading

WORRYING = 2 / 3  # distress from which a careful answer is due: intensity 2
BINS = 10
RESAMPLES, SEED = 1000, 20
WARM_UP = 20  # messages read before the clock runs

Pairs = Sequence[tuple[Labelled, Reading]]


@dataclass(frozen=True)
class MoodFigure:
    """One figure, over how many messages; low and high bound it at 95 %. unit: `share` (0 to 1) or `ms`."""

    what: str
    value: float
    messages: int
    unit: str = "share"
    low: float | None = None
    high: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)


@dataclass(frozen=True)
class Answers:
    """What a detector read in each message, and the processor seconds that each took."""

    readings: Sequence[Reading]
    seconds: Sequence[float]


def answers(detector: Detector, messages: Sequence[Labelled]) -> Answers:
    """Let a detector, warmed up, read all messages one by one, and take each one's processor time.

    That is the time of all threads together: what it takes on a core of its own, whatever else runs.
    """
    for message in messages[:WARM_UP]:
        detector.read(message.text, context=message.context)
    readings, seconds = [], []
    for message in messages:
        started = time.process_time()
        readings.append(detector.read(message.text, context=message.context))
        seconds.append(time.process_time() - started)
    return Answers(readings, seconds)


def figures(messages: Sequence[Labelled], found: Answers, *, names: bool = True) -> list[MoodFigure]:
    """Return all figures that the labels allow; of emotion and target only if the detector `names` them."""
    pairs = list(zip(messages, found.readings, strict=True))
    return [*_ranking(pairs), *(_naming(pairs) if names else ()), *_speed(found.seconds)]


def by_difficulty(messages: Sequence[Labelled], found: Answers) -> list[MoodFigure]:
    """Return how often the emotion is right in each kind of hard message."""
    right: dict[str, list[bool]] = {}
    for message, reading in zip(messages, found.readings, strict=True):
        for kind in message.hard:
            right.setdefault(kind, []).append(message.emotion == reading.emotion)
    return [
        MoodFigure(kind.replace("_", " "), fmean(right[kind]), len(right[kind])) for kind in sorted(right)
    ]


def _ranking(pairs: Pairs) -> Iterator[MoodFigure]:
    """Say how well the scores tell the upset from the others, and the worrying from the others."""
    upset = np.array([truth.upset for truth, _ in pairs])
    anger = np.array([sum(heard.scores[name] for name in UPSET) for _, heard in pairs])
    yield from _told_apart("frustrated or angry", upset, anger)
    labelled = [(truth.distress, heard.distress) for truth, heard in pairs if truth.distress is not None]
    if labelled:
        worry, heard = (np.array(column) for column in zip(*labelled, strict=True))
        yield from _told_apart("distress", worry >= WORRYING, heard)
        yield MoodFigure("distress, mean absolute error", float(np.abs(worry - heard).mean()), len(worry))


def _told_apart(what: str, truth: np.ndarray, score: np.ndarray) -> Iterator[MoodFigure]:
    if truth.all() or not truth.any():
        return
    low, high = _interval(truth, score)
    yield MoodFigure(f"{what}, AUROC", float(roc_auc_score(truth, score)), len(truth), low=low, high=high)
    yield MoodFigure(f"{what}, average precision", float(average_precision_score(truth, score)), len(truth))


def _interval(truth: np.ndarray, score: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of the AUROC by drawing the messages anew, with replacement."""
    chance = np.random.default_rng(SEED)
    levels, level = np.unique(score, return_inverse=True)
    drawn = []
    while len(drawn) < RESAMPLES:
        times = np.bincount(chance.integers(len(truth), size=len(truth)), minlength=len(truth))
        yes = np.bincount(level, times * truth, len(levels))
        no = np.bincount(level, times * ~truth, len(levels))
        if yes.any() and no.any():
            below = no.cumsum() - no / 2  # of equal scores, half count as below
            drawn.append((yes @ below) / (yes.sum() * no.sum()))
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


def _naming(pairs: Pairs) -> Iterator[MoodFigure]:
    """Say how often the emotion and the target are named rightly, and whether the scores are honest."""
    truth = [message.emotion for message, _ in pairs]
    heard = [reading.emotion for _, reading in pairs]
    present = [name for name in EMOTIONS if name in truth]
    each = f1_score(truth, heard, labels=present, average=None, zero_division=0)
    right = fmean(a == b for a, b in zip(truth, heard, strict=True))
    yield MoodFigure("emotion, right", right, len(truth))
    yield MoodFigure("emotion, macro F1", float(np.mean(each)), len(truth))
    for name, score in zip(present, each, strict=True):
        yield MoodFigure(f"F1 of {name}", float(score), truth.count(name))
    aimed = [message.target == reading.target for message, reading in pairs if message.target]
    if aimed:
        yield MoodFigure("target, right", fmean(aimed), len(aimed))
    yield MoodFigure("calibration error of the emotion", _calibration_error(pairs), len(pairs))


def _calibration_error(pairs: Pairs) -> float:
    """Return the mean gap between how sure the top emotion is and how often it is right, over equal bins."""
    sure = np.array([reading.scores[reading.emotion] for _, reading in pairs])
    right = np.array([message.emotion == reading.emotion for message, reading in pairs])
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    bins = [places == place for place in set(places)]
    return float(sum(abs(right[one].mean() - sure[one].mean()) * one.mean() for one in bins))


def _speed(seconds: Sequence[float]) -> Iterator[MoodFigure]:
    for what, share in (("median", 0.5), ("95th percentile", 0.95)):
        yield MoodFigure(f"time a message, {what}", 1000 * percentile(seconds, share), len(seconds), "ms")
