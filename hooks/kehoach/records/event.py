"""What a plan sets going: events, deadlines, slogans."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, PrivateAttr, WithJsonSchema

from kehoach.records.fields import Attachment, Identifier, Record, Several, Text, When, problem

if TYPE_CHECKING:
    from kehoach.records.campaign import Campaign
    from kehoach.records.plan import Plan


class EventKind(StrEnum):
    CONFERENCE = "hội nghị"
    WORKSHOP = "hội thảo"
    TALK = "tọa đàm"
    CONTEST = "cuộc thi"
    TRAINING = "tập huấn"
    MEDIA = "truyền thông"
    BANNER = "băng rôn"
    CULTURE = "văn hóa, thể thao"
    OTHER = "khác"


class EventStatus(StrEnum):
    SCHEDULED = "scheduled"
    RESCHEDULED = "rescheduled"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DONE = "done"


class SloganKind(StrEnum):
    SLOGAN = "khẩu hiệu"
    THEME = "chủ đề"


class Owned(Record):
    """A part of a plan (or campaign) that stands on its own; it knows its owner."""

    _owner: Plan | Campaign = PrivateAttr()

    # Owner and part hold each other: comparing them by value would not end.
    __eq__ = object.__eq__

    def attach(self, owner: Plan | Campaign) -> None:
        self._owner = owner

    @property
    def plan(self) -> Plan:
        return self.owner

    @property
    def owner(self) -> Plan | Campaign:
        return self.__pydantic_private__["_owner"]  # as Document.origin

    @property
    def year(self) -> int:
        return self.owner.year


class Event(Owned):
    """An activity of a plan. `when` is absent where the plan gives no time."""

    id: Identifier = Field(
        description="Mã cố định, không trùng trong năm; là địa chỉ trang sự kiện"
    )
    title: Text = Field(description="Tên sự kiện")
    kind: EventKind = Field(EventKind.OTHER, description="Loại sự kiện")
    section: str | None = Field(None, description="Mục của kế hoạch, ví dụ II.3")
    when: When | None = Field(None, description="Thời gian đúng như kế hoạch viết")
    place: str | None = Field(None, description="Địa điểm")
    address: str | None = Field(None, description="Địa chỉ của địa điểm")
    lead: Several = Field((), description="Đơn vị chủ trì")
    partners: Several = Field((), description="Đơn vị phối hợp")
    audience: str | None = Field(None, description="Thành phần tham dự")
    attendance: str | None = Field(None, description="Số lượng dự kiến, ví dụ 150 đại biểu")
    theme: str | None = Field(None, description="Chủ đề của sự kiện")
    description: str | None = Field(None, description="Nội dung tóm tắt")
    documents: tuple[Attachment, ...] = Field((), description="Tài liệu của sự kiện")
    status: EventStatus = Field(EventStatus.SCHEDULED, description="Tình trạng")
    previous_when: When | None = Field(None, description="Thời gian trước khi đổi")
    reason: str | None = Field(None, description="Lý do hoãn, huỷ hoặc đổi")
    aliases: tuple[Identifier, ...] = Field((), description="Mã cũ của sự kiện")

    @property
    def page(self) -> str:
        return f"su-kien/{self.year}/{self.id}/"


class Deadline(Owned):
    """Something that somebody owes to somebody by a day, or again and again."""

    id: Identifier = Field(description="Mã cố định trong kế hoạch")
    what: Text = Field(description="Việc phải làm")
    when: When = Field(description="Thời hạn đúng như kế hoạch viết")
    who: Several = Field((), description="Đơn vị thực hiện")
    to: Several = Field((), description="Nơi nhận")
    section: str | None = Field(None, description="Mục của kế hoạch")

    @property
    def anchor(self) -> str:
        return f"han-{self.id}"


class Slogan(Owned):
    """Words for banners, verbatim as their document has them."""

    id: Identifier = Field(description="Mã cố định, không trùng trong năm")
    text: Text = Field(description="Nguyên văn")
    kind: SloganKind = Field(SloganKind.SLOGAN, description="khẩu hiệu hoặc chủ đề")
    when: When | None = Field(None, description="Thời gian treo")
    where: str | None = Field(None, description="Nơi treo")
    section: str | None = Field(None, description="Mục của kế hoạch")
    source: str | None = Field(None, description="Văn bản có câu này")

    @property
    def page(self) -> str:
        return f"khau-hieu/{self.year}/{self.id}/"


def _theme(kind: SloganKind) -> SloganKind:
    if kind is not SloganKind.THEME:
        message = f"một câu trong `themes` không thể là {kind.value}"
        raise problem("unknown-value", message, "bỏ khoá này, hoặc chuyển câu sang `slogans`")
    return kind


class Theme(Slogan):
    """What a campaign lists as a theme is one, whether or not it says so."""

    kind: Annotated[
        SloganKind,
        AfterValidator(_theme),
        WithJsonSchema({"type": "string", "enum": [SloganKind.THEME.value]}),
    ] = Field(SloganKind.THEME, description="chủ đề; không cần ghi")
