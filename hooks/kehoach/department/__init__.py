"""A department's own repository: `init` writes it, `update` renews what the program gave it.

In it are settings, texts, CI and the wheel of the program; no code of ours to merge. What the program
gave is noted with its hash in `.kehoach.json`, so that an update leaves alone what the department changed.
"""

import hashlib
import io
import json
import re
import shlex
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from string import Template
from typing import Any

import yaml

from kehoach import packaging
from kehoach.pages.brand import stylesheet
from kehoach.records.contact import WAYS
from kehoach.records.source import load, parse_yaml
from kehoach.records.urls import HINT, is_url

NOTES = ".kehoach.json"
WHEELS = "goi"
_FILES = Path(__file__).parent / "files"
# The same for every department.
_NATIONAL = ("content/huong-dan/", "content/schema/", "content/chu-de/")
_ORIGINAL = "program:"  # before the name of what is noted without being given
_SUMMARY = "Kế hoạch, sự kiện, khẩu hiệu và lịch chủ đề"
_LEAD = "Kế hoạch, sự kiện, lịch, chủ đề, khẩu hiệu và tài liệu truyền thông"
_UNITS = """\
# Các đơn vị mà kế hoạch nhắc đến: tên, tên khác, đơn vị cấp trên.

- id: bo-khcn
  name: Bộ Khoa học và Công nghệ
  short: Bộ KH&CN
  kind: bộ
"""


class StartError(Exception):
    """Why a repository cannot be begun or renewed, in words for who asked."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The facts that a department begins with; `year` is that of its first campaign."""

    name: str
    url: str
    year: int
    parent: str = ""
    province: str = ""
    colour: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    target: str = (
        ""  # where CI publishes: "user@host:path", "s3://bucket/prefix", "" for the service's Pages
    )


@dataclass(frozen=True, slots=True)
class Renewal:
    """The outcome of an update: the files that changed, those left as the department has changed them, and what of
    the program's is new beside files of the department's own that replace it or were once begun from it."""

    changed: list[str]
    left: list[str]
    behind: list[str]


def begin(folder: Path, wishes: Wishes, wheel: bytes, wheel_name: str) -> list[str]:
    """Write the repository into `folder`, which is new or empty; its files. Raises StartError."""
    if folder.exists() and (not folder.is_dir() or {p.name for p in folder.iterdir()} - {".git"}):
        raise StartError(f"{folder} đã có nội dung khác: chọn thư mục trống hoặc chưa có.")
    wishes = _on_one_line(wishes)
    if not wishes.name:
        raise StartError("Chưa có tên Sở.")
    if wishes.url and not (is_url(wishes.url) and wishes.url.startswith("http")):
        raise StartError(f"{wishes.url} không phải địa chỉ của một trang: {HINT}.")
    for name, way in WAYS.items():
        if (value := getattr(wishes, name)) and not way.fits(value):
            raise StartError(f"{value} không phải {way.words}; ví dụ: {way.example}.")
    if wishes.colour:
        try:
            stylesheet({"blue": wishes.colour})
        except ValueError as error:
            raise StartError(str(error.args[0])) from None
    program = _Program(wheel, wheel_name)
    files = dict(_own(wishes)) | program.given()
    files.update(_first_year(wishes.year, program))
    files[NOTES] = _notes(program)
    try:
        for name, content in files.items():
            _write(folder / name, content)
    except OSError as error:
        raise StartError(f"Không ghi được vào {folder}: {error.strerror}.") from None
    return sorted(files)


def _on_one_line(wishes: Wishes) -> Wishes:
    """`wishes` without line ends and without spaces around and between words beyond one."""
    words: dict[str, Any] = {
        field.name: " ".join(value.split())
        for field in fields(wishes)
        if isinstance(value := getattr(wishes, field.name), str)
    }
    return replace(wishes, **words)


