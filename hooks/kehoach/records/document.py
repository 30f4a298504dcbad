"""The model of every Markdown file of `content/`, whatever it records."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache
from typing import ClassVar

from pydantic import Field, PrivateAttr

from kehoach.records.body import Outline
from kehoach.records.fields import Allowance, Attachment, Day, Record, Text
from kehoach.records.files import sought
from kehoach.records.source import Place, Source, lies_in


class Document(Record):
    """A text with an address. `path` is the file; `address` its place on the site, without a leading slash."""

    folder: ClassVar[str] = ""
    signed: ClassVar[bool] = False  # its body is an administrative text, numbered by hand

    title: Text = Field(description="Tên văn bản (trích yếu)")
    summary: str | None = Field(None, description="Một, hai câu cho danh sách và máy tìm kiếm")
    attachments: tuple[Attachment, ...] = Field((), description="Tệp đính kèm")
    aliases: tuple[str, ...] = Field((), description="Địa chỉ cũ của trang này")
    publish_on: Day | None = Field(None, description="Ngày bắt đầu công bố")
    review_by: Day | None = Field(None, description="Ngày phải rà soát lại nội dung")
    allow: tuple[Allowance, ...] = Field(
        (), description="Quy tắc không áp dụng cho văn bản này, kèm lý do"
    )

    _origin: Source = PrivateAttr()
    _address: str = PrivateAttr()
    _year: int = PrivateAttr()
    _unread: frozenset[str] = PrivateAttr(frozenset())

    def attach(self, origin: Source, address: str) -> None:
        """Tell the record where it was read and where it is published."""
        self._origin = origin
        self._address = address
        self._year = year_in(address)

    def detach(self) -> None:
        """Forget where it was read: what is kept of a record is kept without its text."""
        del self._origin

    def leave_unread(self, fields: Iterable[str]) -> None:
        """Tell the record that the values of `fields` ("events[2].when") only stand for wrong ones."""
        self._unread = frozenset(fields)

    @property
    def is_partial(self) -> bool:
        """Whether a value of its file could not be read."""
        return bool(self._unread)

    def has_read(self, field: str) -> bool:
        """Whether the value at `field` is the one in the file."""
        return not any(lies_in(field, unread) for unread in self._unread)

    @property
    def path(self) -> str:
        return self.origin.path

    @property
    def file(self) -> str:
        """The file under `content/`: `ke-hoach/2022/x.md`."""
        return self.origin.path.split("/", 1)[-1]

    @property
    def address(self) -> str:
        address: str = (self.__pydantic_private__ or {})["_address"]  # as `origin`
        return address

    @property
    def origin(self) -> Source:
        # By name, 15 times as slow.
        origin: Source = (self.__pydantic_private__ or {})["_origin"]
        return origin

    @property
    def body(self) -> str:
        return self.origin.body

    @property
    def may_show_pictures(self) -> bool:
        """Whether its body may show a picture; only its HTML tells whether it does."""
        return "![" in self.body or "<img" in self.body.lower()

    @property
    def slug(self) -> str:
        return self.address.rstrip("/").rsplit("/", 1)[-1]

    @property
    def year(self) -> int:
        """The year of the folder the file stands in (`ke-hoach/2022/x.md`), 0 where it has none."""
        year: int = (self.__pydantic_private__ or {})["_year"]  # as `origin`
        return year

    @property
    def meant_year(self) -> int:
        """The year that it is for, to which what has no day belongs: that of its folder, but for plans."""
        return self.year

    @property
    def outline(self) -> Outline:
        return self.origin.outline(signed=self.signed)

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Where the sections that its records name stand on its page; kept beside the record."""
        found = {ref: self.outline.find(ref) for ref in self.section_refs()}
        return {ref: section.anchor for ref, section in found.items() if section}

    @cached_property
    def named_files(self) -> tuple[str, ...]:
        """The files under `content/` that it links, shows or declares; kept beside the record."""
        return tuple(sorted({use.file for use in sought(self)}))

    @property
    def beside(self) -> tuple[object, ...]:
        """The facts known from its text beside the record; their `repr` tells two apart."""
        return sorted(self.anchors.items()), self.named_files

    def section_refs(self) -> Iterable[str]:
        """The sections that its records name, in their words."""
        return ()

    def is_withheld(self, today: date) -> bool:
        """Whether the document is not to be published yet, on the day `today`."""
        return bool(self.publish_on and self.publish_on.start and self.publish_on.start > today)

    def locate(self, *keys: str | int) -> Place:
        """Where the value at `keys` stands in the file."""
        return self.origin.place(keys)


class Guide(Document):
    """A page of prose: the welcome, the staff's guide, a statement."""

    title: Text
    description: str | None = None
    order: int = Field(100, description="Thứ tự trong danh sách")


@lru_cache(maxsize=20_000)
def year_in(address: str) -> int:
    """The year of the folder that a document at `address` stands in; 0 where it has none."""
    part = address.split("/")[1:2]
    return int(part[0]) if part and part[0].isdigit() else 0
