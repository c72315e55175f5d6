"""Train the mood model: first on GoEmotions and CLINC150, then on our own support messages.

In the environment of `requirements.txt`, from the project's top folder:

    python -m scripts.mood.train general --goemotions FOLDER --clinc150 FILE
    python -m scripts.mood.train support
    python -m scripts.mood.export

`general` writes `scripts/mood/build/general.pt`; `support` starts from it.
Run either with `--help` for the ways that were tried; README.md says what they measured.
"""
# ruff: noqa: T201 - a command that reports to its user

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bot.empathy.reading import EMOTIONS
from scripts.make_encoder import published
from scripts.mood import augment, corpus, distil, scores
from scripts.mood.corpus import Example
from scripts.mood.network import Batches, MoodNetwork, labels, loss, unlikeness
from scripts.mood.refit import refit

BUILD = Path(__file__).with_name("build")
SEED = 7
UNLIKE = 4.0  # how much it counts when the same message reads differently from somebody else


def balance(examples: Sequence[Example], power: float) -> Tensor:
    """Return a weight for each emotion: rarer ones count more, the more so the greater `power` (0: not)."""
    counts = np.array([sum(e.emotion.get(name, 0) for e in examples) for name in EMOTIONS]) + 1
    weights = (counts.mean() / counts) ** power
    return torch.tensor(weights / (weights * counts).sum() * counts.sum(), dtype=torch.float32)