def renew(folder: Path, wheel: bytes, wheel_name: str) -> Renewal:
    """Bring what the program gave up to date with that in `wheel`, whichever runs.

    Raises StartError where `folder` was not begun by `begin`, or `wheel` is no program of ours.
    """
    try:
        noted = json.loads((folder / NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        message = f"{folder} không có {NOTES}: thư mục này không do lệnh init tạo ra."
        raise StartError(message) from None
    program = _Program(wheel, wheel_name)
    fresh = program.given()
    changed, left = [], []
    for name, content in fresh.items():
        path = folder / name
        here = path.read_bytes() if path.is_file() else b""
        if here == content:
            continue
        if here and _hash(here) != noted.get(name):
            left.append(name)
            continue
        _write(path, content)
        changed.append(name)
    for name in sorted(noted.keys() - fresh.keys()):
        path = folder / name
        if path.is_file() and _hash(path.read_bytes()) == noted[name] and not _is_year(name):
            path.unlink()
            changed.append(name)
    behind = [name for name in left if noted.get(name) not in (None, _hash(fresh[name]))]
    theme = _own_theme(folder)
    for name, content in program.originals():
        was, place = noted.get(f"{_ORIGINAL}{name}"), name
        if name.startswith("theme/"):
            place = f"{theme}/{name.removeprefix('theme/')}" if theme else ""
        if was not in (None, _hash(content)) and place and (folder / place).is_file():
            behind.append(place)
    _write(folder / NOTES, _notes(program))
    return Renewal(sorted(changed), sorted(left), sorted(behind))


class _Program:
    """The program in a wheel: what it gives every department."""

    def __init__(self, wheel: bytes, name: str) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
                files = {one: archive.read(one) for one in archive.namelist()}
            self.data = _below(files, "kehoach/package_data/")
            self.templates = _below(files, "kehoach/department/files/")
            self.data["requirements.lock"]
        except (zipfile.BadZipFile, KeyError):
            raise StartError(f"{name} không phải một bản chương trình kehoach (.whl).") from None
        self.wheel, self.name = wheel, name

    def given(self) -> dict[str, bytes]:
        """Itself, its locks, the guide, schemas and what is the same everywhere."""
        path = f"{WHEELS}/{self.name}"
        digest = hashlib.sha256(self.wheel).hexdigest()
        own = f"./{path} \\\n    --hash=sha256:{digest}\n".encode()
        files = {
            path: self.wheel,
            "requirements.lock": self.data["requirements.lock"] + own,
            "requirements-import.lock": self.data["requirements-import.lock"],
            "requirements-store.lock": self.data["requirements-store.lock"],
            "content/tu-viet-tat.yml": self.data["content/tu-viet-tat.yml"],
        }
        for name, content in self.data.items():
            if name.startswith(_NATIONAL) and (not _is_year(name) or _is_national(content)):
                files[name] = content
        return files

    def originals(self) -> Iterator[tuple[str, bytes]]:
        """The program's files that a department may have its own versions of: path and content."""
        yield from self.templates.items()
        yield from ((name, one) for name, one in self.data.items() if name.startswith("theme/"))


def _below(files: dict[str, bytes], folder: str) -> dict[str, bytes]:
    found = (name for name in files if name.startswith(folder))
    return {name.removeprefix(folder): files[name] for name in sorted(found)}


def _own_theme(folder: Path) -> str:
    """The folder of the department's own theme, as its settings name it; "" for none."""
    data = parse_yaml(load(folder / "mkdocs.yml"), "mkdocs.yml").data
    theme = data.get("theme") if isinstance(data, dict) else None
    return str(theme.get("custom_dir") or "").strip("/") if isinstance(theme, dict) else ""


def wheel_here() -> tuple[bytes, str]:
    """The wheel of the program that runs, and its file name."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        name = packaging.write_wheel(Path(folder))
        return (Path(folder) / name).read_bytes(), name


def _own(wishes: Wishes) -> Iterator[tuple[str, bytes]]:
    """The files that are the department's own from the first day: path and content."""
    title = f"Kế hoạch - {wishes.name}"
    words = {
        "name": wishes.name,
        "site_name": title,
        "prose_name": re.sub(r"([\\`*_\[\]<>])", r"\\\1", wishes.name),
        "yaml_name": _scalar(wishes.name),
        "yaml_title": _scalar(title),
        "yaml_summary": _scalar(f"{_SUMMARY} của {wishes.name}"),
        "yaml_lead": _scalar(f"{_LEAD} của {wishes.name}."),
        "url": wishes.url.rstrip("/") + "/" if wishes.url else "",
        "contact": _contact(wishes),
        "brand": f'  brand: {{blue: "{wishes.colour}"}}\n' if wishes.colour else "",
        "target": wishes.target.replace("'", "''"),
        "shown_target": shlex.quote(wishes.target) if wishes.target else "ĐÍCH",
    }
    for file in sorted(_FILES.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            text = Template(file.read_text(encoding="utf-8"))
            yield file.relative_to(_FILES).as_posix(), text.substitute(words).encode()
    yield "content/don-vi.yml", _units(wishes).encode()


def _contact(wishes: Wishes) -> str:
    """The lines of mkdocs.yml that say how a department is reached; what was not told is left to be filled in."""
    parent = f"    parent: {_scalar(wishes.parent)}\n" if wishes.parent else ""
    lines = (
        f"    {key}: {_scalar(value)}\n"
        if (value := getattr(wishes, key))
        else f"    # {key}: {way.example}\n"
        for key, way in WAYS.items()
    )
    return parent + "".join(lines)


def _first_year(year: int, program: _Program) -> Iterator[tuple[str, bytes]]:
    """The campaign of a year that the centre has not named yet."""
    name = f"content/chu-de/{year}.md"
    if name not in program.given():
        title = f"Ngày Khoa học và Công nghệ Việt Nam năm {year}"
        yield name, f"---\ntitle: {title}\nday: 18/5/{year}\n---\n".encode()


def _scalar(text: str) -> str:
    """`text` as a YAML scalar on one line."""
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=10**6)
    return dumped.removesuffix("...\n").strip()


def _units(wishes: Wishes) -> str:
    committee = wishes.parent or (f"Ủy ban nhân dân {wishes.province}" if wishes.province else "")
    rows = [_UNITS]
    province = f"  province: {_scalar(wishes.province)}\n" if wishes.province else ""
    if committee:
        rows.append(f"- id: ubnd\n  name: {_scalar(committee)}\n  kind: ủy ban\n{province}")
    above = "  parent: ubnd\n" if committee else ""
    rows.append(f"- id: so\n  name: {_scalar(wishes.name)}\n  kind: sở\n{above}{province}")
    return "\n".join(rows)


def _is_national(content: bytes) -> bool:
    """Whether the themes of a year come from the centre alone, and from no department's plan."""
    return "của Sở" not in content.decode("utf-8")


def _is_year(name: str) -> bool:
    return name.startswith("content/chu-de/")


def _notes(program: _Program) -> bytes:
    hashes = {name: _hash(content) for name, content in sorted(program.given().items())}
    hashes |= {f"{_ORIGINAL}{name}": _hash(content) for name, content in program.originals()}
    return (json.dumps(hashes, ensure_ascii=False, indent=1) + "\n").encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
