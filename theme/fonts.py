"""Cut the fonts of the site and of the prints out of their whole files.

    npm pack @expo-google-fonts/be-vietnam-pro @expo-google-fonts/anton @expo-google-fonts/tinos
    (unpack each into FOLDER/<family>/)
    pip install fonttools==4.60.1 brotli==1.1.0
    python theme/fonts.py FOLDER

In: FOLDER/<family>/<style>/*.ttf and FOLDER/<family>/LICENSE_FONT, as the packages hold them.
Out: theme/print/fonts/*.ttf for Typst, theme/assets/fonts/*.woff2 for browsers, and the licence
beside both. The same input gives the same bytes. Neither the site nor its tests need this script.
"""

import shutil
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

THEME = Path(__file__).parent
PRINT, WEB = THEME / "print/fonts", THEME / "assets/fonts"


class Style(NamedTuple):
    source: str  # family folder and style folder of the package
    name: str  # stem of the files written
    web: bool


STYLES = [
    Style("be-vietnam-pro/400Regular", "BeVietnamPro-Regular", web=True),
    Style("be-vietnam-pro/400Regular_Italic", "BeVietnamPro-Italic", web=True),
    Style("be-vietnam-pro/700Bold", "BeVietnamPro-Bold", web=True),
    Style("anton/400Regular", "Anton-Regular", web=True),
    Style("tinos/400Regular", "Tinos-Regular", web=False),
    Style("tinos/400Regular_Italic", "Tinos-Italic", web=False),
    Style("tinos/700Bold", "Tinos-Bold", web=False),
    Style("tinos/700Bold_Italic", "Tinos-BoldItalic", web=False),
]

# The 134 letters that Vietnamese has beyond ASCII.
VIETNAMESE = [*"ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư", *map(chr, range(0x1EA0, 0x1EFA))]

# What the documents set beside letters: Latin-1 (½ ¹ ² ³ × ° «»), marks that combine, general
# punctuation, super- and subscripts, ₫ € № ™, fractions, arrows, mathematics, boxes and stars.
CHARACTERS = {
    *map(chr, range(0x20, 0x7F)),
    *map(chr, range(0xA0, 0x100)),
    *VIETNAMESE,
    *"\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323",
    *map(chr, range(0x2000, 0x200D)),
    *map(chr, range(0x2010, 0x2023)),
    *"…\u202f‰′″‹›⁄",
    *"⁰⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎",
    *"₫€№™⅓⅔⅛⅜⅝⅞←↑→↓−√∞≈≠≤≥",
    *"ΔΩαβγλμπ■□▪●○◆★☆☐☑✓✔",
}

FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk"]


def cut(font: TTFont) -> None:
    """Keep CHARACTERS and FEATURES of a font; drop its hinting, which neither use reads."""
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in CHARACTERS])
    subsetter.subset(font)


def check(font: TTFont, name: str) -> None:
    """Stop where a Vietnamese letter is missing; name the other characters the font never had."""
    covered = {chr(code) for code in font.getBestCmap()}
    if lost := sorted({*VIETNAMESE, *map(chr, range(0x20, 0x7F))} - covered):
        sys.exit(f"{name}: no glyph for {' '.join(lost)}")
    absent = [c for c in sorted(CHARACTERS - covered) if unicodedata.category(c)[0] not in "ZCM"]
    print(f"  not in the font: {' '.join(absent)}" if absent else "  complete")


def main(folder: Path) -> None:
    assert len(VIETNAMESE) == 134
    for place in (PRINT, WEB):
        place.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        (source,) = folder.glob(f"{style.source}/*.ttf")
        font = TTFont(source, recalcTimestamp=False)
        cut(font)
        outputs = [PRINT / f"{style.name}.ttf"]
        font.save(outputs[0])
        if style.web:
            font.flavor = "woff2"
            outputs.append(WEB / f"{style.name}.woff2")
            font.save(outputs[1])
        licence = folder / style.source.split("/")[0] / "LICENSE_FONT"
        for output in outputs:
            shutil.copyfile(licence, output.parent / f"OFL-{style.name.split('-')[0]}.txt")
        print(style.name, *(f"{path.suffix[1:]} {path.stat().st_size:,} B" for path in outputs))
        check(font, style.name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
