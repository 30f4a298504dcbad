"""Findings as people read them, as machines read them, and as GitHub annotates them."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from typing import Any

from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library

_SEVERITIES = {Severity.ERROR: ("lỗi", "bold red"), Severity.WARNING: ("cảnh báo", "bold yellow")}
_WIDTH = 100  # characters of a source line that are shown
_SHOWN = 10  # files left out that are named
_BEFORE = 60  # of these, before the place of the finding

Piece = tuple[str, str]  # words, and their style in rich's terms


def print_findings(
    findings: list[Finding], library: Library, *, form: str = "text", colour: bool = False
) -> None:
    """Print `findings` in one of FORMS."""
    sys.stdout.write(FORMS[form](findings, library, colour=colour))


def under(findings: Iterable[Finding], paths: Iterable[str]) -> list[Finding]:
    """The findings in `paths`: files, or folders with all that is in them."""
    wanted = list(paths)
    return [finding for finding in findings if lies_under(finding.path, wanted)]


def lies_under(path: str, paths: Iterable[str]) -> bool:
    """Whether the file `path` is one of `paths`, or in a folder among them."""
    wanted = (one.removeprefix("./").rstrip("/") for one in paths)
    return any(path == one or path.startswith(f"{one}/") or one in ("", ".") for one in wanted)


def text(findings: list[Finding], library: Library, *, colour: bool = False) -> str:
    """`path:line:column: lỗi [rule] field: message`, the source line and a caret, the hint; counts.

    With `colour`, ANSI escapes for a terminal.
    """
    pieces = [piece for finding in findings for piece in _described(finding, library)]
    pieces.append((summary(findings, library) + "\n", "bold" if findings else "bold green"))
    pieces += [(f"{line}\n", "dim") for line in left_out(library)]
    return _painted(pieces) if colour else "".join(words for words, _ in pieces)


def describe(findings: Iterable[Finding], library: Library) -> str:
    """The findings as `text` prints them, without the summary."""
    return "".join(words for finding in findings for words, _ in _described(finding, library))


def as_json(findings: list[Finding], library: Library, *, colour: bool = False) -> str:
    """One JSON object, by content/schema/kiem-tra.json."""
    report = {
        "version": 1,
        "summary": {"files": library.size, **_counts(findings)},
        "findings": [_plain(finding) for finding in findings],
        "left_out": [
            f"{library.name}/{file}"
            for file in (*library.listing.leftovers, *library.listing.hidden)
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def github(findings: list[Finding], library: Library, *, colour: bool = False) -> str:
    """An annotation at the line of each finding (GitHub Actions, "Workflow commands")."""
    commands = []
    for finding in findings:
        place = f"file={_property(finding.path)},line={finding.line},col={finding.column}"
        words = _headline(finding) + (f"\ngợi ý: {finding.hint}" if finding.hint else "")
        commands.append(
            f"::{finding.severity} {place},title={_property(finding.rule)}::{_data(words)}\n"
        )
    lines = [summary(findings, library), *left_out(library)]
    return "".join(commands) + "".join(f"{line}\n" for line in lines)


FORMS = {"text": text, "json": as_json, "github": github}


def summary(findings: list[Finding], library: Library) -> str:
    """How many errors and warnings stand in how many files."""
    seen = f"đã xem {library.size} tệp"
    if not findings:
        return f"Không có lỗi, không có cảnh báo ({seen})."
    counts = _counts(findings)
    files = len({finding.path for finding in findings})
    return f"{counts['errors']} lỗi, {counts['warnings']} cảnh báo trong {files} tệp ({seen})."


def left_out(library: Library) -> list[str]:
    """A line that names what editors and office programs left beside the files, where they did, and
    one that names hidden files."""
    kinds = {
        "tệp tạm của chương trình soạn thảo": library.listing.leftovers,
        "tệp ẩn, tên bắt đầu bằng dấu chấm": library.listing.hidden,
    }
    return [f"Bỏ qua {kind}: {_some(names)}." for kind, names in kinds.items() if names]


def _some(names: list[str]) -> str:
    more = f" và {len(names) - _SHOWN} tệp khác" if len(names) > _SHOWN else ""
    return ", ".join(map(_visible, names[:_SHOWN])) + more


def _counts(findings: list[Finding]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in findings)
    return {"errors": counts[Severity.ERROR], "warnings": counts[Severity.WARNING]}


def _plain(finding: Finding) -> dict[str, Any]:
    names = ("path", "line", "column", "rule", "severity", "field", "message", "hint")
    return {name: getattr(finding, name) for name in names}


def _described(finding: Finding, library: Library) -> Iterator[Piece]:
    word, style = _SEVERITIES[finding.severity]
    yield f"{finding.path}:{finding.line}:{finding.column}: ", "cyan"
    yield word, style
    yield f" [{finding.rule}] ", "dim"
    yield f"{_headline(finding)}\n", ""
    line = next(islice(StringIO(library.text(finding.path)), finding.line - 1, None), None)
    if line is not None:
        shown, caret = _window(line.rstrip("\n"), finding.column - 1)
        gutter = f"{finding.line:>5}"
        yield f"{gutter} | {shown}".rstrip() + "\n", ""
        yield f"{' ' * len(gutter)} | {' ' * caret}", ""
        yield "^\n", style
    if finding.hint:
        yield "gợi ý: ", "green"
        yield f"{_visible(finding.hint)}\n", ""


def _headline(finding: Finding) -> str:
    return _visible(f"{finding.field}: {finding.message}" if finding.field else finding.message)


def _window(line: str, at: int) -> tuple[str, int]:
    """The part of `line` around the character `at`, and where that character is in it."""
    start = max(0, min(at - _BEFORE, len(line) - _WIDTH))
    shown = line[start : start + _WIDTH]
    if start:
        shown = "…" + shown[1:]
    if start + _WIDTH < len(line):
        shown = shown[:-1] + "…"
    return _visible(shown), at - start


def _visible(words: str) -> str:
    """`words` on one line, without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in words)


def _painted(pieces: list[Piece]) -> str:
    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", width=1_000, soft_wrap=True
    )
    console.print(Text.assemble(*pieces), end="", highlight=False)
    return out.getvalue()


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
