"""A manuscript's blocks as Markdown, in the form that plans are written in.

Numbers and marks become text, as signed; nothing is escaped that need not be. What is written is read
back by the site's own reader, and where that sees other letters the text is escaped throughout.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kehoach.importing.manuscript import Block, Cell, Manuscript, Paragraph, Run, Table
from kehoach.importing.understanding import is_annex
from kehoach.records.body.blocks import Shape, scan
from kehoach.records.body.inline import plain
from kehoach.records.body.numbers import Kind, number_at_start

WIDTH = 110  # characters of a line of front matter
_ESCAPED = re.compile(r"([\\`*_\[\]<>#|&~])")
_ENDS = tuple(".;,!?…")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RANKS = {Kind.ROMAN: 2, Kind.ARABIC: 3, Kind.DOTTED: 4}
_LOOSE_MARK = re.compile(r"(?P<mark>[-–—•●▪◦⁃·+*])(?:\s+|(?=[^\W\d_]))")
_PLAIN_SCALAR = re.compile(r"[^\W_][^:#\"'{}\[\],&*!|>%@`\n]*(?<!\s)")
_SAFE_SCALAR = re.compile(r"[^\W_“(][^\n]*(?<!\s)")

Value = str | int | Sequence["Value"] | Mapping[str, "Value"]


def body(blocks: Sequence[Block], manuscript: Manuscript, pictures: Mapping[str, str]) -> str:
    """The Markdown of `blocks` and of the notes called there; `pictures` gives the written name of each."""
    written = [text for text in _blocks(blocks, manuscript, pictures) if text]
    called = _called([block for block in blocks if not _is_html(block)])
    notes = [
        _note(label, manuscript.notes[label], pictures)
        for label in called
        if label in manuscript.notes
    ]
    return "\n\n".join([*written, *(["\n".join(notes)] if notes else [])])


def front_matter(values: Mapping[str, Value]) -> str:
    """`values` as YAML between its two lines; what is empty is left out."""
    lines = [
        line
        for key, value in values.items()
        if value not in ("", (), [], {})
        for line in _entry(key, value, 0)
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"


# --- blocks


def _blocks(
    blocks: Sequence[Block], manuscript: Manuscript, pictures: Mapping[str, str]
) -> Iterator[str]:
    top = _top_kind(blocks)
    styles = sorted({b.heading for b in blocks if isinstance(b, Paragraph) and b.heading})
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            yield _table(block, pictures)
            if _is_html(block):
                for label in _called([block]):
                    yield f"{_raised(label)} {_note_text(manuscript.notes[label], pictures)}"
            continue
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        rank = _heading_rank(block, after, top, manuscript.has_looks)
        if block.heading and not rank and _is_heading(block):
            rank = min(styles.index(block.heading) + 2, 6)
        yield _paragraph(block, rank, pictures)


def _is_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph that is one by its style, and has no number, reads like a heading."""
    line = paragraph.line
    return (
        bool(line)
        and number_at_start(line) is None
        and not (line.endswith(_ENDS) or len(line) > 400 or "\n" in paragraph.text)
    )


def _top_kind(blocks: Sequence[Block]) -> Kind | None:
    """The kind of number that the largest sections have."""
    kinds = {_kind(block) for block in blocks if isinstance(block, Paragraph)}
    return next((kind for kind in _RANKS if kind in kinds), None)


def _kind(paragraph: Paragraph) -> Kind | None:
    found = number_at_start(paragraph.line)
    return found[0].kind if found else None


def _heading_rank(
    paragraph: Paragraph, after: Block | None, top: Kind | None, has_looks: bool
) -> int:
    """How many # a heading has; 0 for text."""
    line = paragraph.line
    if is_annex(paragraph):
        return 2
    number = number_at_start(line)
    if number is None or number[0].kind not in _RANKS:
        return 0
    kind, text = number[0].kind, number[1]
    if not text or text.endswith(_ENDS) or len(text) > 400 or "\n" in paragraph.text:
        return 0
    rank = _RANKS[kind] - (_RANKS[top] - 2 if top else 0)
    if kind is Kind.DOTTED:
        rank += len(number[0].parts) - 2
    if kind is top and kind is Kind.ROMAN:
        return 0 if re.search(r":\s+\S.{40}", text) else rank
    if text.endswith(":") and not (paragraph.bold or paragraph.heading):
        return 0
    if paragraph.heading or (has_looks and paragraph.bold):
        return rank
    follows = isinstance(after, Paragraph) and _kind(after)
    return 0 if follows == kind or after is None or re.search(r":\s+\S", text) else rank


def _paragraph(paragraph: Paragraph, rank: int, pictures: Mapping[str, str]) -> str:
    paragraph = _with_number_apart(paragraph)
    if rank:
        flat = replace(paragraph, runs=tuple(replace(run, bold=False) for run in paragraph.runs))
        return "#" * rank + " " + " ".join(_inline(flat, pictures).split())
    text = _inline(paragraph, pictures)
    return _as_read(text, paragraph)


