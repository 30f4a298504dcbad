"""A department's own repository: `init` writes it, `update` renews what the program gave it.

In it are settings, texts, CI and the wheel of the program; no code of ours to merge. What the program
gave is noted with its hash in `.kehoach.json`, so that an update leaves alone what the department changed.
"""

import hashlib
import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from kehoach import packaging, shipped
from kehoach.pages.brand import stylesheet

NOTES = ".kehoach.json"
WHEELS = "goi"
_FILES = Path(__file__).parent / "files"
_NATIONAL = ("huong-dan", "schema", "chu-de")  # of content/, the same for every department
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
    """What a department says of itself; `year` is that of its first campaign."""

    name: str
    url: str
    year: int
    parent: str = ""
    province: str = ""
    colour: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    target: str = (
        ""  # where CI publishes: "user@host:path", "s3://bucket/prefix", "" for the service's Pages
    )


def begin(folder: Path, wishes: Wishes, wheel: bytes, wheel_name: str) -> list[str]:
    """Write the repository into `folder`, which is new or empty; its files. Raises StartError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StartError(f"{folder} đã có nội dung khác: chọn thư mục trống hoặc chưa có.")
    if wishes.colour:
        try:
            stylesheet({"blue": wishes.colour})
        except ValueError as error:
            raise StartError(str(error.args[0])) from None
    files = dict(_own(wishes)) | given(wishes.year, wheel, wheel_name)
    files[NOTES] = _notes(given(wishes.year, wheel, wheel_name))
    for name, content in files.items():
        _write(folder / name, content)
    return sorted(files)


def renew(folder: Path, wheel: bytes, wheel_name: str) -> tuple[list[str], list[str]]:
    """Bring what the program gave up to date: the files that changed, and those left as the department
    has changed them. Raises StartError where `folder` was not begun by `begin`."""
    try:
        noted = json.loads((folder / NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        message = f"{folder} không có {NOTES}: thư mục này không do lệnh init tạo ra."
        raise StartError(message) from None
    fresh = given(0, wheel, wheel_name)
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
    _write(folder / NOTES, _notes(fresh))
    return sorted(changed), sorted(left)


def given(year: int, wheel: bytes, wheel_name: str) -> dict[str, bytes]:
    """What the program gives: itself, its lock, the guide, schemas and what is the same everywhere."""
    path = f"{WHEELS}/{wheel_name}"
    digest = hashlib.sha256(wheel).hexdigest()
    lock = shipped.LOCK.read_text(encoding="utf-8")
    files = {
        path: wheel,
        "requirements.lock": f"{lock}./{path} \\\n    --hash=sha256:{digest}\n".encode(),
        "requirements-store.lock": shipped.STORE_LOCK.read_bytes(),
        "content/tu-viet-tat.yml": (shipped.CONTENT / "tu-viet-tat.yml").read_bytes(),
    }
    for folder in _NATIONAL:
        for file in sorted((shipped.CONTENT / folder).rglob("*")):
            if file.is_file() and (folder != "chu-de" or _is_national(file)):
                name = file.relative_to(shipped.CONTENT).as_posix()
                files[f"content/{name}"] = file.read_bytes()
    return files


def wheel_here() -> tuple[bytes, str]:
    """The wheel of the program that runs, and its file name."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        name = packaging.write_wheel(Path(folder))
        return (Path(folder) / name).read_bytes(), name


def _own(wishes: Wishes) -> Iterator[tuple[str, bytes]]:
    """What is the department's from the first day."""
    contact = {"parent": wishes.parent, "address": wishes.address}
    contact |= {"phone": wishes.phone, "email": wishes.email}
    words = {
        "name": wishes.name,
        "site_name": f"Kế hoạch - {wishes.name}",
        "url": wishes.url.rstrip("/") + "/" if wishes.url else "",
        "contact": "".join(f"    {k}: {_scalar(v)}\n" for k, v in contact.items() if v),
        "brand": f'  brand: {{blue: "{wishes.colour}"}}\n' if wishes.colour else "",
        "target": wishes.target.replace("'", "''"),
        "shown_target": shlex.quote(wishes.target) if wishes.target else "ĐÍCH",
    }
    for file in sorted(_FILES.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            text = Template(file.read_text(encoding="utf-8"))
            shown = words if file.suffix not in (".yml", ".md") else _in_yaml(file, words)
            yield file.relative_to(_FILES).as_posix(), text.substitute(shown).encode()
    yield "content/don-vi.yml", _units(wishes).encode()
    if not any(file.stem == str(wishes.year) for file in _years()):
        title = f"Ngày Khoa học và Công nghệ Việt Nam năm {wishes.year}"
        head = f"---\ntitle: {title}\nday: 18/5/{wishes.year}\n---\n"
        yield f"content/chu-de/{wishes.year}.md", head.encode()


def _in_yaml(file: Path, words: dict[str, str]) -> dict[str, str]:
    """The words as they stand in a value of YAML; in prose as they are."""
    if file.name != "mkdocs.yml":
        return words
    return {**words, "site_name": _scalar(words["site_name"]), "name": _plain(words["name"])}


def _plain(text: str) -> str:
    return text if _scalar(text) == text else _scalar(text)


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


def _years() -> list[Path]:
    return [file for file in (shipped.CONTENT / "chu-de").glob("*.md") if _is_national(file)]


def _is_national(file: Path) -> bool:
    """Whether the themes of a year come from the centre alone, and from no department's plan."""
    return "của Sở" not in file.read_text(encoding="utf-8")


def _is_year(name: str) -> bool:
    return name.startswith("content/chu-de/")


def _notes(files: dict[str, bytes]) -> bytes:
    hashes = {name: _hash(content) for name, content in sorted(files.items())}
    return (json.dumps(hashes, ensure_ascii=False, indent=1) + "\n").encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
