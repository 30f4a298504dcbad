"""The letters of one paragraph of a Word file as runs, and the text boxes that hang on it."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from lxml import etree

from kehoach.importing import fonts_of_old, formulas, symbols
from kehoach.importing.manuscript import Block, LeftOut, Manuscript, Run, visible
from kehoach.importing.numbering import value

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = formulas.M
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - as its own documents call it
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

DELETED = "đã xoá hoặc chuyển đi khi theo dõi thay đổi"
HIDDEN = "chữ ẩn"
SYMBOL = "ký hiệu không có chữ tương ứng"
CONTENTS = "mục lục tự động: trang tự làm"
DRAWN = "chữ trong hình vẽ"

ON = {"", "1", "true", "on"}
# Fields that count or date themselves: their result is not what was signed.
_DATES = {"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE"}
# Fields that show what their instruction says, and have no letters of their own.
_UNSHOWN = {"EQ", "SYMBOL", "MACROBUTTON", "INCLUDETEXT", "INCLUDEPICTURE"}
# Elements around text that say nothing of it.
THROUGH = {
    f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo")
} | {f"{W}fldSimple", f"{W}sdtContent", f"{W}rubyBase", f"{W}ruby"}
GONE = {f"{W}del", f"{W}moveFrom"}


@dataclass(frozen=True, slots=True)
class Looks:
    """How letters look; None is what nobody has said."""

    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    script: str | None = None
    font: str | None = None

    def over(self, below: "Looks") -> "Looks":
        mine = {name: getattr(self, name) for name in self.__slots__}
        return replace(below, **{name: said for name, said in mine.items() if said is not None})


@dataclass(slots=True)
class Field:
    """A complex field that is open: what it says is its result, not its instruction."""

    instruction: str = ""
    shows: bool = False

    @property
    def kind(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


@dataclass(slots=True)
class _Piece:
    """Letters as they stand in the file, in the coding of their font."""

    run: Run
    coding: str = ""
    capitals: bool = False


class Reader(Protocol):
    """The reader of a whole file, as the runs of a paragraph call on it."""

    found: Manuscript
    fields: list[Field]

    def blocks(self, parent: etree._Element) -> list[Block]: ...
    def looks_of_style(self, style: str) -> list[Looks]: ...
    def font_of_theme(self, name: str) -> str: ...
    def leave(self, text: str, why: str) -> None: ...
    def note(self, kind: str, identifier: str) -> str: ...
    def picture(self, relation_id: str) -> str: ...
    def address(self, relation_id: str) -> str: ...


class Inline:
    """The runs of one paragraph, and what was found beside them."""

    def __init__(self, reader: Reader, looks: Looks) -> None:
        self.reader = reader
        self.looks = looks
        self.boxes: list[Block] = []
        self._pieces: list[_Piece] = []
        self._raw: list[str] = []  # as the file has it, and
        self._told: list[tuple[str, str]] = []  # as it is meant, with the coding of its font
        self._contents: list[str] = []
        self._link = ""
        self._readers: dict[str, Callable[[etree._Element, Looks], None]] = {
            f"{W}t": self._text,
            f"{W}tab": lambda element, looks: self._space("\t", looks),
            f"{W}ptab": lambda element, looks: self._space("\t", looks),
            f"{W}br": self._break,
            f"{W}cr": lambda element, looks: self._space("\n", looks),
            f"{W}noBreakHyphen": lambda element, looks: self._say("-", looks),
            f"{W}softHyphen": self._soft_hyphen,
            f"{W}sym": self._symbol,
            f"{W}footnoteReference": lambda element, looks: self._note("footnotes", element),
            f"{W}endnoteReference": lambda element, looks: self._note("endnotes", element),
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            f"{W}object": self._drawing,
            f"{MC}AlternateContent": lambda element, looks: self._children(chosen(element), looks),
            f"{W}fldChar": self._field,
            f"{W}instrText": self._instruction,
            f"{W}delText": lambda element, looks: self.reader.leave(element.text or "", DELETED),
        }

    def read(self, paragraph: etree._Element) -> list[Run]:
        """The runs of `paragraph`; its text boxes are in `boxes` then."""
        self._read(paragraph)
        if self._contents:
            self.reader.leave("".join(self._contents), CONTENTS)
        raw, told = "".join(self._raw), _meant(self._told)
        if raw != told:
            self.reader.found.words_decoded.append((raw, told))
        return list(_decoded(self._pieces))

    def _read(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag in GONE:
                self._gone(child)
            elif child.tag == f"{W}sdt":
                for content in child.findall(f"{W}sdtContent"):
                    self._read(content)
            elif child.tag == f"{W}fldSimple":
                self._simple_field(child)
            elif child.tag == f"{W}hyperlink":
                self._hyperlink(child)
            elif child.tag in THROUGH:
                self._read(child)
            elif child.tag == f"{MC}AlternateContent":
                self._read(chosen(child))
            elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
                self._formula(child)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        looks = self.looks
        if properties is not None:
            for above in self.reader.looks_of_style(value(properties, "rStyle")):
                looks = above.over(looks)
            looks = looks_of(properties, self.reader.font_of_theme).over(looks)
        self._children(run, looks)

    def _children(self, parent: etree._Element, looks: Looks) -> None:
        for child in parent:
            if reader := self._readers.get(child.tag):
                reader(child, looks)

    # --- letters

    def _text(self, element: etree._Element, looks: Looks) -> None:
        text = element.text or ""
        if element.get(XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        self._say(text if fonts_of_old.decoder(looks.font or "") else visible(text), looks)

    def _soft_hyphen(self, element: etree._Element, looks: Looks) -> None:
        """A place to break a word; in TCVN3 the same code is a letter."""
        if coding := fonts_of_old.decoder(looks.font or ""):
            self._told.append((coding, "\u00ad"))
            self._add("\u00ad", looks, coding)

    def _say(self, text: str, looks: Looks) -> None:
        font = looks.font or ""
        self._raw.append(text)
        if symbols.is_font(font):
            text = "".join(self._sign(font, ord(letter)) for letter in text)
        coding = fonts_of_old.decoder(font)
        self._told.append((coding, text))
        self._add(text, looks, coding)

    def _space(self, space: str, looks: Looks) -> None:
        self._raw.append(" ")
        self._told.append(("", " "))
        self._add(space, looks)

    def _add(self, text: str, looks: Looks, coding: str = "") -> None:
        fields = self.reader.fields
        if fields and not all(opened.shows for opened in fields):
            return
        if any(opened.kind == "TOC" for opened in fields):
            self._contents.append(fonts_of_old.decode(text, coding))
            return
        if looks.hidden:
            self.reader.leave(fonts_of_old.decode(text, coding), HIDDEN)
            return
        run = Run(
            text,
            bold=bool(looks.bold),
            italic=bool(looks.italic),
            struck=bool(looks.struck),
            script=looks.script or "",
            link=self._link or self._field_link(),
        )
        self._pieces.append(_Piece(run, coding, bool(looks.capitals)))

    def _gone(self, element: etree._Element) -> None:
        gone = letters(element)
        self._raw.append(gone)
        self._told.append(("", gone))
        self.reader.leave(gone, DELETED)

    def _break(self, element: etree._Element, looks: Looks) -> None:
        is_line = element.get(f"{W}type") in (None, "textWrapping")
        self._space("\n" if is_line else " ", looks)

    def _symbol(self, element: etree._Element, looks: Looks) -> None:
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            return
        sign = self._sign(element.get(f"{W}font", ""), code)
        self._told.append(("", sign))
        self._add(sign, looks)

    def _sign(self, font: str, code: int) -> str:
        shown = symbols.sign(font, code) if code < 0x110000 else ""
        if not shown:
            what = f"[{font} {code:04X}]"
            self.reader.found.left_out.append(LeftOut(what, SYMBOL, is_text=False))
        return shown

    def _formula(self, formula: etree._Element) -> None:
        text = formulas.line(formula)
        self._raw.append(text)
        self._told.append(("", text))
        self._add(text, replace(self.looks, script=None))
        self.reader.found.remarks.append(
            f"có công thức, viết lại trên một dòng là “{text[:80]}”; hãy đối chiếu với bản ký"
        )

    # --- what hangs on letters

    def _note(self, kind: str, element: etree._Element) -> None:
        if label := self.reader.note(kind, element.get(f"{W}id", "")):
            self._pieces.append(_Piece(Run("", note=label)))

    def _hyperlink(self, element: etree._Element) -> None:
        outer, self._link = self._link, self.reader.address(element.get(f"{R}id", ""))
        self._read(element)
        self._link = outer

    def _drawing(self, element: etree._Element, looks: Looks) -> None:
        boxes = [box for box in element.iter(f"{W}txbxContent") if not _is_fallback(box, element)]
        inner = [box for box in boxes if not any(a in boxes for a in box.iterancestors())]
        for box in inner:
            self.boxes += self.reader.blocks(box)
        for part in element.iter(
            f"{A}blip", f"{V}imagedata", f"{A}t", f"{V}textpath", f"{O}OLEObject"
        ):
            if any(box in part.iterancestors() for box in inner) or _is_fallback(part, element):
                continue
            if part.tag == f"{A}t":
                self.reader.leave(part.text or "", DRAWN)
            elif part.tag == f"{V}textpath":
                self.reader.leave(part.get("string", ""), DRAWN)
            elif part.tag == f"{O}OLEObject":
                self.reader.found.remarks.append(
                    f"có tệp nhúng ({part.get('ProgID', 'không rõ loại')}), không đưa vào; "
                    "hãy lưu riêng rồi đính kèm (`attachments`)"
                )
            else:
                ids = (part.get(f"{R}{name}") for name in ("embed", "id", "link", "pict"))
                if name := self.reader.picture(next(filter(None, ids), "")):
                    self._pieces.append(_Piece(Run("", picture=name)))

    # --- fields

    def _simple_field(self, element: etree._Element) -> None:
        field = Field(element.get(f"{W}instr", ""), shows=True)
        self._say_field(field)
        before = list(self.reader.fields)
        self.reader.fields.append(field)
        self._read(element)
        self.reader.fields[:] = before

    def _field(self, element: etree._Element, looks: Looks) -> None:
        kind, fields = element.get(f"{W}fldCharType"), self.reader.fields
        if kind == "begin":
            fields.append(Field())
        elif kind == "separate" and fields:
            fields[-1].shows = True
            self._say_field(fields[-1])
        elif kind == "end" and fields:
            ended = fields.pop()
            if not ended.shows and ended.kind in _UNSHOWN:
                self.reader.found.remarks.append(
                    f"có trường {{ {' '.join(ended.instruction.split())[:80]} }} không lưu chữ nào; "
                    "hãy xem bản ký rồi viết vào"
                )

    def _instruction(self, element: etree._Element, looks: Looks) -> None:
        if self.reader.fields:
            self.reader.fields[-1].instruction += element.text or ""

    def _say_field(self, field: Field) -> None:
        if field.kind in _DATES:
            self.reader.found.remarks.append(
                "có trường ngày tự tính lại ({ " + " ".join(field.instruction.split()) + " }); "
                "hãy đối chiếu ngày ấy với bản ký"
            )

    def _field_link(self) -> str:
        for field in self.reader.fields:
            if found := re.match(r'\s*HYPERLINK\s+"([^"]*)"', field.instruction, re.I):
                return sound_address(found[1])
        return ""


def _meant(told: list[tuple[str, str]]) -> str:
    """The letters of a paragraph, those in one coding decoded together."""
    parts = []
    for coding, texts in groupby(told, key=itemgetter(0)):
        parts.append(fonts_of_old.decode("".join(text for _, text in texts), coding))
    return "".join(parts)


def _decoded(pieces: list[_Piece]) -> Iterator[Run]:
    """The letters that `pieces` mean. A VNI letter is a vowel and a mark: Word may part the two."""
    for piece, after in zip(pieces, [*pieces[1:], None], strict=False):
        if after and piece.coding and after.coding == piece.coding:
            moved = fonts_of_old.marks_at_start(piece.run.text, after.run.text, piece.coding)
            piece.run = replace(piece.run, text=piece.run.text + after.run.text[:moved])
            after.run = replace(after.run, text=after.run.text[moved:])
        text = fonts_of_old.decode(piece.run.text, piece.coding)
        text = unicodedata.normalize("NFC", text.upper() if piece.capitals else text)
        yield replace(piece.run, text=text)


# --- properties


def looks_of(properties: etree._Element | None, font_of_theme: Callable[[str], str]) -> Looks:
    """The looks that the run properties `properties` give (ECMA-376 part 1, 17.3.2)."""
    if properties is None:
        return Looks()
    fonts = properties.find(f"{W}rFonts")
    font = None
    if fonts is not None:
        theme = fonts.get(f"{W}asciiTheme") or fonts.get(f"{W}hAnsiTheme")
        font = font_of_theme(theme) if theme else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
    struck = switch(properties, "strike")
    script = {"superscript": "sup", "subscript": "sub", "baseline": ""}
    return Looks(
        bold=switch(properties, "b"),
        italic=switch(properties, "i"),
        capitals=switch(properties, "caps"),
        hidden=switch(properties, "vanish"),
        struck=switch(properties, "dstrike") if struck is None else struck,
        script=script.get(value(properties, "vertAlign")),
        font=font,
    )


def switch(properties: etree._Element, name: str) -> bool | None:
    """Whether the property `name` is on; None where nothing is said."""
    element = properties.find(f"{W}{name}")
    return None if element is None else element.get(f"{W}val", "") in ON


def sound_address(address: str) -> str:
    """`address` where it leads to a page or a mailbox, else ""."""
    address = address.strip()
    return address if re.match(r"(?:https?://|mailto:)[^\s<>\"]+$", address, re.I) else ""


def chosen(alternatives: etree._Element) -> etree._Element:
    """The first choice that says something, else the fallback: never both (ECMA-376 part 3, 9.3)."""
    choices = alternatives.findall(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    for choice in choices:
        says = choice.iter(f"{W}t", f"{A}t", f"{M}t", f"{A}blip", f"{V}imagedata", f"{W}sym")
        if next(says, None) is not None:
            return choice
    if fallback is not None:
        return fallback
    return choices[0] if choices else alternatives


def _is_fallback(element: etree._Element, until: etree._Element) -> bool:
    """Whether an alternative between `until` and `element` decided for something else."""
    below = element
    for above in element.iterancestors():
        if above.tag == f"{MC}AlternateContent" and chosen(above) is not below:
            return True
        if above is until:
            return False
        below = above
    return False


def letters(element: etree._Element) -> str:
    """All letters in `element`, paragraphs apart."""
    texts = (f"{W}t", f"{W}delText", f"{M}t")
    parts: list[str] = []
    for part in element.iter(*texts, f"{W}p", f"{W}tab", f"{W}br"):
        parts.append(part.text or "" if part.tag in texts else " ")
    return visible("".join(parts))
