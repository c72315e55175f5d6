"""Holding on to what gets replaced while the program runs: the owner's files, once others are published."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


def following(present: Callable[[], T]) -> T:
    """Return what stands for `present()` at any moment.

    Whoever holds it looks up each attribute and calls each method of the one that is present then. It is
    for plain values with attributes and methods: `==`, `len` and the like are not passed on.
    """
    return cast(T, _Following(present))


class _Following(Generic[T]):
    def __init__(self, present: Callable[[], T]) -> None:
        self.__present = present

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__present(), name)
