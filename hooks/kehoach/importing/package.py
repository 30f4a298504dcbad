"""A zip of XML parts (ECMA-376 part 2, OpenDocument 1.3 part 2), opened without trusting it.

Sizes are counted while reading, never taken from the file's own word; XML is parsed without entities,
without a document type and without a network.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lxml import etree

from kehoach.importing.problem import ImportProblem

MAX_FILE = 100 * 1024 * 1024
MAX_PARTS = 5_000
MAX_XML = 12 * 1024 * 1024  # some 2,000 pages of text
MAX_PICTURE = 20 * 1024 * 1024
MAX_ALL = 200 * 1024 * 1024

# ISO/IEC 29500 strict names the same elements by other addresses.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """Where a part points: a part of the package, or an address outside of it."""

    kind: str  # the last word of its type: "image", "hyperlink"
    target: str
    external: bool


class Package:
    """The parts of one file, by name without a leading slash. Raises ImportProblem throughout."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.stat().st_size > MAX_FILE:
            raise ImportProblem(
                f"{path.name} lớn quá {MAX_FILE // 2**20} MB; hãy nén ảnh trong tệp rồi thử lại"
            )
        with path.open("rb") as file:
            start = file.read(8)
        if start == _OLE:
            raise ImportProblem(
                f"{path.name} có mật khẩu hoặc thuộc định dạng Word 97-2003; "
                "hãy mở bằng Word, bỏ mật khẩu, lưu lại dạng .docx"
            )
        try:
            self._zip = zipfile.ZipFile(path)
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise ImportProblem(
                f"{path.name} hỏng hoặc không phải tệp Word; hãy mở bằng Word rồi lưu lại dạng .docx"
            ) from None
        if len(infos) > MAX_PARTS:
            raise ImportProblem(
                f"{path.name} có {len(infos)} phần, quá {MAX_PARTS}; tệp này không đọc"
            )
        if any(info.flag_bits & 1 for info in infos):
            raise ImportProblem(f"{path.name} có mật khẩu; hãy bỏ mật khẩu rồi lưu lại")
        self._infos = {info.filename.lstrip("/"): info for info in infos}
        self._read = 0

    def close(self) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        return list(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def data(self, name: str, most: int = MAX_XML) -> bytes:
        """The bytes of the part `name`, at most `most` of them."""
        if name not in self._infos:
            raise ImportProblem(f"{self.path.name} thiếu phần {name}; hãy mở bằng Word rồi lưu lại")
        try:
            with self._zip.open(self._infos[name]) as part:
                raw = part.read(most + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            EOFError,
        ) as error:
            raise ImportProblem(
                f"{self.path.name} hỏng ở phần {name}; hãy mở bằng Word rồi lưu lại"
            ) from error
        self._read += len(raw)
        if len(raw) > most or self._read > MAX_ALL:
            raise ImportProblem(
                f"{self.path.name} bung ra quá lớn (phần {name}); hãy tách văn bản thành nhiều tệp"
            )
        return raw

    def xml(self, name: str) -> etree._Element:
        """The part `name` as a tree, transitional names throughout."""
        raw = self.data(name)
        if b"purl.oclc.org" in raw[:4096]:
            for strict, transitional in _STRICT:
                raw = raw.replace(strict, transitional)
        return parse(raw, f"{self.path.name}: {name}")

    def main(self) -> str:
        """The name of the part that holds the text."""
        named = self.relations("")
        found = next((r.target for r in named.values() if r.kind == "officeDocument"), "")
        if found not in self:
            raise ImportProblem(f"{self.path.name} không phải tệp Word; hãy lưu lại dạng .docx")
        return found

    def relations(self, name: str) -> dict[str, Relation]:
        """Where the part `name` points, by relation id."""
        at = PurePosixPath(name)
        rels = str(at.parent / "_rels" / f"{at.name}.rels")
        if rels not in self:
            return {}
        found = {}
        for relation in self.xml(rels).iter(_RELATIONS):
            external = relation.get("TargetMode") == "External"
            target = relation.get("Target", "")
            target = target if external else _joined(at.parent, target)
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = Relation(kind, target, external)
        return found

    def all_relations(self) -> Iterator[tuple[str, Relation]]:
        """Every relation of the package with the part that holds it."""
        for name in self.names():
            if name.endswith(".rels"):
                part = name.replace("_rels/", "", 1).removesuffix(".rels")
                yield from ((part, relation) for relation in self.relations(part).values())


def parse(raw: bytes, name: str) -> etree._Element:
    """`raw` as a tree; ImportProblem where it is not sound or brings a document type along."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", raw[:65536]):
        raise ImportProblem(
            f"{name} khai báo kiểu tài liệu (DOCTYPE), tệp Word thật không có; không đọc"
        )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImportProblem(f"{name} hỏng ({error}); hãy mở bằng Word rồi lưu lại") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ImportProblem(
            f"{name} khai báo kiểu tài liệu (DOCTYPE), tệp Word thật không có; không đọc"
        )
    return root


def _joined(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = []
    for part in (*folder.parts, *PurePosixPath(target).parts):
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
