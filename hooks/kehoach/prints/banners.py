"""A slogan as a banner: its lines, its size, its sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Any
from zlib import crc32

from kehoach.prints.formats import BY_ID, FORMATS, MARKS, SCHEMES, Format, Scheme
from kehoach.prints.lines import Split, groups, splits
from kehoach.prints.outlines import (
    DISPLAY,
    EM,
    LABEL,
    NOTE,
    Font,
    Outline,
    Step,
    capital_height,
    outlines,
)
from kehoach.prints.typesetting import compile_one
from kehoach.prints.vector import svg

POINTS_PER_MM = 72 / 25.4
SPACE = "\u00a0"

# Clear space between the ink of two lines, in em; marks above and below never meet.
LEADING = 0.07
# Where height is to spare, lines stand further apart, up to this much more, in em.
AIR = 0.28
AIR_OF_TALL = 0.8
# A line shorter than this share of the longest is a stub.
STUB = 0.36
STUB_OF_TALL = 0.25
# What share of the height of what is tall its lines may fill: they keep clear of the line above.
ROOM_OF_TALL = 0.95
# So few words may stand one a line in what is tall.
FEW = 4
# What size a split without stubs and without a stop run over may cost, as a share of the largest.
FAIR = 0.8
# Of all splits this close to the largest letters, the one that reads best is set.
CLOSE = 0.95
# A text of more groups is no slogan: the number of splits doubles with each.
MOST_GROUPS = 18
# So is one of more characters: each split measures every word of it.
MOST_CHARACTERS = 500
# How much a ragged block weighs against ends that read badly.
_RAGGED = 1.4


@dataclass(frozen=True, slots=True)
class Fit:
    """The lines of a slogan and their size to the em, in the unit of the format's lengths."""

    lines: tuple[str, ...]
    size: float
    pitch: float  # baseline to baseline, in em
    width: float  # the widest line's ink, in em
    height: float  # all lines' ink, in em

    @property
    def capitals(self) -> float:
        """The height of a capital, in the format's unit."""
        return self.size * capital_height(DISPLAY)


class TooLong(ValueError):
    """A slogan of more than can be tried; as text, of what and how much, in Vietnamese."""


def fit(text: str, width: float, height: float, most: int, *, tall: bool = False) -> Fit:
    """The best reading of `text` among the splits with the largest letters in `width` × `height`.

    Widths and heights are those of the ink; the pitch of the lines is constant. Splits that are
    not fair (a stub of a line, a stop run over) count only where the fair ones cost too much size.
    In what is `tall` long terms may be parted, and lines stand far enough apart to use its height.
    Raises TooLong.
    """
    height *= ROOM_OF_TALL if tall else 1
    shapes = _shapes(text, tall)
    possible = [shape for shape in shapes if len(shape.lines) <= most] or list(shapes)
    sized = [(shape, min(width / shape.width, height / shape.height)) for shape in possible]
    largest = max(size for _, size in sized)
    fair = [one for one in sized if one[0].fair]
    if max((size for _, size in fair), default=0.0) < FAIR * largest:
        fair = sized
    floor = CLOSE * max(size for _, size in fair)
    close = [one for one in fair if one[1] >= floor]
    shape, size = min(close, key=lambda one: (one[0].awkward, -one[1], one[0].lines))
    gaps = len(shape.lines) - 1
    air = (
        min(AIR_OF_TALL if tall else AIR, (height / size - shape.height) / (gaps + 2))
        if gaps
        else 0.0
    )
    return Fit(shape.lines, size, shape.pitch + air, shape.width, shape.height + gaps * air)


@dataclass(frozen=True, slots=True)
class _Shape:
    """One split of a slogan, in em."""

    lines: tuple[str, ...]
    pitch: float
    width: float
    height: float
    fair: bool
    awkward: float


