"""The formats and colours of banners, as data: a format is one row, a department adds its own."""

from dataclasses import dataclass

# PDF viewers stop at 14,400 units of 1/72 inch (ISO 32000-1, Annex C): 5,080 mm.
LARGEST_MM = 14_400 / 72 * 25.4
REDUCTION = 10


@dataclass(frozen=True, slots=True)
class Format:
    """One size of banner. Lengths are mm on cloth and paper, px on screens.

    `safe` keeps text off the edge (hem and eyelets included), `eyelets` is the widest step between
    two eyelets, 0 for none. `lowest` is the least legible height of a capital: on cloth and paper
    4 mm for each metre of `distance`, half of what the sign maker's rule (1 inch for 10 feet,
    8.3 mm/m) calls easy to read; on screens 24 px of a card shown at half size.
    `frame` is the strength of a line around the text, 0 for none. `preview` is the width of the
    PNG in px: for screens, or at `dpi` dots an inch where paper is small enough to be printed so.
    """

    id: str
    title: str
    width: float
    height: float
    safe: float
    lines: int
    preview: int
    unit: str = "mm"
    distance: float = 0
    hem: float = 0
    eyelets: float = 0
    bleed: float = 0
    label: float = 0.0
    frame: float = 0
    dpi: int = 0

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the PNG."""
        return self.preview, int(self.preview * self.height / self.width)

    @property
    def outputs(self) -> tuple[str, ...]:
        return ("pdf", "svg", "png") if self.unit == "mm" else ("svg", "png")

    @property
    def lowest(self) -> float:
        return 4 * self.distance if self.unit == "mm" else 24

    @property
    def tall(self) -> bool:
        """Whether the letters are limited by its width alone, with height to spare."""
        return self.height > 2 * self.width

    @property
    def size(self) -> str:
        return f"{self.width:g} × {self.height:g} {self.unit}"

    @property
    def reduction(self) -> int:
        """1, or 10 where the sheet with its marks is too large for a PDF."""
        return (
            REDUCTION
            if max(self.width, self.height) + 2 * self.bleed + 2 * MARKS > LARGEST_MM
            else 1
        )


# Room around a trimmed sheet for bleed, trim marks and the note, in mm.
MARKS = 12.0

# `label` is the height of the department's line, as a share of the format's shorter side.
FORMATS = (
    Format("bang-ron-6000x800", "Băng rôn ngang 6 m", 6000, 800, 60, 3, 1800,
           distance=25, hem=40, eyelets=600, bleed=20, label=0.05),
    Format("bang-ron-8000x1000", "Băng rôn ngang 8 m", 8000, 1000, 75, 3, 1800,
           distance=30, hem=40, eyelets=600, bleed=20, label=0.05),
    Format("phuon-800x2400", "Phướn dọc", 800, 2400, 80, 12, 800,
           distance=10, hem=30, eyelets=400, bleed=20, label=0.045, frame=4),
    Format("phong-san-khau-6000x4000", "Phông sân khấu", 6000, 4000, 420, 6, 1800,
           distance=25, hem=50, eyelets=500, bleed=20, label=0.045, frame=14),
    Format("ap-phich-a2", "Áp phích A2", 420, 594, 32, 10, 2480,
           distance=3, bleed=3, label=0.032, frame=1.2, dpi=150),
    Format("ap-phich-a3", "Áp phích A3", 297, 420, 24, 10, 1754,
           distance=2, bleed=3, label=0.034, frame=0.9, dpi=150),
    Format("the-1200x630", "Thẻ chia sẻ", 1200, 630, 64, 6, 1200, unit="px", label=0.055, frame=3),
    Format("vuong-1080x1080", "Ảnh vuông", 1080, 1080, 84, 8, 1080, unit="px", label=0.04, frame=3),
    Format("dau-trang-1920x600", "Ảnh đầu trang", 1920, 600, 72, 4, 1920, unit="px", label=0.055),
)  # fmt: skip


BY_ID = {format.id: format for format in FORMATS}


@dataclass(frozen=True, slots=True)
class Ink:
    """One colour: on screens as #rrggbb, on presses as CMYK in percent."""

    rgb: str
    cmyk: tuple[int, int, int, int]

    @property
    def values(self) -> dict[str, str]:
        """The same as print shops and designers write it: hex, rgb from 0 to 255, cmyk in percent."""
        parts = [int(self.rgb[at : at + 2], 16) for at in (1, 3, 5)]
        return {
            "hex": self.rgb.upper(),
            "rgb": ", ".join(map(str, parts)),
            "cmyk": ", ".join(map(str, self.cmyk)),
        }


@dataclass(frozen=True, slots=True)
class Scheme:
    id: str
    title: str
    ground: Ink
    text: Ink
    label: Ink

    @property
    def inks(self) -> tuple[tuple[str, Ink], ...]:
        """The inks, each with what it is for."""
        return (
            ("Nền", self.ground),
            ("Chữ khẩu hiệu", self.text),
            ("Tên cơ quan", self.label),
        )


_RED = Ink("#c8102e", (0, 100, 90, 10))
_YELLOW = Ink("#ffe600", (0, 5, 100, 0))
_BLUE = Ink("#0a4a9e", (100, 75, 0, 5))
_WHITE = Ink("#ffffff", (0, 0, 0, 0))

SCHEMES = {
    scheme.id: scheme
    for scheme in (
        Scheme("do-vang", "Đỏ - vàng", _RED, _YELLOW, _WHITE),
        Scheme("xanh-trang", "Xanh - trắng", _BLUE, _WHITE, _YELLOW),
        Scheme("trang", "Trắng", _WHITE, _RED, _BLUE),
    )
}
DEFAULT_SCHEME = "do-vang"
