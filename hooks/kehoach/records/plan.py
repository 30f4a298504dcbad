"""A plan as it was signed, and what it sets going."""

import datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from kehoach.records.campaign import Reference
from kehoach.records.document import Document
from kehoach.records.event import Deadline, Event, Slogan
from kehoach.records.fields import Day, Record, Text, When


class PlanStatus(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    AMENDED = "amended"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Signer(Record):
    """The signature block (Decree 30/2020/NĐ-CP, Appendix I, II.7)."""

    authority: str | None = Field(None, description="Quyền hạn ký, ví dụ KT. GIÁM ĐỐC")
    title: Text = Field(description="Chức vụ người ký")
    name: Text = Field(description="Họ và tên người ký")


class Plan(Document):
    """One administrative document (Decree 30/2020/NĐ-CP, Article 8)."""

    folder: ClassVar[str] = "ke-hoach"
    signed: ClassVar[bool] = True

    kind: Text = Field("Kế hoạch", description="Tên loại văn bản")
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
        None, description="Địa chỉ kế hoạch bị thay thế, ví dụ ke-hoach/2021/x"
    )
    superseded_by: str | None = Field(None, description="Địa chỉ kế hoạch thay thế")
    source: str | None = Field(None, description="Nguồn của văn bản")
    basis: tuple[Reference, ...] = Field((), description="Căn cứ ban hành")
    signer: Signer | None = Field(None, description="Người ký")
    recipients: tuple[str, ...] = Field((), description="Nơi nhận, nguyên văn từng dòng")
    slogans: tuple[Slogan, ...] = Field((), description="Khẩu hiệu, chủ đề treo theo kế hoạch")
    events: tuple[Event, ...] = Field((), description="Sự kiện, hoạt động")
    deadlines: tuple[Deadline, ...] = Field((), description="Thời hạn phải thực hiện")

    def section_refs(self) -> set[str]:
        parts = (*self.events, *self.deadlines, *self.slogans)
        return {part.section for part in parts if part.section}

    def is_withheld(self, today: datetime.date) -> bool:
        return self.status is PlanStatus.DRAFT or super().is_withheld(today)

    def model_post_init(self, context: Any) -> None:
        super().model_post_init(context)
        for part in (*self.events, *self.deadlines, *self.slogans):
            part.attach(self)