def fit(
    network: MoodNetwork,
    batches: Batches,
    epochs: Sequence[Sequence[Example]],
    *,
    rate: float,
    size: int = 32,
    power: float = 0.5,
    smooth: float = 0.05,
    frozen: int = 0,
    seed: int = SEED,
    weight_decay: float = 0.01,
    pairs: float = 0.0,
    after: Callable[[int], None] = lambda epoch: None,
) -> None:
    """Train in place, one pass over each list of examples.

    `frozen` lower layers keep their weights; of a share `pairs` of the examples it also learns to answer the
    same when others tell them, or in another English (counterfactual pairing, after Garg et al. 2019).
    """
    generator, chance = torch.Generator().manual_seed(seed), random.Random(seed)
    weights, twins = balance(epochs[0], power), augment.Twins(epochs[0])
    base = network.encoder
    for part in [base.embeddings, *base.encoder.layer[:frozen]] if frozen else []:
        part.requires_grad_(False)
    heads = {"params": list(network.heads.parameters()), "lr": 10 * rate}
    body = {"params": [p for p in base.parameters() if p.requires_grad], "lr": rate}
    optimiser = torch.optim.AdamW([heads, body], weight_decay=weight_decay)
    steps = sum(-(-len(epoch) // size) for epoch in epochs)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [10 * rate, rate], total_steps=steps + 1, pct_start=0.1, anneal_strategy="linear"
    )
    step, started = 0, time.monotonic()
    for number, epoch in enumerate(epochs):
        network.train()
        for places, inputs in batches.of(epoch, size, generator):
            chosen = [epoch[i] for i in places]
            with torch.autocast("cpu", torch.bfloat16):
                answers = {name: found.float() for name, found in network(**inputs).items()}
            wrong = loss(answers, labels(chosen), weights, smooth)
            if pairs:
                count = max(1, round(pairs * len(chosen)))
                some = sorted(range(len(chosen)), key=lambda at: not chosen[at].same)[:count]  # twins first
                alike = [twins.of(chosen[at], chance) for at in some]
                with torch.autocast("cpu", torch.bfloat16):
                    others = network(**batches.inputs(alike))
                wrong = wrong + UNLIKE * unlikeness({n: a[some] for n, a in answers.items()}, others)
            wrong.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            step += 1
            if step % 50 == 0:
                left = (time.monotonic() - started) / step * (steps - step)
                print(f"  {step}/{steps}  loss {wrong.item():.3f}  {left / 60:.0f} min left", flush=True)
        after(number)


def general(asked: argparse.Namespace) -> None:
    """Teach the encoder feelings and everyday errands in general."""
    torch.manual_seed(SEED)
    examples = list(corpus.goemotions(asked.goemotions)) + list(corpus.clinc150(asked.clinc150))
    dev = list(corpus.goemotions(asked.goemotions, "dev"))
    network, batches = MoodNetwork.pretrained(published()), Batches(published() / "tokenizer.json")

    def report(epoch: int) -> None:
        BUILD.mkdir(exist_ok=True)
        torch.save(network.state_dict(), BUILD / "general.pt")
        print(f"epoch {epoch + 1}: macro F1 on GoEmotions' dev {scores.macro_f1(network, batches, dev):.3f}")

    fit(network, batches, [examples] * asked.epochs, rate=asked.rate, after=report)


def support(asked: argparse.Namespace) -> None:
    """Teach the network to read customers."""
    torch.manual_seed(asked.seed)
    ours, dev = corpus.messages("train"), corpus.messages("dev")
    chance = random.Random(asked.seed)
    if asked.sample:
        ours = chance.sample(ours, asked.sample)
    network, batches = MoodNetwork.pretrained(published()), Batches(published() / "tokenizer.json")
    if asked.teachers:
        ours = distil.taught(
            ours, [BUILD / f"{name}.pt" for name in asked.teachers.split(",")], network, batches
        )
    if asked.start != "published":
        network.load_state_dict(torch.load(BUILD / f"{asked.start}.pt"))
    others = list(corpus.goemotions(asked.goemotions)) if asked.goemotions else []
    errands = list(corpus.clinc150(asked.clinc150)) if asked.clinc150 else []
    lists = augment.epochs(
        ours,
        asked.epochs,
        slips=asked.slips,
        others=asked.others,
        context=not asked.no_context,
        seed=asked.seed,
    )
    for epoch in lists:
        epoch += chance.sample(others, min(len(others), asked.mixed)) + chance.sample(
            errands, min(len(errands), asked.mixed // 2)
        )
    fit(
        network,
        batches,
        lists,
        rate=asked.rate,
        power=asked.balance,
        smooth=asked.smooth,
        frozen=asked.frozen,
        pairs=asked.pairs,
        seed=asked.seed,
    )
    if not asked.no_refit:
        refit(network, batches, ours)
    BUILD.mkdir(exist_ok=True)
    torch.save(network.state_dict(), BUILD / f"{asked.name}.pt")
    figures = scores.summary(scores.answers(network, batches, dev), dev)
    print(asked.name, "  ".join(f"{name} {value:.3f}" for name, value in figures.items()), flush=True)


def main() -> None:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    stages = parser.add_subparsers(required=True)
    first = stages.add_parser("general", help=general.__doc__)
    first.add_argument("--goemotions", type=Path, required=True, help="folder with train.tsv and labels.txt")
    first.add_argument("--clinc150", type=Path, required=True, help="data_full.json")
    first.add_argument("--epochs", type=int, default=2)
    first.add_argument("--rate", type=float, default=1e-4)
    first.set_defaults(run=general)
    second = stages.add_parser("support", help=support.__doc__)
    second.add_argument("--name", default="support", help="of the file in build/")
    second.add_argument("--start", default="general", help="`published`, or a name in build/ to start from")
    second.add_argument("--goemotions", type=Path, help="mix some of it into each epoch")
    second.add_argument("--clinc150", type=Path, help="mix some of it into each epoch")
    second.add_argument("--mixed", type=int, default=1000, help="messages of GoEmotions in each epoch")
    second.add_argument("--epochs", type=int, default=4)
    second.add_argument("--rate", type=float, default=8e-5)
    second.add_argument("--balance", type=float, default=0.5, help="0: as they come, 1: each emotion alike")
    second.add_argument("--smooth", type=float, default=0.05, help="softness of the labels")
    second.add_argument("--slips", type=float, default=0.3, help="share of messages with slips")
    second.add_argument("--others", type=float, default=0.4, help="share with other people in them")
    second.add_argument(
        "--pairs", type=float, default=0.25, help="share that is read again with other people"
    )
    second.add_argument("--frozen", type=int, default=0, help="lower layers that keep their weights")
    second.add_argument("--no-context", action="store_true", help="leave out the message before")
    second.add_argument("--no-refit", action="store_true", help="keep the network's own head for signals")
    second.add_argument("--sample", type=int, help="only so many messages; for comparing ways quickly")
    second.add_argument("--teachers", help="names in build/, joined by commas, to learn from as well")
    second.add_argument("--seed", type=int, default=SEED)
    second.set_defaults(run=support)
    asked = parser.parse_args()
    torch.set_num_threads(2)
    asked.run(asked)


if __name__ == "__main__":
    main()
