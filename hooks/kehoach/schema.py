"""JSON Schema of the front matter, from the models: editors complete and flag as `check` does.

Draft 7, which yaml-language-server speaks. One file a kind of document, named as its folder.
"""

import json
from typing import Any

from pydantic import TypeAdapter

from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.finding import Severity
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.unit import Unit

FOLDER = "schema"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_TITLES: dict[type[Document], str] = {
    Plan: "Phần khai báo của một kế hoạch (content/ke-hoach/<năm>/<tên>.md)",
    Campaign: "Phần khai báo của chủ đề một năm (content/chu-de/<năm>.md)",
    Material: "Phần khai báo của một tài liệu truyền thông (content/truyen-thong/<năm>/<tên>.md)",
}


def schemas() -> dict[str, bytes]:
    """Each schema file by its path under `content/`."""
    models = {model.folder: _schema(TypeAdapter(model), title) for model, title in _TITLES.items()}
    units = _schema(TypeAdapter(list[Unit]), "Danh sách đơn vị (content/don-vi.yml)")
    files = {**models, "don-vi": units, "kiem-tra": _report()}
    return {f"{FOLDER}/{name}.json": _bytes(schema) for name, schema in sorted(files.items())}


def _schema(adapter: TypeAdapter[Any], title: str) -> dict[str, Any]:
    schema = _tidy(adapter.json_schema(ref_template="#/definitions/{model}"))
    definitions = {name: _tidy(model) for name, model in schema.pop("$defs", {}).items()}
    for model in definitions.values():
        model.pop("description", None)  # the model's docstring, for developers
    schema["description"] = "Bản mẫu dùng chung với `python3 build.py check`."
    return {"$schema": _DRAFT, "title": title, **schema, "definitions": definitions}


def _tidy(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` in draft 7 without pydantic's English titles, for values that are read as text."""
    schema = {key: value for key, value in schema.items() if not _is_noise(key, value)}
    if schema.get("type") == "string" and not {"pattern", "enum"} & set(schema):
        schema["type"] = ["string", "number", "boolean"]
    if "properties" in schema:
        schema["properties"] = {name: _tidy(inner) for name, inner in schema["properties"].items()}
    if "items" in schema:
        schema["items"] = _tidy(schema["items"])
    if "anyOf" in schema:
        first, *others = options = [_tidy(option) for option in schema["anyOf"]]
        if others != [{"type": "null"}] or "type" not in first:
            return {**schema, "anyOf": options}
        del schema["anyOf"]
        kinds = [first["type"]] if isinstance(first["type"], str) else first["type"]
        schema = {**first, **schema, "type": [*kinds, "null"]}
    return schema


def _is_noise(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, []))


def _report() -> dict[str, Any]:
    text = {"type": "string"}
    count = {"type": "integer", "minimum": 0}
    place = {"type": "integer", "minimum": 1}
    finding = {
        "path": {**text, "description": "Tệp, tính từ thư mục gốc của kho"},
        "line": {**place, "description": "Dòng, tính từ 1"},
        "column": {**place, "description": "Cột, tính từ 1, theo ký tự"},
        "rule": {**text, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": "Mã quy tắc"},
        "severity": {"enum": [severity.value for severity in Severity], "description": "Mức độ"},
        "field": {**text, "description": "Khoá trong phần khai báo hoặc mục của thân văn bản"},
        "message": {**text, "description": "Điều sai"},
        "hint": {**text, "description": "Cách viết đúng"},
    }
    summary = {
        "files": {**count, "description": "Số tệp đã xem"},
        "errors": {**count, "description": "Số lỗi"},
        "warnings": {**count, "description": "Số cảnh báo"},
    }
    report = {
        "version": {"const": 1},
        "summary": _object(summary),
        "findings": {"type": "array", "items": _object(finding)},
        "left_out": {
            "type": "array",
            "items": text,
            "description": "Tệp tạm của chương trình soạn thảo và tệp ẩn, không được đọc",
        },
    }
    title = "Kết quả của `python3 build.py check --format json`"
    return {"$schema": _DRAFT, "title": title, **_object(report)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": list(properties),
    }


def _bytes(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
