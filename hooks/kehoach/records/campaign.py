"""A campaign: the Science and Technology Day of one year (Law 29/2013/QH13, Article 7: 18 May)."""

from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from kehoach.records.document import Document
from kehoach.records.event import Slogan, Theme
from kehoach.records.fields import Day, Record, Several, Text, When
from kehoach.records.period import Period
from kehoach.records.text import capital, slug


class PeriodKind(StrEnum):
    PREPARATION = "chuẩn bị"
    WINDOW = "tuyên truyền"
    CORE = "cao điểm"
    REPORTING = "báo cáo"


_STAGES = {
    PeriodKind.PREPARATION: "Chuẩn bị",
    PeriodKind.WINDOW: "Đợt tuyên truyền",
    PeriodKind.CORE: "Đợt cao điểm",
    PeriodKind.REPORTING: "Báo cáo kết quả",
}


class CampaignPeriod(Record):
    """One stretch of a campaign, and the document that sets it."""

    kind: PeriodKind = Field(description="Giai đoạn")
    title: str | None = Field(
        None, description="Tên riêng, khi trong năm có nhiều giai đoạn cùng loại"
    )
    when: When = Field(description="Thời gian")
    where: str | None = Field(None, description="Nơi thực hiện")
    source: str | None = Field(None, description="Văn bản quy định")
    fulfilled_by: Several | None = Field(
        None,
        description="Mã của những sự kiện, thời hạn thực hiện giai đoạn này; [] khi không có",
    )

    @property
    def name(self) -> str:
        """The name that tells it from the other periods of its year."""
        return self.title or capital(self.kind.value)

    @property
    def stage(self) -> str:
        """The part of the campaign that it is, in words for a heading."""
        return _STAGES[self.kind]


class CampaignTime(NamedTuple):
    """A time of a campaign as calendars show it; `name` tells it from the others of its year."""

    name: str
    title: str
    when: Period
    where: str
    source: str


class Reference(Record):
    """A document that this one rests on or follows."""

    number: Text = Field(description="Số, ký hiệu")
    date: When | None = Field(None, description="Ngày ban hành")
    issuer: str | None = Field(None, description="Cơ quan ban hành")
    title: str | None = Field(None, description="Trích yếu")


class Campaign(Document):
    """The themes, slogans, periods and guidance of one year's Day."""

    folder: ClassVar[str] = "chu-de"

    day: Day = Field(description="Ngày kỷ niệm, ví dụ 18/5/2024")
    themes: tuple[Theme, ...] = Field((), description="Chủ đề, nguyên văn")
    slogans: tuple[Slogan, ...] = Field((), description="Khẩu hiệu, nguyên văn")
    periods: tuple[CampaignPeriod, ...] = Field((), description="Các giai đoạn")
    guidance: tuple[Reference, ...] = Field((), description="Văn bản hướng dẫn")

    @property
    def times(self) -> list[CampaignTime]:
        """The Day itself and the periods, each under a name for good within its year."""
        found = [CampaignTime("ngay", self.title, self.day, "", "")]
        counts: dict[str, int] = {}
        for period in self.periods:
            kind = period.kind.value
            counts[kind] = counts.get(kind, 0) + 1
            name, title = f"{slug(kind)}-{counts[kind]}", f"{period.name}: {self.title}"
            where, source = period.where or "", period.source or ""
            found.append(CampaignTime(name, title, period.when, where, source))
        return found

    @property
    def years(self) -> set[int]:
        """Its own year, and those that its periods touch."""
        found = {self.year}
        for when in (when for period in self.periods for when in period.when.each):
            if days := when.span:
                found.update(range(days[0].year, days[1].year + 1))
        return found

    def model_post_init(self, context: Any) -> None:
        super().model_post_init(context)
        for slogan in (*self.themes, *self.slogans):
            slogan.attach(self)
