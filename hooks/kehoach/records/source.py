"""A file of `content/` as text, and its front matter as text scalars that know their place.

PyYAML's own constructors guess types (`8:30` is 510, `no` is False) and keep the last of two equal
keys without a word, so values are taken from the parser's events (YAML 1.1, libyaml) as they stand.
"""

import errno
import json
import os
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kehoach.records.body import Outline, outline
from kehoach.records.finding import Finding
from kehoach.records.text import fold, nearest

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Keys = tuple[str | int, ...]
Places = dict[Keys, tuple[int, int]]  # line and column of each value or key: see `Place`
MAX_DEPTH = 12
MAX_BYTES = 4 * 1024 * 1024
MAX_YAML = 1024 * 1024
MAX_WORDS = 400  # characters of a message, which may quote an author's value
MAX_FINDINGS = 100  # in one file: who has more mends these first
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")  # YAML 1.1, 5.4: what counts as one
_FIRST_HEADING = re.compile(r"\s*#[ \t]+(.*?)[ \t]*#*[ \t]*(?:\n|\Z)")
_FENCE = re.compile(r"^---[ \t]*$", re.M)
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE  # YAML 1.1, 5.1
_ESCAPE = re.compile(r"\\(?:x(\w{2})|u(\w{4})|U(\w{8})|(.))", re.S)  # YAML 1.1, 5.7
_ESCAPED_CONTROLS = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}


class Place(NamedTuple):
    """Where a value stands in its file; both count from 1."""

    line: int
    column: int