def _with_number_apart(paragraph: Paragraph) -> Paragraph:
    """`paragraph` with a typed number as its label: emphasis is the text's, not the number's."""
    found = number_at_start(paragraph.text)
    if paragraph.label or found is None or not paragraph.text.startswith(found[0].written):
        return paragraph
    number = found[0].written
    runs: list[Run] = []
    left = len(number)
    for run in paragraph.runs:
        runs.append(replace(run, text=run.text[left:].lstrip() if left or not runs else run.text))
        left = max(0, left - len(run.text))
    return replace(paragraph, label=number, runs=tuple(runs))


def _as_read(text: str, paragraph: Paragraph) -> str:
    """`text`, escaped where it would begin something that it does not mean."""
    if paragraph.label:
        return text
    if found := _LOOSE_MARK.match(text):
        mark = found["mark"] if found["mark"] in "+*" else "-"
        bare = text[found.end() :]
        if not (found["mark"] in "*-" and not found[0][1:].strip() and text[1:2] == found["mark"]):
            return f"{mark} {bare}" if found[0][1:] or found["mark"] != "*" else text
    shapes = {block.shape for block in scan(text)}
    if shapes <= {Shape.PARAGRAPH, Shape.NUMBERED, Shape.ITEM}:
        return text
    return "\\" + text if text[:1] in "#>|<~`-=_[" else text


def _inline(paragraph: Paragraph, pictures: Mapping[str, str]) -> str:
    """The runs of `paragraph` as inline Markdown, its label in front."""
    label = f"{paragraph.label} " if paragraph.label else ""
    shown = " ".join((label + _shown(paragraph.runs, pictures)).split())
    for escaped, looks in ((False, True), (True, True), (True, False)):
        text = label + "".join(_runs(paragraph.runs, pictures, escaped=escaped, looks=looks))
        text = _hard_breaks(re.sub(r"[ \t\u00a0]+", " ", text).strip())
        if plain(_without_calls(text)) == shown:
            return text
    return text


def _shown(runs: Sequence[Run], pictures: Mapping[str, str]) -> str:
    return "".join(run.text for run in runs)


def _without_calls(text: str) -> str:
    return re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)


def _hard_breaks(text: str) -> str:
    return "  \n".join(line.strip() for line in text.split("\n") if line.strip())


def _runs(
    runs: Sequence[Run], pictures: Mapping[str, str], *, escaped: bool, looks: bool
) -> Iterator[str]:
    for run in runs:
        if run.note:
            yield f"[^{run.note}]"
        elif run.picture:
            name = pictures.get(run.picture, "")
            yield f"![{PICTURE}]({name})" if name else ""
        else:
            text = _ESCAPED.sub(r"\\\1", run.text) if escaped else run.text
            yield _marked(text, run) if looks else text


PICTURE = "Hình trong văn bản, chưa có lời mô tả"


def _marked(text: str, run: Run) -> str:
    """`text` with the marks of how `run` looks and where it leads; white space stays outside of them."""
    lines = []
    for line in text.split("\n"):
        bare = line.strip()
        at = line.find(bare) if bare else 0
        lines.append(line[:at] + _dressed(bare, run) + line[at + len(bare) :] if bare else line)
    return "\n".join(lines)


def _dressed(text: str, run: Run) -> str:
    if run.doubtful:
        return f"<mark>{text}</mark>"
    text = _tagged(text, run)
    mark = "**" * run.bold + "*" * run.italic
    text = mark + text + mark
    if not run.link or _says_address(run):
        return text
    address = f"<{run.link}>" if "(" in run.link or ")" in run.link else run.link
    return f"[{text}]({address})"


def _tagged(text: str, run: Run) -> str:
    """`text` in HTML tags where Markdown has no mark: raised and lowered figures, struck letters."""
    text = f"<{run.script}>{text}</{run.script}>" if run.script else text
    return f"<s>{text}</s>" if run.struck else text


def _says_address(run: Run) -> bool:
    """Whether the letters of a link are its address."""
    address = re.sub(r"^(?:https?://|mailto:)", "", run.link).rstrip("/")
    return re.sub(r"^https?://", "", run.text.strip()).rstrip("/") == address


def _note(label: str, paragraphs: Sequence[Paragraph], pictures: Mapping[str, str]) -> str:
    return f"[^{label}]: {_note_text(paragraphs, pictures)}"


def _note_text(paragraphs: Sequence[Paragraph], pictures: Mapping[str, str]) -> str:
    lines = (_inline(paragraph, pictures).replace("  \n", " ") for paragraph in paragraphs)
    return " ".join(lines).strip()


def _called(blocks: Sequence[Block]) -> list[str]:
    labels: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            labels |= {run.note: None for run in block.runs if run.note}
        else:
            for row in block.rows:
                for cell in row:
                    labels |= dict.fromkeys(_called(cell.blocks))
    return list(labels)


# --- tables


def _table(table: Table, pictures: Mapping[str, str]) -> str:
    """A table in pipes, or in HTML where cells cover more than their own place."""
    if _is_spanning(table):
        return _spanning(table, pictures)
    grid = grid_of(table)
    if not grid:
        return ""
    rows = [[_cell(cell, pictures) if cell else "" for cell in row] for row in grid]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(" ".join(line.split()) for line in lines)


