"""What an owner waits for: a check, a changed answer in the draft, another version while visitors talk."""

import asyncio
import tempfile
from pathlib import Path

from bot.bench import checking, draft, switching
from bot.bench.figure import Figure
from bot.supervisor.product import Product
from bot.supervisor.steps import Steps


async def measure(steps: Steps, *, quick: bool = False) -> list[Figure]:
    """Start a product of our own and measure; about five minutes, `quick` about three."""
    figures = await asyncio.to_thread(checking.measure, steps, quick=quick)
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        product = Product(Path(folder), KINDHAND_MODELS=str(models))
        try:
            with steps.step("Starting a product to publish in"):
                await asyncio.to_thread(product.start)
            figures += await switching.measure(steps, product, switches=2 if quick else 4)
        finally:
            product.stop()
        figures += await draft.measure(steps, models=models, rounds=1 if quick else 3)
    return figures