class Source(ABC):
    """One file: its words, its front matter as nested text, and the place of every value."""

    path: str
    findings: list[Finding]

    @property
    @abstractmethod
    def text(self) -> str:
        """The whole file, in NFC, lines ending with `\\n`."""

    @property
    @abstractmethod
    def data(self) -> Any:
        """The front matter: text in lists and mappings, as YAML nests it."""

    @property
    @abstractmethod
    def body(self) -> str:
        """The text behind the front matter."""

    @property
    @abstractmethod
    def body_line(self) -> int:
        """The line of the file on which the body begins, from 1."""

    @property
    @abstractmethod
    def places(self) -> Places:
        """Where each value of `data` stands."""

    @property
    @abstractmethod
    def key_places(self) -> Places:
        """Where each key of `data` stands."""

    @abstractmethod
    def outline(self, *, signed: bool) -> Outline:
        """The outline of the body, as that of a `signed` text or of prose."""

    def place(self, keys: Keys) -> Place:
        """The place of the value at `keys`, or of the nearest value around it."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        return Place(*self.places.get(keys, (1, 1)))

    def key_place(self, keys: Keys) -> Place | None:
        """The place of the key itself that `keys` ends with; None where it is not written."""
        found = self.key_places.get(keys)
        return found and Place(*found)

    def finding(
        self, place: Place, rule: str, message: str, hint: str = "", **more: Any
    ) -> Finding:
        words = (" ".join(text.split()) for text in (message, hint))
        message, hint = (text[:MAX_WORDS] + "…" * (len(text) > MAX_WORDS) for text in words)
        return Finding(self.path, place.line, place.column, rule, message, hint, **more)

    def value_place(self, keys: Keys, column: int) -> Place:
        """The place of the character `column` of the value at `keys`, past the quote it opens with."""
        place = self.place(keys)
        line = self.text.split("\n", place.line)[place.line - 1 : place.line]
        quoted = bool(line) and line[0][place.column - 1 : place.column] in ("'", '"')
        return Place(place.line, place.column + column + quoted)

    def body_place(self, offset: int) -> Place:
        """The place of the character `offset` of the body."""
        before = self.body[:offset]
        return Place(self.body_line + before.count("\n"), offset - before.rfind("\n"))


@dataclass(slots=True)
class Parsed(Source):
    """A file that was read at once."""

    path: str
    text: str = ""
    data: Any = None
    body: str = ""
    body_line: int = 1
    places: Places = field(default_factory=dict)  # plain pairs, of which there are many
    key_places: Places = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    known_outline: Outline | None = None

    def outline(self, *, signed: bool) -> Outline:
        if self.known_outline is None:
            self.known_outline = outline(self.body, first_line=self.body_line, signed=signed)
        return self.known_outline


def field_name(keys: Keys) -> str:
    """`("events", 2, "when")` as people write it: `events[2].when`."""
    name = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return name.removeprefix(".")


def written_keys(data: Any, keys: Keys) -> Keys:
    """`keys` as far as `data` has them: a list of one may be written as the one."""
    for depth, key in enumerate(keys):
        if isinstance(key, int) and not isinstance(data, list):
            return keys[:depth]
        held = (
            range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        )
        data = data[key] if key in held else None
    return keys


def lies_in(field: str, around: str) -> bool:
    """Whether `field` ("events[2].when") is `around` ("events[2]") or a part of it."""
    return field == around or field.startswith((f"{around}.", f"{around}["))


def decode(raw: bytes, path: str) -> tuple[str, list[Finding]]:
    """The bytes of a file as NFC text with `\\n` line ends, and what was wrong with them."""

    def finding(offset: int, rule: str, message: str, hint: str) -> Finding:
        before = raw[:offset].decode("utf-8", "replace")
        line = before.count("\n") + 1
        return Finding(path, line, len(before) - before.rfind("\n"), rule, message, hint)

    if len(raw) > MAX_BYTES:
        message = f"tệp văn bản dài quá {MAX_BYTES // 1_048_576} MB"
        hint = "tách tệp, hoặc đưa phần lớn vào attachments"
        return "", [finding(0, "file-too-large", message, hint)]
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        return "", [finding(0, "empty-file", "tệp không có nội dung", "viết nội dung hoặc xoá tệp")]
    if b"\0" in raw:
        return "", [
            finding(
                raw.index(b"\0"),
                "control-character",
                "tệp có ký tự NUL",
                "lưu lại tệp dưới dạng văn bản UTF-8",
            )
        ]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "lưu lại tệp với bảng mã UTF-8"
        return "", [finding(error.start, "not-utf8", "tệp không phải UTF-8", hint)]
    if any(mark in text for mark in "\r\x85\u2028\u2029"):
        text = _LINE_END.sub("\n", text)
    return unicodedata.normalize("NFC", text), []


def load(path: Path) -> bytes | None:
    """The bytes of a file, of a huge one no more than tells that it is; None where it cannot be opened."""
    try:
        with open(path, "rb", opener=_open_file) as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        return None


def _open_file(path: str, flags: int) -> int:
    """Open what is a file and nothing else: to open a pipe would be to wait for who writes to it."""
    if not os.path.isfile(path):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
    return os.open(path, flags)


def unreadable(path: str) -> Finding:
    """The finding about a file that cannot be opened."""
    message, hint = "không mở được tệp", "kiểm tra quyền đọc và liên kết của tệp"
    return Parsed(path).finding(Place(1, 1), "unreadable-file", message, hint)


def parse(raw: bytes | None, name: str, *, bare: bool = False) -> Parsed:
    """A Markdown file with front matter between two `---` lines; `name` is how findings call it.

    One that may be `bare` needs none: its title is its first heading, else the name of the file.
    """
    source, head = _halves(raw, name, bare)
    if head is not None:
        _parse(source, head, first_line=2 if source.text.startswith("---") else 1)
        if source.data is None and not source.findings:
            source.data = {}
    return source


def split(raw: bytes | None, name: str, *, bare: bool = False) -> Parsed:
    """The same file with its front matter unread: no data, no places."""
    source, _ = _halves(raw, name, bare)
    return source


def parse_yaml(raw: bytes | None, name: str) -> Parsed:
    """A YAML file without a body, read the same way."""
    source = _decoded(raw, name)
    if not source.findings:
        _parse(source, source.text, first_line=1)
    return source


def _decoded(raw: bytes | None, name: str) -> Parsed:
    source = Parsed(name)
    if raw is None:
        source.findings.append(unreadable(name))
    else:
        source.text, source.findings = decode(raw, name)
    return source


def _halves(raw: bytes | None, name: str, bare: bool) -> tuple[Parsed, str | None]:
    """A file with its body, and the text of its front matter; None where it has none."""
    source = _decoded(raw, name)
    if source.findings:
        return source, None
    fences = list(_FENCE.finditer(source.text))
    if bare and not source.text.startswith("---"):
        heading = _FIRST_HEADING.match(source.text)
        source.body = source.text[heading.end() :] if heading else source.text
        source.body_line = source.text.count("\n", 0, heading.end()) + 1 if heading else 1
        title = heading[1] if heading else _title_of(name)
        return source, f"title: {json.dumps(title, ensure_ascii=False)}"
    if not source.text.startswith("---"):
        source.body = source.text
        message = "tệp thiếu phần khai báo"
        hint = "mở đầu tệp bằng dòng ---, các khoá, rồi một dòng --- nữa"
    elif len(fences) < 2 or fences[0].start() != 0:
        message = "phần khai báo không có dòng --- kết thúc"
        hint = "thêm một dòng --- sau khoá cuối cùng"
    else:
        source.body = source.text[fences[1].end() + 1 :]
        source.body_line = source.text.count("\n", 0, fences[1].end()) + 2
        return source, source.text[fences[0].end() + 1 : fences[1].start()]
    source.findings.append(source.finding(Place(1, 1), "no-front-matter", message, hint))
    return source, None


def _title_of(name: str) -> str:
    """The title of a file that gives none: from its name, as MkDocs does."""
    stem = name.rsplit("/", 1)[-1].removesuffix(".md")
    return stem.replace("-", " ").replace("_", " ").capitalize()


def _parse(source: Parsed, text: str, first_line: int) -> None:
    source.places[()] = first_line, 1
    if len(text) > MAX_YAML:
        message = f"phần khai báo dài quá {MAX_YAML // 1_048_576} MB"
        hint = "chuyển phần lớn xuống thân văn bản, hoặc tách tệp"
        source.findings.append(
            source.finding(Place(first_line, 1), "file-too-large", message, hint)
        )
        return
    try:
        source.data = _Builder(source, text, first_line).build(yaml.parse(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # libyaml puts the end of a text without a line end one line too far.
        lines = text.split("\n")
        line, column = len(lines) - 1, len(lines[-1])
        if mark is not None and mark.line < len(lines):
            line, column = mark.line, mark.column
        place = Place(line + first_line, column + 1)
        hint = "đặt giá trị có dấu hai chấm trong ngoặc kép, kiểm tra thụt đầu dòng"
        problem = error.problem or error.context or ""
        message = f"không đọc được YAML ({_PROBLEMS.get(problem, problem)})"
        source.findings.append(source.finding(place, "invalid-yaml", message, hint))
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes here, PyYAML's own reader characters.
        libyaml = isinstance(error.character, int)
        before = text.encode()[: error.position].decode() if libyaml else text[: error.position]
        place = Place(first_line + before.count("\n"), len(before) - before.rfind("\n"))
        code = error.character if libyaml else ord(error.character)
        message = f"ký tự điều khiển U+{code:04X}"
        source.findings.append(source.finding(place, "control-character", message, "xoá ký tự này"))


# A mapping or a list that is being filled, and in a mapping the key that has no value yet.
_Opened = tuple[Keys, Any, list[Keys]]
_CONTAINERS = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
_CONTAINER_ENDS = {yaml.MappingEndEvent, yaml.SequenceEndEvent}


class _Builder:
    """Nested text from YAML events, without recursion: hostile depth ends in a finding."""

    def __init__(self, source: Parsed, text: str, first_line: int) -> None:
        self.source = source
        self.text = text
        self.first_line = first_line

    def build(self, events: Iterator[yaml.Event]) -> Any:
        root: list[Any] = []
        stack: list[_Opened] = [((), root, [])]
        for event in events:
            kind = type(event)
            if isinstance(event, yaml.ScalarEvent):
                self.put(stack, event, self.scalar(event))
            elif kind in _CONTAINERS:
                if len(stack) > MAX_DEPTH:
                    self.report(
                        event,
                        "too-deep",
                        f"dữ liệu lồng nhau quá {MAX_DEPTH} cấp",
                        "viết phẳng hơn",
                    )
                    return None
                value = _CONTAINERS[kind]()
                keys = self.put(stack, event, value)
                stack.append((keys, value, []))
            elif kind in _CONTAINER_ENDS:
                stack.pop()
            elif kind is yaml.AliasEvent:
                self.report(
                    event,
                    "yaml-alias",
                    "bí danh YAML (*) không được dùng",
                    "viết lại giá trị tại chỗ",
                )
                return None
            elif kind is yaml.DocumentEndEvent:
                break
        return root[0] if root else None

    def scalar(self, event: yaml.ScalarEvent) -> str | None:
        value = event.value
        if event.style is None and value in ("", "~"):
            return None
        if not value.isprintable() and _UNPRINTABLE.search(value):
            self.report_escape(event)
            value = _UNPRINTABLE.sub("", value)
        return unicodedata.normalize("NFC", value)

    def put(self, stack: list[_Opened], event: yaml.Event, value: Any) -> Keys:
        keys, holder, pending = stack[-1]
        place = self.place(event)
        if isinstance(holder, list):
            inner = keys if len(stack) == 1 else (*keys, len(holder))
            holder.append(value)
            self.source.places.setdefault(inner, place)
            return inner
        if not pending:
            name = value if isinstance(value, str) else ""
            inner = (*keys, name)
            pending.append(inner)
            if not isinstance(value, str):
                self.report(
                    event, "invalid-yaml", "khoá phải là một từ", "viết khoá dạng `tên: giá trị`"
                )
            elif name in holder:
                hint = f"giữ một trong hai khoá `{name}`"
                self.report(event, "duplicate-key", f"khoá `{name}` viết hai lần", hint, inner)
            self.source.key_places.setdefault(inner, place)
            return inner
        inner = pending.pop()
        key = inner[-1]
        if key not in holder:
            holder[key] = value
            self.source.places[inner] = place
        return inner

    def place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        assert mark  # of what was parsed from a text
        return mark.line + self.first_line, mark.column + 1

    def report_escape(self, event: yaml.ScalarEvent) -> None:
        """The first control character of a quoted value: only an escape brings one past the reader."""
        assert event.start_mark
        assert event.end_mark
        written = self.text[event.start_mark.index : event.end_mark.index]
        for escape in _ESCAPE.finditer(written):
            *codes, letter = escape.groups()
            code = next(filter(None, codes), None)
            sign = chr(int(code, 16)) if code else _ESCAPED_CONTROLS.get(letter, "")
            if _UNPRINTABLE.match(sign):
                before = self.text[: event.start_mark.index + escape.start()]
                line = self.first_line + before.count("\n")
                place = Place(line, len(before) - before.rfind("\n"))
                message = f"ký tự điều khiển U+{ord(sign):04X}, viết là {escape[0]}"
                self.add(place, "control-character", message, "xoá ký tự này")
                return

    def report(
        self, event: yaml.Event, rule: str, message: str, hint: str, keys: Keys = ()
    ) -> None:
        self.add(Place(*self.place(event)), rule, message, hint, keys)

    def add(self, place: Place, rule: str, message: str, hint: str, keys: Keys = ()) -> None:
        if len(self.source.findings) < MAX_FINDINGS:
            self.source.findings.append(
                self.source.finding(place, rule, message, hint, field=field_name(keys))
            )


# What libyaml says most often of front matter, by its words.
_PROBLEMS = {
    "mapping values are not allowed in this context": "dấu hai chấm đứng trong giá trị",
    "could not find expected ':'": "thiếu dấu hai chấm sau khoá",
    "did not find expected key": "dòng này không phải `khoá: giá trị`, hoặc thụt đầu dòng lệch",
    "did not find expected '-' indicator": "dòng này không phải một mục `- …` của danh sách",
    "did not find expected ',' or ']'": "thiếu dấu phẩy hoặc ]",
    "did not find expected ',' or '}'": "thiếu dấu phẩy hoặc }",
    "did not find expected node content": "ngoặc mở mà không khép",
    "found unexpected end of stream": "ngoặc kép mở mà không khép",
    "found unknown escape character": r"sau dấu \ trong ngoặc kép là ký tự lạ",
    "found character that cannot start any token": "giá trị không thể bắt đầu bằng ký tự này",
    "block sequence entries are not allowed in this context": "danh sách `- …` phải xuống dòng",
}

# What an author who writes keys in Vietnamese means, folded; the first that is known is proposed.
_MEANT = {
    "ten": ("title", "name"),
    "tieu de": ("title",),
    "trich yeu": ("title",),
    "so": ("number",),
    "so hieu": ("number",),
    "ngay": ("when", "date", "day"),
    "thoi gian": ("when", "date"),
    "thoi han": ("when",),
    "dia diem": ("place",),
    "noi": ("place", "where"),
    "don vi": ("lead", "who", "issuer"),
    "co quan": ("issuer",),
    "chu tri": ("lead",),
    "phoi hop": ("partners",),
    "thanh phan": ("audience",),
    "loai": ("kind",),
    "muc": ("section",),
    "can cu": ("basis",),
    "nguoi ky": ("signer",),
    "noi nhan": ("recipients", "to"),
    "su kien": ("events",),
    "khau hieu": ("slogans",),
    "chu de": ("themes", "theme"),
    "trang thai": ("status",),
    "tinh trang": ("status",),
    "ly do": ("reason", "why"),
    "tom tat": ("summary",),
    "tac gia": ("author",),
    "dinh kem": ("attachments", "documents"),
    "nam": ("campaign",),
}


def unknown_key_hint(key: str, known: list[str]) -> str:
    """The hint at an unknown key: one of the `known` that is like it, else all of them."""
    meant = _MEANT.get(fold(key.replace("_", " ").replace("-", " ")), ())
    close = next((word for word in meant if word in known), None) or nearest(key, known)
    return f"có phải `{close}`?" if close else "các khoá dùng được: " + ", ".join(known)
