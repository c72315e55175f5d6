"""The beat of a task that looks again and again: when something stirs it, or after a while."""

import asyncio


class Beat:
    """Lets a task rest for at most `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._stirred = seconds, asyncio.Event()

    def stir(self) -> None:
        """End the rest, or the next one if nobody rests."""
        self._stirred.set()

    async def rest(self) -> None:
        """Wait until stirred since the last rest, or for the time of the beat.

        Before Python 3.12, `asyncio.wait_for` swallows a cancellation that comes in the same moment as what
        is waited for, and a task that looks for ever could not be stopped; `asyncio.wait` does not.
        """
        waiting = asyncio.ensure_future(self._stirred.wait())
        try:
            await asyncio.wait((waiting,), timeout=self._seconds)
        finally:
            waiting.cancel()
        self._stirred.clear()
