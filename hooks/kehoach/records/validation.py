"""Findings from what pydantic refuses, in our words: where, what is wrong, what to write instead."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar

from pydantic import ValidationError

from kehoach.records.document import Document
from kehoach.records.fields import Record
from kehoach.records.finding import Finding
from kehoach.records.source import (
    MAX_FINDINGS,
    Keys,
    Source,
    field_name,
    unknown_key_hint,
    written_keys,
)
from kehoach.records.stand_ins import fill_in

R = TypeVar("R", bound=Record)

# pydantic's error types (https://docs.pydantic.dev/latest/errors/validation_errors/) as rule ids.
_RULE_OF_TYPE = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "enum": "unknown-value",
}


def validate(
    model: type[R], source: Source, context: dict[str, Any], data: Any = None, keys: Keys = ()
) -> R | None:
    """The record that `data` is, which stands at `keys` in `source` (the whole, without keys).

    What is wrong is added to the findings of `source`. A document of which one value is wrong is
    given all the same, with a stand-in for that; anything else that is not valid is None.
    """
    data = data if keys else source.data
    if data is None and source.findings:
        return None
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        source.findings += findings_of(error, source, model, keys)
        return fill_in(model, data, context, error) if issubclass(model, Document) else None


def findings_of(
    error: ValidationError, source: Source, model: type[Record] | None, keys: Keys = ()
) -> Iterator[Finding]:
    """A finding for each error; `model` is what was read, None where it was no record."""
    for item in islice(error.errors(include_url=False), MAX_FINDINGS):
        where: Keys = written_keys(source.data, (*keys, *item["loc"]))
        rule = _RULE_OF_TYPE.get(item["type"])
        context = item.get("ctx", {})
        place = source.place(where)
        if "message" in context:
            rule, message, hint = item["type"], context["message"], context["hint"]
            if context["column"]:
                place = source.value_place(where, context["column"])
        elif rule == "missing-key":
            message, hint = f"thiếu khoá `{where[-1]}`", f"thêm dòng `{where[-1]}: …`"
        elif rule == "unknown-key":
            place = source.key_place(where) or place
            message = f"khoá `{where[-1]}` không có trong mẫu"
            hint = unknown_key_hint(str(where[-1]), _known_keys(model, item["loc"][:-1]))
        elif rule == "unknown-value":
            from textwrap import shorten  # late: few values are wrong

            message = (
                f"giá trị `{shorten(str(item['input']), 60, placeholder='…')}` không dùng được"
            )
            hint = "dùng một trong: " + context["expected"].replace("'", "").replace(" or ", ", ")
        else:
            rule = "wrong-type"
            message, hint = _wrong_type(item)
        yield source.finding(place, rule, message, hint, field=field_name(where))


def _known_keys(model: type[Record] | None, loc: Keys) -> list[str]:
    for key in loc:
        if model is None or isinstance(key, int):
            continue
        annotation = model.model_fields[str(key)].annotation
        model = next((m for m in _models_in(annotation)), None)
    return list(model.model_fields) if model else []


def _models_in(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


# What each kind of mismatch is called in Vietnamese, by the start of pydantic's error type.
_EXPECTED = (
    ("string_too_short", "giá trị để trống", "viết nội dung hoặc bỏ khoá này"),
    ("string_pattern", "mã chỉ gồm a-z, 0-9 và dấu gạch nối", "ví dụ: toa-dam-cai-cach"),
    ("string", "cần một dòng chữ", "viết trên một dòng, không dùng danh sách"),
    ("int", "cần một số nguyên", "ví dụ: 2022"),
    ("tuple", "cần một danh sách", "mỗi dòng một mục, mở đầu bằng `- `"),
    ("model", "cần một nhóm khoá", "mỗi dòng một `khoá: giá trị`"),
    ("dict", "cần một nhóm khoá", "mỗi dòng một `khoá: giá trị`"),
    ("greater", "số nhỏ quá mức cho phép", "ví dụ: 2022"),
    ("less", "số lớn quá mức cho phép", "ví dụ: 2022"),
)


def _wrong_type(item: Any) -> tuple[str, str]:
    kind = item["type"]
    if item["input"] is None:
        return "giá trị để trống", "viết nội dung hoặc bỏ khoá này"
    for start, message, hint in _EXPECTED:
        if kind.startswith(start):
            return message, hint
    return f"giá trị không đúng kiểu ({kind})", "xem mẫu trong content/huong-dan/"