def settable(text: str) -> list[list[str]]:
    """The groups of `text` in capitals, for each line that its author fixed.

    Raises TooLong, also for no words at all.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLong(f"{MOST_CHARACTERS} ký tự")
    fixed = groups(text.upper())
    if not 0 < sum(map(len, fixed)) <= MOST_GROUPS:
        raise TooLong(f"{MOST_GROUPS} cụm từ")
    return fixed


@lru_cache(maxsize=16)
def _shapes(text: str, tall: bool) -> tuple[_Shape, ...]:
    fixed = settable(text)
    if len(fixed) > 1:
        return (_shape(Split([" ".join(line) for line in fixed], 0.0, crossed=False), tall),)
    parts, words = fixed[0], text.upper().split()
    if tall and len(words) <= FEW and all(word.isalpha() for word in words):
        parts = words
    elif tall and len(fine := groups(text.upper(), fine=True)[0]) <= MOST_GROUPS:
        parts = fine
    return tuple(_shape(split, tall) for split in splits(parts, _MOST_LINES))


_MOST_LINES = max(one.lines for one in FORMATS)


def _shape(split: Split, tall: bool) -> _Shape:
    lines = split.lines
    boxes = [extent(line, DISPLAY) for line in lines]
    widths = [box.width for box in boxes]
    clash = max((below.top - above.bottom for above, below in pairwise(boxes)), default=0.0)
    pitch = clash / EM + LEADING if len(lines) > 1 else 0.0
    height = (boxes[0].top - boxes[-1].bottom) / EM + (len(lines) - 1) * pitch
    ragged = sum((1 - width / max(widths)) ** 2 for width in widths) / len(widths)
    awkward = split.cost / max(1, len(lines) - 1) + _RAGGED * ragged
    stub = STUB_OF_TALL if tall else STUB
    fair = min(widths) >= stub * max(widths) and not split.crossed
    return _Shape(tuple(lines), pitch, max(widths) / EM, height, fair, awkward)


@dataclass(frozen=True, slots=True)
class Extent:
    """The box of a line's ink, 1000 units to the em, from the origin of its first word."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


def extent(line: str, font: Font) -> Extent:
    """The ink of a line of words one space apart."""
    placed = list(_words(line, font))
    return Extent(
        placed[0][1].left,
        placed[-1][0] + placed[-1][1].right,
        max(word.top for _, word in placed),
        min(word.bottom for _, word in placed),
    )


def _words(line: str, font: Font) -> Iterator[tuple[float, Outline]]:
    words = line.split(" ")
    known = outlines([*words, SPACE], font)
    x = 0.0
    for word in words:
        yield x, known[word]
        x += known[word].advance + known[SPACE].advance


def draw(data: dict[str, Any], emblem: bytes = b"") -> bytes:
    """The banner: pdf in CMYK with bleed and marks, svg and png of the trimmed sheet."""
    page = sheet(data)
    if data["output"] == "svg":
        return svg(page, emblem)
    ready = page | {"emblem": list(emblem)}
    if data["output"] == "pdf":
        return compile_one("sheet", ready)
    made = compile_one("sheet", ready, format="png", ppi=72)
    dpi = BY_ID[data["format"]].dpi
    return with_density(made, dpi) if dpi else made


def with_density(png: bytes, dpi: int) -> bytes:
    """The PNG with a pHYs chunk: how large its dots are on paper (PNG 3, 11.3.4.3)."""
    metre = round(dpi / 0.0254)
    chunk = b"pHYs" + metre.to_bytes(4, "big") * 2 + b"\1"
    at = png.index(b"IDAT") - 4  # before the first: its length and name
    whole = (len(chunk) - 4).to_bytes(4, "big") + chunk + crc32(chunk).to_bytes(4, "big")
    return png[:at] + whole + png[at:]


def sheet(data: dict[str, Any]) -> dict[str, Any]:
    """The banner as filled paths and pictures, in points from the corner of the trimmed sheet."""
    format = BY_ID[data["format"]]
    printed = data["output"] == "pdf"
    margin = MARKS * format.reduction + format.bleed if printed else 0.0
    page = _Page(_points(format, data["output"]), "cmyk" if printed else "rgb")
    scheme = asdict(SCHEMES[data["scheme"]])
    spill = format.bleed if printed else 0.0
    page.rectangle(
        -spill, -spill, format.width + 2 * spill, format.height + 2 * spill, scheme["ground"]
    )
    _frame(page, format, scheme)
    pictures = _content(page, data, format, scheme)
    if printed:
        _marks(page, format, scheme, format.reduction)
        _note(page, format, format.reduction, SCHEMES[data["scheme"]])
    return {
        "title": " ".join(data["text"].split()),
        "width": page.point(format.width),
        "height": page.point(format.height),
        "margin": page.point(margin),
        "layers": page.layers,
        "pictures": pictures,
    }