def _is_html(block: Block) -> bool:
    return isinstance(block, Table) and _is_spanning(block)


def _is_spanning(table: Table) -> bool:
    return any(cell.columns > 1 or cell.rows > 1 for row in table.rows for cell in row)


def _spanning(table: Table, pictures: Mapping[str, str]) -> str:
    """A table with spans as HTML; a first row that spans rows is a header of as many."""
    heads = max((cell.rows for cell in table.rows[0]), default=1)
    lines = ["<table>"]
    for at, row in enumerate(table.rows):
        tag = "th" if at < heads else "td"
        cells = []
        for cell in row:
            spans = f' colspan="{cell.columns}"' * (cell.columns > 1)
            spans += f' rowspan="{cell.rows}"' * (cell.rows > 1)
            cells.append(f"<{tag}{spans}>{_html(cell, pictures)}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table>"])


def _html(cell: Cell, pictures: Mapping[str, str]) -> str:
    """The blocks of a cell as HTML."""
    parts = []
    for block in cell.blocks:
        if isinstance(block, Table):
            parts += [_html(inner, pictures) for row in block.rows for inner in row]
            continue
        runs = "".join(_html_run(run, pictures) for run in block.runs)
        parts.append(" ".join(f"{block.label} {runs}".split()))
    return "<br>".join(part for part in parts if part)


def _html_run(run: Run, pictures: Mapping[str, str]) -> str:
    if run.note:
        return _raised(run.note)
    if name := pictures.get(run.picture):
        return f'<img src="{html.escape(name)}" alt="{PICTURE}">'
    text = html.escape(run.text, quote=False).replace("\n", "<br>")
    if not text.strip():
        return text
    text = _tagged(text, run)
    text = f"<strong>{text}</strong>" if run.bold else text
    text = f"<em>{text}</em>" if run.italic else text
    if run.link and not _says_address(run):
        return f'<a href="{html.escape(run.link)}">{text}</a>'
    return text


def _raised(label: str) -> str:
    """The call of a note in HTML, where Markdown's is not read; an endnote's stands in brackets."""
    figures = label.lstrip("c").translate(_SUPERSCRIPT)
    return f"⁽{figures}⁾" if label.startswith("c") else figures


def grid_of(table: Table) -> list[list[Cell | None]]:
    """The places of `table`, row by row; None where a cell of another place covers it."""
    grid: list[list[Cell | None]] = []
    covered: dict[tuple[int, int], bool] = {}
    for at, row in enumerate(table.rows):
        line: list[Cell | None] = []
        for cell in row:
            while covered.get((at, len(line))):
                line.append(None)
            place = len(line)
            for down in range(cell.rows):
                for right in range(cell.columns):
                    covered[at + down, place + right] = True
            line.append(cell)
            line += [None] * (cell.columns - 1)
        while covered.get((at, len(line))):
            line.append(None)
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [line + [None] * (width - len(line)) for line in grid]


def _cell(cell: Cell, pictures: Mapping[str, str]) -> str:
    parts = []
    for block in cell.blocks:
        if isinstance(block, Table):
            parts += [_cell(inner, pictures) for row in block.rows for inner in row]
        else:
            parts.append(_inline(block, pictures).replace("  \n", "<br>"))
    return "<br>".join(re.sub(r"(?<!\\)\|", r"\\|", part) for part in parts if part)


# --- front matter


def _entry(key: str, value: Value, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, Mapping):
        yield f"{indent}{key}:"
        for inner, of in value.items():
            if of not in ("", (), [], {}):
                yield from _entry(inner, of, depth + 1)
    elif isinstance(value, (str, int)):
        yield from _scalar(f"{indent}{key}:", str(value), depth)
    else:
        yield f"{indent}{key}:"
        for item in value:
            yield from _item(item, depth + 1)


def _item(item: Value, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(item, Mapping):
        lines = [
            line
            for key, value in item.items()
            if value not in ("", (), [], {})
            for line in _entry(key, value, depth + 1)
        ]
        yield f"{indent}- {lines[0].lstrip()}"
        yield from lines[1:]
    else:
        yield from _scalar(f"{indent}-", str(item), depth)


def _scalar(lead: str, text: str, depth: int) -> Iterator[str]:
    text = text.strip()
    if len(lead) + len(text) < WIDTH or "\n" in text or "  " in text:
        yield f"{lead} {quoted(text)}"
        return
    yield f"{lead} >-"
    indent = "  " * (depth + 1)
    line = indent
    for word in text.split(" "):
        if line.strip() and len(line) + len(word) + 1 > WIDTH:
            yield line
            line = indent
        line += word if line == indent else f" {word}"
    yield line


def quoted(text: str) -> str:
    """`text` as a YAML scalar on one line, in quotes where it could be taken for something else."""
    if _PLAIN_SCALAR.fullmatch(text):
        return text
    safe = _SAFE_SCALAR.fullmatch(text) and not re.search(r":(?:\s|$)|\s#", text)
    return text if safe else json.dumps(text, ensure_ascii=False)
