"""Field types that the records share: text in, typed value out, words kept."""

import re
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    InstanceOf,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from kehoach.records.period import Period, PeriodError, joined, parse_period
from kehoach.records.source import lies_in
from kehoach.records.urls import HINT, is_url


class Record(BaseModel):
    """A record as its author wrote it, typed; an unknown key is a finding, nothing is guessed."""

    # Few runs read a document of every kind: a model is built when it first reads one.
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )


def problem(rule: str, message: str, hint: str = "", column: int = 0) -> PydanticCustomError:
    """A validation error that becomes the finding `rule`; `column` counts into the value's text."""
    return PydanticCustomError(
        rule, "{message}", {"message": message, "hint": hint, "column": column}
    )


def _period(value: Any, info: core_schema.ValidationInfo) -> Period:
    if isinstance(value, Period):
        return value
    return _parsed(_one_line(value), (info.context or {}).get("year"))


def _one_line(value: Any) -> str:
    if not isinstance(value, str):
        hint = "ví dụ: từ ngày 04 - 20/5/2022"
        raise problem("wrong-type", "thời gian phải là một dòng chữ", hint)
    return value


def _parsed(words: str, year: int | None) -> Period:
    try:
        return parse_period(words, year=year)
    except PeriodError as error:
        raise problem(error.kind, error.message, error.hint, error.column) from error


def _day(value: Any) -> Period:
    """A time that the site itself goes by, for which its words alone do not do; it names its year."""
    period = value if isinstance(value, Period) else _parsed(_one_line(value), None)
    if doubt := period.doubt:
        raise problem("date-needed", doubt.message, doubt.hint, doubt.column)
    return period


def _some(value: Any) -> Any:
    if value == []:
        raise problem("wrong-type", "danh sách để trống", "viết thời gian hoặc bỏ khoá này")
    return value if isinstance(value, list) else [value]


class _Times:
    """The core schema of a time, or of several in a list, as one Period."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        one = core_schema.with_info_plain_validator_function(_period)
        several = core_schema.tuple_variable_schema(one)
        listed = core_schema.no_info_before_validator_function(_some, several)
        return core_schema.no_info_after_validator_function(joined, listed)


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _file(value: str) -> str:
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value:
        raise problem(
            "bad-attachment", f"`{value}` trỏ ra ngoài thư mục của văn bản", "đặt tệp cạnh văn bản"
        )
    return value


_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _identifier(value: str) -> str:
    if not _IDENTIFIER.fullmatch(value):
        raise problem("bad-id", f"mã `{value}` không hợp lệ", "chỉ dùng a-z, 0-9 và dấu gạch nối")
    return value


def _url(value: str) -> str:
    if not is_url(value):
        raise problem("bad-url", f"`{value}` không phải một địa chỉ dùng được", HINT)
    return value


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d .()-]{6,}\d")


def _of_form(pattern: re.Pattern[str], noun: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise problem("unknown-value", f"`{value}` không phải {noun}", f"ví dụ: {example}")
        return value

    return AfterValidator(check)


_DATE_HELP = (
    "Thời gian đúng như văn bản viết: 16/3/2021; từ ngày 04 - 20/5/2022; cuối tháng 10 năm 2022"
)

_TIME = {"type": "string", "description": _DATE_HELP}
When = Annotated[
    Period,
    _Times(),
    WithJsonSchema(
        {"anyOf": [_TIME, {"type": "array", "items": _TIME, "minItems": 1}]}
        | {"description": "Thời gian đúng như văn bản viết; danh sách khi có nhiều thời gian"}
    ),
]
Day = Annotated[
    InstanceOf[Period],
    BeforeValidator(_day),
    WithJsonSchema(_TIME),
]
Several = Annotated[
    tuple[str, ...],
    BeforeValidator(_several),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Identifier = Annotated[
    str,
    AfterValidator(_identifier),
    WithJsonSchema({"type": "string", "pattern": f"^{_IDENTIFIER.pattern}$"}),
]
Text = Annotated[str, Field(min_length=1)]
Mail = Annotated[str, _of_form(_MAIL, "thư điện tử", "van-phong@so.example.vn")]
Phone = Annotated[str, _of_form(_PHONE, "số điện thoại", "0237.3852.123")]
File = Annotated[Text, AfterValidator(_file)]
Url = Annotated[str, AfterValidator(_url)]


class Attachment(Record):
    """A file beside the document."""

    file: File = Field(description="Tên tệp đặt cạnh văn bản")
    title: Text = Field(description="Tên hiển thị của tệp")


class Picture(Record):
    """A photograph or drawing beside the document; the site shows it made smaller, never as it is."""

    file: File = Field(description="Tên tệp ảnh đặt cạnh văn bản (JPEG, PNG, WebP)")
    alt: Text = Field(description="Lời mô tả thay cho ảnh")
    caption: str | None = Field(None, description="Chú thích, tác giả ảnh")


class Allowance(Record):
    """One rule that does not apply to this document, and why."""

    rule: Text = Field(description="Mã quy tắc, ví dụ numbering-gap")
    why: Text = Field(description="Lý do")
    field: str | None = Field(None, description="Chỉ áp dụng cho khoá này, ví dụ events[2].when")

    def covers(self, rule: str, field: str) -> bool:
        """Whether a finding of `rule` at `field` is allowed; `events[2]` is `events[2].when` too."""
        return rule == self.rule and (self.field is None or lies_in(field, self.field))
