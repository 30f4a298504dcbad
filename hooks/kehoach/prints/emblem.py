"""The department's emblem: a small SVG or PNG that `mkdocs.yml` names."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kehoach.prints.typesetting import PrintError, compile_one
from kehoach.site import Site

LARGEST = 256 * 1024
FIELD = "extra.department.emblem"
_PNG = b"\x89PNG\r\n\x1a\n"


class EmblemError(ValueError):
    """Why an emblem cannot be printed, and what to give instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Emblem:
    """`name` holds the digest of `content`, so that a print that names it changes with it."""

    name: str = ""
    content: bytes = b""


def read_emblem(content: Path, site: Site) -> Emblem:
    """The emblem that the site names, by its path in `content`; an empty one where it names none.

    Raises EmblemError.
    """
    path = str((site.extra.get("department") or {}).get("emblem") or "")
    if not path:
        return Emblem()
    pure = PurePosixPath(path)
    file = content / path
    if (
        pure.is_absolute()
        or any(part.startswith(".") for part in pure.parts)
        or not file.resolve().is_relative_to(content.resolve())
    ):
        raise EmblemError(f"`{path}` nằm ngoài thư mục nội dung", "đặt biểu trưng trong content/")
    if not file.is_file():
        raise EmblemError(f"không có tệp `{path}`", "đặt tệp SVG hoặc PNG ở đường dẫn này")
    if file.stat().st_size > LARGEST:
        size = f"{file.stat().st_size / 1024:.0f} KB"
        raise EmblemError(
            f"biểu trưng `{path}` nặng {size}", f"dùng tệp không quá {LARGEST // 1024} KB"
        )
    data = file.read_bytes()
    if not (data.startswith(_PNG) or b"<svg" in data[:4096]):
        raise EmblemError(f"`{path}` không phải SVG hay PNG", "xuất biểu trưng thành SVG hoặc PNG")
    picture = {"x": 0, "y": 0, "width": 10, "height": 10}
    page = {
        "title": "",
        "width": 10,
        "height": 10,
        "margin": 0,
        "layers": [],
        "pictures": [picture],
    }
    try:
        compile_one("sheet", page | {"emblem": list(data)}, format="png", ppi=72)
    except PrintError as error:
        raise EmblemError(
            f"không đọc được hình `{path}`", "mở và lưu lại tệp, rồi thử lại"
        ) from error
    return Emblem(hashlib.sha256(data).hexdigest()[:16], data)
