"""Communication materials: what the department says in its own words."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from kehoach.records.document import Document
from kehoach.records.fields import Day, Text


class MaterialKind(StrEnum):
    ARTICLE = "bài viết"
    PRESS_RELEASE = "thông cáo báo chí"
    RADIO_SCRIPT = "kịch bản phát thanh"
    BULLETIN = "bản tin"
    INFOGRAPHIC = "infographic"
    OTHER = "khác"


class Material(Document):
    """An article, a press release, a script."""

    folder: ClassVar[str] = "truyen-thong"

    kind: MaterialKind = Field(description="Loại tài liệu")
    date: Day = Field(description="Ngày đăng")
    issuer: Text = Field(description="Đơn vị phát hành")
    author: str | None = Field(None, description="Tác giả")
    contact: str | None = Field(None, description="Liên hệ")
    campaign: int | None = Field(None, ge=1900, le=2199, description="Năm của Ngày KH&CN")
    plan: str | None = Field(None, description="Kế hoạch liên quan, ví dụ ke-hoach/2022/x")
    event: str | None = Field(None, description="Mã sự kiện liên quan")
