"""`check --fix`: writes the mends that are safe, and shows each change."""

import unicodedata
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

from kehoach.records.document import Document
from kehoach.records.library import Library
from kehoach.rules.pasting import mended

_BOM = b"\xef\xbb\xbf"


def mend(document: Document, library: Library, show: Callable[[str], None]) -> bool:
    """Mend the file of `document` after showing what changes; whether anything did.

    Line ends and the mark of UTF-8 stay as they are; letters come in NFC.
    """
    path = library.root / document.file
    raw = path.read_bytes()
    before = raw.removeprefix(_BOM).decode("utf-8").replace("\r\n", "\n")
    after = mended(document, library)
    if after == before:
        return False
    if unicodedata.normalize("NFC", before) == after:
        show(f"{document.path}: viết lại bằng chữ Unicode dựng sẵn (NFC), không đổi chữ nào\n")
    else:
        old = unicodedata.normalize("NFC", before).splitlines(keepends=True)
        new = after.splitlines(keepends=True)
        for line in unified_diff(old, new, document.path, document.path, n=0):
            show(line if line.endswith("\n") else f"{line}\n")
    _write(path, raw, after)
    return True


def _write(path: Path, raw: bytes, text: str) -> None:
    if b"\r\n" in raw:
        text = text.replace("\n", "\r\n")
    path.write_bytes((_BOM if raw.startswith(_BOM) else b"") + text.encode())
