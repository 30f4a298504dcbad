"""openapi.json (OpenAPI 3.1): the API as programs that generate clients read it.

Its schemas are those of `schema`, for OpenAPI 3.1 speaks the same dialect of JSON Schema.
"""

from typing import Any

from kehoach.feeds import schema
from kehoach.site import Site

ADDRESS = "api/v1/openapi.json"
_DEFS, _COMPONENTS = "#/$defs/", "#/components/schemas/"


def document(version: str, site: Site) -> schema.Schema:
    """The description of every file of the API, with the address that answers with it."""
    common = schema.document("", version, site)
    head = {name: common["properties"][name] for name in common["required"]}
    paths = {
        f"/api/v1/{name}.json": _get(f"list_{name}", title, _file(head, name))
        for name, (_, title) in schema.LISTS.items()
    }
    own = _get("get_plan", "Toàn văn một kế hoạch", _file(head, "plan"))
    own["parameters"] = [
        _in_path("year", "Năm trong địa chỉ của kế hoạch", {"type": "string"}),
        _in_path("slug", "Tên trong địa chỉ của kế hoạch", {"type": "string"}),
    ]
    paths["/ke-hoach/{year}/{slug}/index.json"] = own
    year = _in_path("year", "Năm", {"type": "integer"})
    paths["/api/v1/index.json"] = _get("list_years", "Các năm có bản ghi", _file(head, "years"))
    paths["/api/v1/{year}/index.json"] = _get(
        "list_files", "Các tệp bản ghi của một năm", _file(head, "files")
    ) | {"parameters": [year]}
    mark = _in_path("mark", "Dấu vân tay trong tên tệp", {"type": "string"})
    paths["/api/v1/{year}/records-{mark}.json"] = _get(
        "list_records", "Bản ghi của một năm", _file(head, "records")
    ) | {"parameters": [year, mark]}
    paths["/api/v1/build.json"] = _get(
        "get_build", "Bản dựng đang công bố", {"$ref": f"{_COMPONENTS}build"}
    )
    told = {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site.name}: dữ liệu mở",
            "version": version,
            "description": "Tệp tĩnh, đọc tự do, không cần khoá; 1.x chỉ thêm, không bỏ trường.",
        },
        "servers": [{"url": site.absolute("").rstrip("/") or "/"}],
        "paths": paths,
        "components": {"schemas": schema.definitions()},
    }
    return {name: _led(value) for name, value in told.items()}


def _file(head: schema.Schema, name: str) -> schema.Schema:
    """The schema of the file that holds its content under `name`."""
    content = schema.contents()[name]
    return {
        "type": "object",
        "properties": {**head, name: content},
        "required": [*head, name],
    }


def _get(operation: str, summary: str, content: schema.Schema) -> schema.Schema:
    answer = {"description": summary, "content": {"application/json": {"schema": content}}}
    return {"get": {"operationId": operation, "summary": summary, "responses": {"200": answer}}}


def _in_path(name: str, description: str, kind: schema.Schema) -> schema.Schema:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": kind,
    }


def _led(value: Any) -> Any:
    """`value` with references to definitions leading to where OpenAPI keeps them."""
    if isinstance(value, dict):
        return {
            name: inner.replace(_DEFS, _COMPONENTS) if name == "$ref" else _led(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_led(inner) for inner in value]
    return value
