"""The progress of a long command, on standard error: how much of a stage is done and what time is left.

On a terminal each stage has a bar; elsewhere, as in CI, a stage that took five seconds is a line when it ends.
Nobody is told anything before `show` is called: tests and servers build in silence.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")
Advance = Callable[[], None]

_REDRAWN = 0.1  # seconds between two pictures of a bar
_WORTH_A_LINE = 5.0  # seconds


class _Teller(Protocol):
    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Advance]: ...


class _Silence:
    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Advance]:
        yield lambda: None


class _Lines:
    """A line for each stage that took its time."""

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Advance]:
        started = time.monotonic()
        yield lambda: None
        seconds = time.monotonic() - started
        if seconds >= _WORTH_A_LINE:
            count = f" {total}," if total else ""
            print(f"{name}:{count} {seconds:.1f} giây", file=sys.stderr, flush=True)


class _Bars:
    """A bar for each stage. It is drawn by who does the work: a thread would forbid to fork."""

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Advance]:
        with _bar() as bar:
            task = bar.add_task(name, total=total)
            drawn = time.monotonic()
            bar.refresh()

            def advance() -> None:
                nonlocal drawn
                bar.advance(task)
                if time.monotonic() - drawn >= _REDRAWN:
                    bar.refresh()
                    drawn = time.monotonic()

            yield advance


_teller: _Teller = _Silence()


def show(*, quiet: bool = False) -> None:
    """Tell from now on, unless `quiet`."""
    global _teller
    loud = _Bars if sys.stderr.isatty() else _Lines
    _teller = _Silence() if quiet else loud()


@contextmanager
def stage(name: str, total: int | None = None) -> Iterator[Advance]:
    """Tell that `name` is being done while the block runs; call what it gives after each of `total`."""
    with _teller.stage(name, total) as advance:
        yield advance


def over(name: str, items: Iterable[T], total: int) -> Iterator[T]:
    """`items`, of which there are `total`; the stage `name` advances with each that is taken.

    Without a name it is no stage of its own.
    """
    if not (name and total):
        yield from items
        return
    with stage(name, total) as advance:
        for item in items:
            yield item
            advance()


def _bar() -> "Progress":
    from rich.console import Console  # late: nobody looks at most builds
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("còn"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
    )
