"""A plan as it was signed, and what it sets going."""

import datetime
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from kehoach.records.body import Section
from kehoach.records.campaign import Reference
from kehoach.records.document import Document
from kehoach.records.event import Deadline, Event, Slogan, Step
from kehoach.records.fields import Day, Record, Several, Text, When
from kehoach.records.kinds import KINDS, PLAN
from kehoach.records.labelled import Labelled
from kehoach.records.text import canonical
from kehoach.records.years import year_meant

PROGRAMME = "chương trình"  # what an annex is called that tells who does what when


class PlanStatus(Labelled):
    """Whether a plan is in force."""

    DRAFT = "draft", "Dự thảo"
    ISSUED = "issued", "Đã ban hành"
    AMENDED = "amended", "Đã sửa đổi"
    SUPERSEDED = "superseded", "Đã được thay thế"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


def _lines(value: Any) -> Any:
    """The lines of a text that is written as a list, as one text."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return value


Lines = Annotated[
    str,
    BeforeValidator(_lines),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Signer(Record):
    """The signature block (Decree 30/2020/NĐ-CP, Appendix I, II.7)."""

    authority: Lines | None = Field(
        None, description="Quyền hạn ký, ví dụ KT. GIÁM ĐỐC; nhiều dòng thì viết thành danh sách"
    )
    title: Text = Field(description="Chức vụ người ký")
    name: Text = Field(description="Họ và tên người ký")


class Party(Record):
    """A further body that issues a document, with its number and its signature."""

    issuer: Text = Field(
        description="Cơ quan cùng ban hành: mã, tên hoặc tên khác trong don-vi.yml"
    )
    number: str | None = Field(None, description="Số, ký hiệu của cơ quan ấy, nguyên văn")
    signer: Signer | None = Field(None, description="Người ký của cơ quan ấy")


class Plan(Document):
    """One administrative document (Decree 30/2020/NĐ-CP, Article 8)."""

    folder: ClassVar[str] = "ke-hoach"
    signed: ClassVar[bool] = True

    kind: Text = Field(
        PLAN,
        description="Tên loại văn bản",
        json_schema_extra={"examples": [kind.name for kind in KINDS]},
    )
    number: str | None = Field(
        None, description='Số, ký hiệu nguyên văn; "/KH-SKHCN" khi chưa vào sổ'
    )
    issuer: Text = Field(description="Cơ quan ban hành: mã, tên hoặc tên khác trong don-vi.yml")
    place: str | None = Field(None, description="Địa danh")
    date: Day = Field(description="Ngày ban hành; `tháng 10/2022` khi ngày để trống")
    effective: When | None = Field(None, description="Ngày có hiệu lực")
    campaign: int | None = Field(
        None, ge=1900, le=2199, description="Năm của Ngày KH&CN mà kế hoạch thuộc về"
    )
    status: PlanStatus = Field(PlanStatus.ISSUED, description="Tình trạng")
    reason: str | None = Field(None, description="Lý do thu hồi")
    supersedes: str | None = Field(
        None, description="Văn bản bị thay thế: địa chỉ (ke-hoach/2021/x) hoặc số, ngày"
    )
    superseded_by: str | None = Field(None, description="Văn bản thay thế: địa chỉ hoặc số, ngày")
    amends: Several = Field(
        (), description="Văn bản được sửa đổi, bổ sung: địa chỉ, hoặc số và ngày như đã viện dẫn"
    )
    amended_by: Several = Field((), description="Văn bản sửa đổi, bổ sung văn bản này")
    source: str | None = Field(None, description="Nguồn của văn bản")
    unverified: str | None = Field(
        None, description="Vì sao bản nhập từ tệp khác còn phải đối chiếu với bản gốc"
    )
    basis: tuple[Reference, ...] = Field((), description="Căn cứ ban hành")
    signer: Signer | None = Field(None, description="Người ký")
    signers: tuple[Signer, ...] = Field((), description="Những người cùng ký khác")
    joint: tuple[Party, ...] = Field(
        (), description="Những cơ quan cùng ban hành văn bản liên tịch"
    )
    recipients: tuple[str, ...] = Field((), description="Nơi nhận, nguyên văn từng dòng")
    slogans: tuple[Slogan, ...] = Field((), description="Khẩu hiệu, chủ đề treo theo kế hoạch")
    events: tuple[Event, ...] = Field((), description="Sự kiện, hoạt động")
    deadlines: tuple[Deadline, ...] = Field((), description="Thời hạn phải thực hiện")

    @property
    def signatures(self) -> list[Signer]:
        """All who signed, in order: of the issuer, then of each further body."""
        own = [signer for signer in (self.signer, *self.signers) if signer]
        return own + [party.signer for party in self.joint if party.signer]

    @property
    def issuers(self) -> list[str]:
        """All that issued it, as its front matter names them, the leading one first."""
        return [self.issuer, *(party.issuer for party in self.joint)]

    @property
    def numbers(self) -> list[str]:
        """Its numbers as signed, one for each body that gave one."""
        return [number for number in (self.number, *(p.number for p in self.joint)) if number]

    @property
    def is_numbered(self) -> bool:
        """Whether the registry has filled its number in: "45/KH-SKHCN", not "     /KH-SKHCN"."""
        return _is_filled_in(self.number)

    @property
    def given_numbers(self) -> list[str]:
        """Those of its numbers that are filled in."""
        return [number for number in self.numbers if _is_filled_in(number)]

    @property
    def is_in_force(self) -> bool:
        return self.status in (PlanStatus.ISSUED, PlanStatus.AMENDED)

    def section_refs(self) -> set[str]:
        return {part.section for part in self.parts if part.section}

    @property
    def items(self) -> tuple[Event | Deadline, ...]:
        """The things to be done: its events, then its deadlines."""
        return (*self.events, *self.deadlines)

    @property
    def parts(self) -> tuple[Event | Deadline | Slogan, ...]:
        """All that stands on its own, in the order of the front matter."""
        return (*self.items, *self.slogans)

    @property
    def meant_year(self) -> int:
        """The year that its times belong to (`records/years.py`)."""
        campaign = str(self.campaign or "")
        front = {"title": self.title, "campaign": campaign, "date": self.date.words}
        return year_meant(front) or self.year

    @property
    def years(self) -> set[int]:
        """The years that it sets something in: those that its times touch, for a rhythm its own."""
        found: set[int] = set()
        for item in self.parts:
            for when in item.when.each if item.when else ():
                days = when.span
                found.update(range(days[0].year, days[1].year + 1) if days else [self.meant_year])
        return found

    @cached_property
    def programmes(self) -> dict[str, tuple[Step, ...]]:
        """The programmes that its annexes hold, by the event's id; kept beside the record."""
        called = [annex for annex in self.outline.annexes if is_programme(annex)]
        if not (called and self.events):
            return {}
        from kehoach.records.programmes import programmes_of  # late: it reads the body as HTML

        return programmes_of(self, called)

    @property
    def beside(self) -> tuple[object, ...]:
        return (*super().beside, sorted(self.programmes.items()))

    def is_withheld(self, today: datetime.date) -> bool:
        return self.status is PlanStatus.DRAFT or super().is_withheld(today)

    def model_post_init(self, context: Any) -> None:
        super().model_post_init(context)
        for part in self.parts:
            part.attach(self)


def is_programme(annex: Section) -> bool:
    """Whether it is called "Chương trình", or its title begins so."""
    return any(canonical(name).startswith(PROGRAMME) for name in (annex.number, annex.title))


def _is_filled_in(number: str | None) -> bool:
    """Whether a number of a document, as written, has its figure."""
    return (number or "").lstrip()[:1].isdigit()