def _points(format: Format, output: str) -> float:
    """Points on the sheet for one unit of the format."""
    if output == "png":
        return format.preview / format.width
    if format.unit == "px":
        return 1.0
    return POINTS_PER_MM / (format.reduction if output == "pdf" else 1)


class _Page:
    """Layers in the units of the format, kept in points; y grows down from the trimmed edge."""

    def __init__(self, scale: float, colours: str) -> None:
        self.scale, self.colours = scale, colours
        self.layers: list[dict[str, Any]] = []

    def fill(self, steps: Iterable[Step], ink: dict[str, Any]) -> None:
        scale = self.scale
        path = [[kind, *[round(n * scale, 3) for n in numbers]] for kind, *numbers in steps]
        self.layers.append({"ink": ink[self.colours], "path": path})

    def point(self, value: float) -> float:
        return round(value * self.scale, 3)

    def rectangle(
        self, x: float, y: float, width: float, height: float, ink: dict[str, Any]
    ) -> None:
        right, bottom = x + width, y + height
        self.fill(
            [("m", x, y), ("l", right, y), ("l", right, bottom), ("l", x, bottom), ("z",)], ink
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A line or a picture, in units of the format; `size` is the em or the picture's side."""

    x: float
    y: float
    size: float
    line: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a banner stands; `slogan` are its lines on their baselines."""

    emblem: Placed | None
    label: Placed | None
    slogan: tuple[Placed, ...]
    fit: Fit


def arrange(text: str, format: Format, label: str = "", emblem: bool = False) -> Layout:
    """The department's emblem and line, then the slogan in what they leave. Raises TooLong."""
    short = min(format.width, format.height)
    left = top = format.safe
    right, bottom = format.width - left, format.height - top
    picture = title = None
    if emblem and format.width > 2.5 * format.height:
        side = (bottom - top) * 0.8
        picture = Placed(left, (top + bottom - side) / 2, side)
        left += side * 1.2
    elif emblem:
        side = short * 0.15
        picture = Placed((left + right - side) / 2, top, side)
        top += side * 1.2
    if label:
        line = label.upper()
        ink = extent(line, LABEL)
        size = min(short * format.label / capital_height(LABEL), (right - left) * EM / ink.width)
        title = Placed(_centred(ink, left, right, size), top + ink.top * size / EM, size, line)
        top += (ink.top - ink.bottom) * size / EM + short * format.label * 0.8
    one = fit(text, right - left, bottom - top, format.lines, tall=format.tall)
    inks = [extent(line, DISPLAY) for line in one.lines]
    first = (top + bottom - one.height * one.size) / 2 + inks[0].top * one.size / EM
    slogan = tuple(
        Placed(
            _centred(ink, left, right, one.size), first + i * one.pitch * one.size, one.size, line
        )
        for i, (line, ink) in enumerate(zip(one.lines, inks, strict=True))
    )
    return Layout(picture, title, slogan, one)


def _centred(ink: Extent, left: float, right: float, size: float) -> float:
    return (left + right) / 2 - (ink.left + ink.right) / 2 * size / EM


def _content(
    page: _Page, data: dict[str, Any], format: Format, scheme: dict[str, Any]
) -> list[dict[str, Any]]:
    layout = arrange(data["text"], format, data["label"], bool(data["emblem"]))
    pictures = []
    if layout.emblem:
        at, side = layout.emblem, layout.emblem.size * page.scale
        box = {"x": page.point(at.x), "y": page.point(at.y), "width": side, "height": side}
        pictures.append(box)
    if layout.label:
        page.fill(_written(layout.label, LABEL), scheme["label"])
    steps = [step for line in layout.slogan for step in _written(line, DISPLAY)]
    page.fill(steps, scheme["text"])
    return pictures


def _frame(page: _Page, format: Format, scheme: dict[str, Any]) -> None:
    """A thin line around the text, between the safe area and the edge."""
    if not format.frame:
        return
    inset, thin = format.safe * 0.42, format.frame
    width, height = format.width - 2 * inset, format.height - 2 * inset
    for x, y, w, h in (
        (inset, inset, width, thin),
        (inset, inset + height - thin, width, thin),
        (inset, inset, thin, height),
        (inset + width - thin, inset, thin, height),
    ):
        page.rectangle(x, y, w, h, scheme["text"])


def _marks(page: _Page, format: Format, scheme: dict[str, Any], real: float) -> None:
    """Trim marks, ticks where the hem folds, rings for eyelets; `real` mm are 1 mm of sheet."""
    thin, near, far = 0.25 * real, 2 * real + format.bleed, 7 * real + format.bleed
    black = {"cmyk": (0, 0, 0, 100)}
    for edge in (0.0, format.width, format.hem, format.width - format.hem):
        start = near if edge in (0.0, format.width) else near + 2 * real
        page.rectangle(edge - thin / 2, -far, thin, far - start, black)
        page.rectangle(edge - thin / 2, format.height + start, thin, far - start, black)
    for edge in (0.0, format.height, format.hem, format.height - format.hem):
        start = near if edge in (0.0, format.height) else near + 2 * real
        page.rectangle(-far, edge - thin / 2, far - start, thin, black)
        page.rectangle(format.width + start, edge - thin / 2, far - start, thin, black)
    for x, y in eyelets(format):
        page.fill(_ring(x, y, 12, 10), scheme["text"])


def eyelets(format: Format) -> list[tuple[float, float]]:
    """Centres of the eyelets, in the middle of the hem: in the corners, then a step apart."""
    if not format.eyelets:
        return []
    inset = format.hem / 2
    across = _steps(inset, format.width - inset, format.eyelets)
    down = _steps(inset, format.height - inset, format.eyelets)
    edges = [(x, y) for x in across for y in (down[0], down[-1])]
    return edges + [(x, y) for y in down[1:-1] for x in (across[0], across[-1])]


def _steps(start: float, end: float, longest: float) -> list[float]:
    count = ceil((end - start) / longest)
    return [start + (end - start) * i / count for i in range(count + 1)]


def _ring(x: float, y: float, outer: float, inner: float) -> list[Step]:
    return _circle(x, y, outer, 1) + _circle(x, y, inner, -1)


def _circle(x: float, y: float, radius: float, turn: int) -> list[Step]:
    """Four cubics; `turn` is the direction, so that one circle cuts a hole into another."""
    k = 0.5522847498 * radius * turn
    r = radius * turn
    return [
        ("m", x + radius, y),
        ("c", x + radius, y + k, x + abs(k), y + r, x, y + r),
        ("c", x - abs(k), y + r, x - radius, y + k, x - radius, y),
        ("c", x - radius, y - k, x - abs(k), y - r, x, y - r),
        ("c", x + abs(k), y - r, x + radius, y - k, x + radius, y),
        ("z",),
    ]


def _note(page: _Page, format: Format, real: float, scheme: Scheme) -> None:
    """Draw the printer's instructions under the trimmed sheet."""
    parts = [format.size, "1:1" if format.reduction == 1 else f"TỈ LỆ 1:{format.reduction}"]
    if format.bleed:
        parts.append(f"chừa xén {format.bleed:g} mm")
    if format.hem:
        parts.append(f"gấp mép {format.hem:g} mm")
    colours = [f"{name} CMYK {ink.values['cmyk']}" for name, ink in scheme.inks]
    for below, line in ((5.5, " · ".join(parts)), (9.5, " · ".join(colours))):
        size = min(3.2 * real, (format.width - 16 * real) * EM / extent(line, NOTE).width)
        at = Placed(8 * real, format.height + format.bleed + below * real, size, line)
        page.fill(_written(at, NOTE), {"cmyk": (0, 0, 0, 100)})


def _written(at: Placed, font: Font) -> list[Step]:
    return written(at.line, font, at.x, at.y, at.size)


def written(line: str, font: Font, x: float, y: float, size: float) -> list[Step]:
    """The outlines of a line from its origin (x, y) on, `size` to the em, y growing downwards."""
    steps: list[Step] = []
    for dx, word in _words(line, font):
        steps += word.placed(x + dx * size / EM, y, size)
    return steps
