"""From one JSON value and a template of `theme/print/` to bytes, by Typst.

The template reads its content from `data.json`, which lies beside it in memory alone; Typst source is never
built from text. Nothing outside `theme/print/` can be read; fonts come from `theme/print/fonts` alone; a warning
is an error. The same input gives the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from kehoach import shipped
from kehoach.hashing import fingerprint
from kehoach.records import body

THEME = shipped.THEME / "print"
FONTS = THEME / "fonts"

# PDF for people and archives (ISO 19005-2 level A, ISO 14289-1); Typst refuses what breaks either.
ACCESSIBLE = ("a-2a", "ua-1")

# 2000-01-01T00:00:00Z, where a file wants a date (PDF/A does) and its document names none: files
# carry no clock, so that a new build of an old text is the old file.
EPOCH = 946_684_800

_REMEMBERED = 10  # drawings, after which what none of them used is forgotten

_ONE_AT_A_TIME = Lock()  # what the compiler asks of its callers


class PrintError(ValueError):
    """Typst refused the document; the message is its own."""


def compile_pages(
    template: str,
    data: Any,
    *,
    format: str = "pdf",
    standards: Iterable[str] = (),
    ppi: float | None = None,
    day: date | None = None,
) -> list[bytes]:
    """The pages (svg, png) or the one file (pdf) that `template` makes of `data`.

    `template` is the stem of a file in `theme/print/`. `data` is JSON-able; pictures are in it
    as lists of bytes, for the package takes in-memory files for text. `day` is the document's, for a
    template whose files carry a date. Raises PrintError where Typst refuses or warns.
    """
    import typst  # late: most builds need none of it

    sources = {
        "main": f'#include "{template}.typ"'.encode(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
    }
    try:
        with _ONE_AT_A_TIME:
            made, warnings = _compiler().compile_with_warnings(
                sources,
                format=format,
                ppi=ppi,
                pdf_standards=list(standards),
                timestamp=_seconds(day) if day else EPOCH,
            )
    except typst.TypstError as error:
        raise PrintError("\n".join([f"{template}: {error.message}", *error.hints])) from error
    if warnings:
        raise PrintError(f"{template}: {'; '.join(warning.message for warning in warnings)}")
    return made if isinstance(made, list) else [made]


def compile_one(template: str, data: Any, **options: Any) -> bytes:
    """The single file that `template` makes of `data`; see `compile_pages`."""
    (made,) = compile_pages(template, data, **options)
    return made


def forget() -> None:
    """Give back the memory of what was drawn: the package keeps what any of the last ten drawings used."""
    with _ONE_AT_A_TIME:
        for _ in range(_REMEMBERED + 1):
            _compiler().compile({"main": b""})


def _seconds(day: date) -> int:
    """The start of `day` in UTC, in seconds since 1970: the same day for readers here."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


@cache
def look() -> str:
    """A fingerprint of the templates and fonts."""
    return _digest((THEME, "**/*"))


@cache
def toolchain() -> str:
    """A fingerprint of everything but the data: templates, fonts, the code that feeds them, and Typst."""
    from importlib.metadata import version

    code = _digest((Path(__file__).parent, "*.py"), (Path(body.__file__).parent, "*.py"))
    return fingerprint(version("typst"), look(), code)[:16]


def _digest(*patterns: tuple[Path, str]) -> str:
    """The hash of the files that match `patterns` in their folders, and of their names."""
    digest = hashlib.sha256()
    for folder, pattern in patterns:
        for file in sorted(path for path in folder.glob(pattern) if path.is_file()):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def _compiler() -> Any:
    """One for all drawings: it keeps templates as parsed, and what they said that needs no data.

    A `typst.Compiler`, whose stub leaves out sources by name, which the package documents.
    """
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(root=str(THEME), font_paths=fonts)
