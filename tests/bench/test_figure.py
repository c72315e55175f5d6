"""Figures: percentiles and the table."""

import pytest

from bot.bench.figure import Figure, percentile
from bot.bench.table import as_table


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (1.0, 100), (0.01, 1)])
def test_percentile_is_a_value_that_was_measured(share: float, value: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], share) == value


def test_the_table_shows_ours_the_peers_and_the_ratio() -> None:
    text = as_table(
        [Figure("turn, median", "ms", 36.0, 30.0, "at most 1.15 times", "x"), Figure("memory", "MiB", 1234.5)]
    )
    turn, memory = text.splitlines()[-2:]
    assert "36.0 ms" in turn and "30.0 ms" in turn and "1.20" in turn and "at most 1.15" in turn
    assert "1,234 MiB" in memory or "1,235 MiB" in memory


def test_without_a_peer_there_is_no_ratio() -> None:
    assert Figure("memory", "MiB", 5.0).ratio is None
