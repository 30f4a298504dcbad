"""A document that is brought in again: what the file says anew, beside what staff wrote meanwhile.

Three texts meet: the last import (the base), the document as it stands, and this import. What changed on
one side only is taken from there. Where both changed, the front matter stays as it stands, since staff
has it from elsewhere, and the body becomes that of the file, since the file was signed; both are told.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from kehoach.importing.problem import ImportProblem
from kehoach.importing.renewing import renewed
from kehoach.records.body.blocks import scan
from kehoach.records.source import parse

_KEY = re.compile(r"(?:\"([^\"]+)\"|'([^']+)'|([^\s#'\"\-][^:#]*?))\s*:(?:\s|$)")
_SHORT = 80  # letters of a value that messages show


class Update(NamedTuple):
    """The document as it is to be, and what stays or goes although the other side says otherwise."""

    text: str
    told: list[str]


def updated(standing: str, file: str, base: str, name: str) -> Update:
    """The document `standing`, called `name`, with what the import `file` says anew.

    `base` is the import that it was made from, "" where nobody kept it: then the front matter stays
    whole and the body is that of the file. Raises ImportProblem for front matter that cannot be read.
    """
    here, there, before = (_Document(text, name) for text in (standing, file, base))
    told: list[str] = []
    if base:
        body = _merged_body(before.body, here.body, there.body, told)
    else:
        body = renewed(here.body, there.body) + "\n"
        body = here.body if _says(here.body) == _says(body) else "\n" + body.lstrip("\n")
    chunks = dict(here.chunks)
    for key in dict.fromkeys((*here.data, *there.data)):
        mine, new, old = (of.data.get(key) for of in (here, there, before))
        if new in (mine, old):
            continue
        if base and mine == old:
            chunks = _put(chunks, key, there.chunks.get(key), list(there.chunks))
        else:
            told.append(f"`{key}` giữ như đang có ({_short(mine)}); tệp ghi {_short(new)}")
    return Update("---\n" + "".join(chunks.values()) + "---\n" + body, told)


class _Document:
    """The front matter of a text in pieces, each of a key with the comments above it, and the body."""

    def __init__(self, text: str, name: str) -> None:
        source = parse(text.encode(), name)
        if text and not isinstance(source.data, dict):
            raise ImportProblem(
                f"phần khai báo của {name} không đọc được; hãy chạy check, sửa rồi nhập lại"
            )
        self.data: dict[str, Any] = source.data or {}
        self.body = source.body
        self.chunks: dict[str, str] = {}
        head = source.text.removesuffix(source.body).split("\n")[1:-2] if text else []
        lines: list[str] = []
        key = ""
        for line in head:
            if found := _KEY.match(line):
                above = list(_comments_at_end(lines))
                self._add(key, lines[: len(lines) - len(above)])
                key, lines = next(filter(None, found.groups())), above
            lines.append(line)
        self._add(key, lines)

    def _add(self, key: str, lines: list[str]) -> None:
        if lines:
            self.chunks[key] = "\n".join(lines) + "\n"


def _comments_at_end(lines: list[str]) -> Iterator[str]:
    at = len(lines)
    while at and (lines[at - 1].startswith("#") or not lines[at - 1].strip()):
        at -= 1
    yield from lines[at:]


def _put(chunks: dict[str, str], key: str, chunk: str | None, order: list[str]) -> dict[str, str]:
    """`chunks` with that of `key` replaced, removed, or put behind the key that it follows in `order`."""
    if chunk is None:
        return {known: of for known, of in chunks.items() if known != key}
    if key in chunks:
        return chunks | {key: chunk}
    above = next((k for k in reversed(order[: order.index(key)]) if k in chunks), None)
    found = {} if above else {key: chunk}
    for known, of in chunks.items():
        found[known] = of
        if known == above:
            found[key] = chunk
    return found


def _short(value: Any) -> str:
    if value is None:
        return "không có"
    if isinstance(value, list):
        return f"{len(value)} mục"
    text = " ".join(str(value).split())
    return f"“{text[:_SHORT]}…”" if len(text) > _SHORT else f"“{text}”"


# --- bodies


def _says(body: str) -> list[str]:
    return body.split()


def _merged_body(base: str, standing: str, file: str, told: list[str]) -> str:
    if file == base or _says(file) == _says(base):
        return standing
    if standing == base:
        return file
    old, mine, new = (_blocks(body) for body in (base, standing, file))
    parts: list[str] = []
    for was, is_here, is_there in _in_pairs(_stretches(old, mine, new)):
        if is_there in (was, is_here):
            parts += is_here
        else:
            parts += is_there
            if is_here != was:
                told += [
                    f"nội dung theo tệp, không theo bản đang có: {_short(text)}" for text in is_here
                ]
    return "\n" + "\n\n".join(parts) + "\n"


def _blocks(body: str) -> list[str]:
    """The blocks of `body` as they are written."""
    lines = body.split("\n")
    return [
        "\n".join(lines[block.start.number - 1 : block.end - 1]).strip("\n") for block in scan(body)
    ]


def _stretches(
    old: list[str], mine: list[str], new: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The three in step: stretches that all have, and between them what each has."""
    here, there = _matches(old, mine), _matches(old, new)
    at = (0, 0, 0)
    for place in [place for place in range(len(old)) if place in here and place in there]:
        if here[place] < at[1] or there[place] < at[2]:
            continue
        yield old[at[0] : place], mine[at[1] : here[place]], new[at[2] : there[place]]
        yield [old[place]], [mine[here[place]]], [new[there[place]]]
        at = place + 1, here[place] + 1, there[place] + 1
    yield old[at[0] :], mine[at[1] :], new[at[2] :]


def _in_pairs(
    stretches: Iterator[tuple[list[str], list[str], list[str]]],
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """`stretches`; one of as many blocks on all sides is one of each with its own."""
    for three in stretches:
        if len({len(side) for side in three}) == 1:
            yield from (([was], [here], [there]) for was, here, there in zip(*three, strict=True))
        else:
            yield three


def _matches(old: list[str], other: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, old, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
