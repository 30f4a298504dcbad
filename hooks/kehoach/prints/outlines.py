"""Words as outlines: shaped by Typst with kerning, then no longer text.

A print shop wants no fonts, and a line is fitted by its ink, not by its line box. One word is
shaped at a time, so that a line of any words is known without asking Typst again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from kehoach.prints.typesetting import compile_pages

EM = 1000.0
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_STEP = re.compile(r"([MmLlHhVvQqCcZz])([^MmLlHhVvQqCcZz]*)")

# "m" move, "l" line, "q" quadratic, "c" cubic, "z" close; then absolute coordinates.
Step = tuple[str, *tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Font:
    family: str
    weight: int
    file: str


DISPLAY = Font("Anton", 400, "Anton-Regular")
LABEL = Font("Be Vietnam Pro", 700, "BeVietnamPro-Bold")
NOTE = Font("Be Vietnam Pro", 400, "BeVietnamPro-Regular")


@dataclass(frozen=True, slots=True)
class Outline:
    """A run of glyphs, 1000 units to the em, y up from the baseline; the box is its ink."""

    advance: float
    left: float
    right: float
    top: float
    bottom: float
    path: tuple[Step, ...]

    def placed(self, x: float, y: float, size: float) -> list[Step]:
        """The path on a sheet whose y grows downwards: origin at (x, y), `size` to the em."""
        scale = size / EM
        return [_scaled(step, scale, x, y, -1) for step in self.path]


def outlines(texts: Iterable[str], font: Font) -> dict[str, Outline]:
    """The outline of each text. A text of spaces has an advance and no ink."""
    wanted = list(dict.fromkeys(texts))
    new = [text for text in wanted if (text, font) not in _known]
    if new:
        data = [{"text": text, "font": font.family, "weight": font.weight} for text in new]
        for text, svg in zip(new, compile_pages("outline", data, format="svg"), strict=True):
            _known[text, font] = _read(svg)
    found = {text: _known[text, font] for text in wanted}
    while len(_known) > _REMEMBERED:
        del _known[next(iter(_known))]
    return found


_REMEMBERED = 4096
_known: dict[tuple[str, Font], Outline] = {}


@lru_cache(maxsize=8)
def capital_height(font: Font) -> float:
    """The height of a flat capital, in em."""
    return outlines(["H"], font)["H"].top / EM


def _read(svg: bytes) -> Outline:
    root = ElementTree.fromstring(svg)
    glyphs = {s.get("id"): s[0].get("d", "") for s in root.iter(f"{_SVG}symbol") if len(s)}
    path: list[Step] = []
    for use in root.iter(f"{_SVG}use"):
        dx, dy = float(use.get("x", 0)), float(use.get("y", 0))
        steps = _absolute(glyphs[use.get(_HREF, "#")[1:]])
        path += [_scaled(step, 1, dx, dy, 1) for step in steps]
    xs, ys = _extremes(path)
    advance = float(root.get("viewBox", "0 0 0 0").split()[2])
    return Outline(advance, min(xs), max(xs), max(ys), min(ys), tuple(path))


def _absolute(d: str) -> list[Step]:
    """SVG path data (SVG 1.1, 8.3) as absolute steps."""
    steps: list[Step] = []
    x = y = start_x = start_y = 0.0
    for letter, rest in _STEP.findall(d):
        numbers = [float(n) for n in rest.replace(",", " ").split()]
        kind, relative = letter.lower(), letter.islower()
        if kind == "z":
            steps.append(("z",))
            x, y = start_x, start_y
            continue
        if kind in "hv":
            move = [(n, 0.0) if kind == "h" else (0.0, n) for n in numbers]
            for dx, dy in move:
                x = (x + dx if relative else dx) if kind == "h" else x
                y = (y + dy if relative else dy) if kind == "v" else y
                steps.append(("l", x, y))
            continue
        width = {"m": 2, "l": 2, "q": 4, "c": 6}[kind]
        for at in range(0, len(numbers), width):
            points = numbers[at : at + width]
            if relative:
                points = [n + (x, y)[i % 2] for i, n in enumerate(points)]
            x, y = points[-2:]
            if kind == "m":
                start_x, start_y = x, y
                if steps and steps[-1][0] == "m":  # Typst starts every path at 0 0
                    steps.pop()
            steps.append((kind, *points))
    return steps


def _scaled(step: Step, scale: float, dx: float, dy: float, up: int) -> Step:
    kind, *numbers = step
    moved = (n * scale * (1, up)[i % 2] + (dx, dy)[i % 2] for i, n in enumerate(numbers))
    return (kind, *moved)


def _extremes(path: list[Step]) -> tuple[list[float], list[float]]:
    """The coordinates among which the ink's bounds are: ends of steps, and where a curve turns."""
    found: tuple[list[float], list[float]] = ([], [])
    last: list[float] = [0.0, 0.0]
    for kind, *numbers in path:
        if kind == "z":
            continue
        for axis in (0, 1):
            points = [last[axis], *numbers[axis::2]]
            found[axis].append(points[-1])
            if kind == "q":
                found[axis].extend(_turn(*points))
            elif kind == "c":
                found[axis].extend(points[1:3])  # the hull; TrueType fonts have no cubics
        last = numbers[-2:]
    return (found[0] or [0.0], found[1] or [0.0])


def _turn(a: float, b: float, c: float) -> list[float]:
    bend = a - 2 * b + c
    t = (a - b) / bend if bend else -1.0
    return [(1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c] if 0 < t < 1 else []
