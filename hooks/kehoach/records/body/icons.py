"""Material's icons as inline SVG, from the files that mkdocs-material brings.

Each set lies in `templates/.icons/` with its licence: Material Design Icons (Apache 2.0), Octicons (MIT),
Simple Icons (CC0), Font Awesome Free (CC BY 4.0, whose notice stands in each file and so on the page).
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

NAME = r"(?:material|fontawesome|octicons|simple)-[a-z0-9-]+"
_PLACED = re.compile(rf'<span class="glyph" title="({NAME})"></span>')


@cache
def svg(name: str) -> str:
    """The drawing of the icon `name` ("material-home"), which speaks to eyes alone; "" where there is none."""
    found = find_spec("material")
    if found is None or found.origin is None:
        return ""
    file = Path(found.origin).parent / "templates/.icons" / "/".join(_parts(name))
    try:
        return file.with_name(f"{file.name}.svg").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def words(name: str) -> str:
    """The name of the icon `name` in words, for those who do not see it."""
    return _parts(name)[-1].replace("-", " ")


def _parts(name: str) -> list[str]:
    """The folders of an icon and its own name: Font Awesome has its brands apart."""
    return name.split("-", 2 if name.startswith("fontawesome-") else 1)


def drawn(markup: str) -> str:
    """`markup`, which is clean, with a drawing in each place that was kept for an icon."""
    if 'class="glyph"' not in markup:
        return markup
    return _PLACED.sub(
        lambda place: f'<span class="glyph" aria-hidden="true">{svg(place[1])}</span>', markup
    )
