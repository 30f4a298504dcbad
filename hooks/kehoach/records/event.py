"""The records that a plan sets going: events, deadlines, slogans."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

from pydantic import AfterValidator, Field, PrivateAttr, WithJsonSchema

from kehoach.records.fields import (
    Attachment,
    Identifier,
    Mail,
    Phone,
    Picture,
    Record,
    Several,
    Text,
    Url,
    When,
    problem,
)
from kehoach.records.labelled import Labelled

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


class EventStatus(Labelled):
    """The states that an event may be in."""

    SCHEDULED = "scheduled", "Theo kế hoạch"
    RESCHEDULED = "rescheduled", "Đã đổi thời gian"
    POSTPONED = "postponed", "Hoãn"
    CANCELLED = "cancelled", "Huỷ"
    DONE = "done", "Đã tổ chức"


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
        return cast("Plan", self.owner)  # of events and deadlines, and of slogans that a plan has

    @property
    def owner(self) -> Plan | Campaign:
        owner: Plan | Campaign = (self.__pydantic_private__ or {})["_owner"]  # as Document.origin
        return owner

    @property
    def year(self) -> int:
        return self.owner.year

    @property
    def meant_year(self) -> int:
        return self.owner.meant_year


class Step(Record):
    """A line of a programme."""

    at: Text = Field(description="Giờ, như in trong chương trình: 08:00, 8 giờ 30 - 9 giờ")
    what: Text = Field(description="Nội dung")
    who: str | None = Field(None, description="Người hoặc đơn vị thực hiện")


class Venue(Record):
    """One of the places of an event."""

    name: Text = Field(description="Tên địa điểm")
    address: str | None = Field(None, description="Địa chỉ")
    map: Url | None = Field(None, description="Liên kết bản đồ")


class Registration(Record):
    """How to come: where to say so, until when, and for how many there is room."""

    url: Url | None = Field(None, description="Trang đăng ký")
    phone: Phone | None = Field(None, description="Số điện thoại nhận đăng ký")
    email: Mail | None = Field(None, description="Thư điện tử nhận đăng ký")
    until: When | None = Field(None, description="Hạn đăng ký, như viết")
    places: int | None = Field(None, ge=1, description="Số chỗ")


class Contact(Record):
    """Whom to ask."""

    name: Text = Field(description="Người hoặc đơn vị đầu mối")
    phone: Phone | None = Field(None, description="Điện thoại")
    email: Mail | None = Field(None, description="Thư điện tử")


class Figure(Record):
    """A number that says what came of an event: "320" "học sinh tham gia"."""

    value: Text = Field(description="Con số, như viết: 320, 1,2 tỷ đồng")
    of: Text = Field(description="Của cái gì: học sinh tham gia")


class Result(Record):
    """The result of an event, told after it."""

    words: Text = Field(description="Kết quả, bằng lời")
    figures: tuple[Figure, ...] = Field((), description="Con số")
    documents: tuple[Attachment, ...] = Field((), description="Báo cáo, bài trình bày")
    pictures: tuple[Picture, ...] = Field((), description="Ảnh")


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
    programme: tuple[Step, ...] = Field((), description="Chương trình: giờ, nội dung, ai")
    places: tuple[Venue, ...] = Field((), description="Các địa điểm, khi có nhiều hơn một")
    online: Url | None = Field(None, description="Liên kết tham dự trực tuyến")
    registration: Registration | None = Field(None, description="Đăng ký tham dự")
    contact: Contact | None = Field(None, description="Đầu mối liên hệ")
    fee: str | None = Field(None, description="Phí tham dự: miễn phí, 50.000 đồng")
    image: Picture | None = Field(None, description="Ảnh của sự kiện")
    result: Result | None = Field(None, description="Kết quả, ghi sau khi tổ chức")

    @property
    def venues(self) -> tuple[Venue, ...]:
        """Every place it is held at, in the order of the text."""
        named = self.place or self.address
        own = (
            (Venue(name=named, address=self.address if self.place else None, map=None),)
            if named
            else ()
        )
        return (*own, *self.places)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its own picture, then those of its result."""
        return (
            *((self.image,) if self.image else ()),
            *(self.result.pictures if self.result else ()),
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its programme as declared, else as an annex of its plan has it."""
        return self.programme or self.plan.programmes.get(self.id, ())

    @property
    def is_held(self) -> bool:
        """Whether its plan has it take place, be it on another day than was planned."""
        return self.status not in (EventStatus.POSTPONED, EventStatus.CANCELLED)

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
    """An item of a campaign's themes: its kind is a theme, whether or not it says so."""

    kind: Annotated[
        SloganKind,
        AfterValidator(_theme),
        WithJsonSchema({"type": "string", "enum": [SloganKind.THEME.value]}),
    ] = Field(SloganKind.THEME, description="chủ đề; không cần ghi")
