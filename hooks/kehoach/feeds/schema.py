"""The JSON Schema (draft 2020-12) of the API's files: what every field is, for who reads them.

One schema describes every file: which of them it is shows in the name of its content. An object may
have more fields than are named here, which is what additive means.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from kehoach.records.campaign import PeriodKind
from kehoach.records.event import EventKind, EventStatus, SloganKind
from kehoach.records.material import MaterialKind
from kehoach.records.period import Precision, Relation
from kehoach.records.plan import PlanStatus
from kehoach.records.unit import UnitKind
from kehoach.site import Site

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def document(address: str, version: str, site: Site) -> Schema:
    """The schema, to be published at `address`."""
    return {
        "$schema": DIALECT,
        "$id": site.absolute(address),
        "title": f"{site.name}: dữ liệu mở, phiên bản {version}",
        **_object(
            {
                "version": {
                    "const": version,
                    "description": "Phiên bản; 1.x chỉ thêm, không bỏ trường",
                },
                "schema": _text("Địa chỉ của lược đồ này"),
                "site": _object({"name": _text("Tên trang"), "url": _text("Địa chỉ trang")}),
            },
            contents(),
        ),
        "$defs": definitions(),
    }


def contents() -> dict[str, Schema]:
    """The schemas of the arrays that a data file may hold, by the key of each."""
    lists = {name: _many(_ref(one), title) for name, (one, title) in LISTS.items()}
    return {
        **lists,
        "plan": _ref("plan_in_full"),
        "years": _many(_ref("year"), "Các năm có bản ghi"),
        "files": _many(_ref("file"), "Các tệp bản ghi của một năm"),
        "records": _many({"anyOf": [_ref(f"{kind}_record") for kind in RECORDS]}, "Bản ghi"),
    }


def definitions() -> dict[str, Schema]:
    """Every kind of object in the files, by name."""
    return _DEFINITIONS


def _object(required: Schema, optional: Schema | None = None, description: str = "") -> Schema:
    told = {"description": description} if description else {}
    properties = required | (optional or {})
    return {"type": "object", **told, "properties": properties, "required": list(required)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _one_of(values: Iterable[StrEnum], description: str) -> Schema:
    return {"enum": [value.value for value in values], "description": description}


def _many(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _maybe(schema: Schema) -> Schema:
    """The same, or null where the document says nothing."""
    return {"anyOf": [schema, {"type": "null"}]}


def _day(description: str) -> Schema:
    return _maybe({"type": "string", "format": "date", "description": description})


def _moment(description: str) -> Schema:
    return _maybe({"type": "string", "format": "date-time", "description": description})


def _clock(description: str) -> Schema:
    return _maybe({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"} | _about(description))


def _about(description: str) -> Schema:
    return {"description": description}


_ID = _text("Mã cố định, cũng là địa chỉ tương đối của trang")
_URL = _text("Địa chỉ trang")
_UPDATED = _moment("Lần đổi cuối theo lịch sử Git; null khi không rõ")
_SECTION = _maybe(_text("Mục của kế hoạch"))
_REASON = _maybe(_text("Lý do"))
_CAMPAIGN = _maybe({"type": "integer", "description": "Năm của Ngày KH&CN"})
_PERIOD = _maybe(_ref("period"))
_PARTIES = _many(_ref("party"), "Đơn vị")

_STAGES = _many(
    _object(
        {
            "campaign": _text("Mã Ngày KH&CN của năm"),
            "url": _URL,
            "kind": _one_of(PeriodKind, "Giai đoạn"),
            "name": _text("Tên giai đoạn"),
            "where": _maybe(_text("Nơi thực hiện")),
        }
    ),
    "Những giai đoạn của Ngày KH&CN mà mục này thực hiện",
)

_SIGNER = _object(
    {
        "authority": _maybe(_text("Quyền hạn ký")),
        "title": _text("Chức vụ"),
        "name": _text("Họ và tên"),
    }
)

LISTS = {
    "plans": ("plan", "Các kế hoạch"),
    "events": ("event", "Các sự kiện"),
    "campaigns": ("campaign", "Ngày KH&CN từng năm"),
    "units": ("unit", "Các đơn vị"),
    "slogans": ("slogan", "Khẩu hiệu, chủ đề"),
    "materials": ("material", "Tài liệu truyền thông"),
}

_PLAN: Schema = {
    "id": _ID,
    "url": _URL,
    "title": _text("Trích yếu"),
    "kind": _text("Tên loại văn bản"),
    "number": _maybe(_text("Số, ký hiệu nguyên văn")),
    "issuer": _ref("party"),
    "province": _text("Tỉnh, thành phố"),
    "place": _maybe(_text("Địa danh")),
    "date": _ref("period"),
    "effective": _PERIOD,
    "status": _one_of(PlanStatus, "Tình trạng"),
    "reason": _REASON,
    "supersedes": _maybe(_text("Mã kế hoạch bị thay thế")),
    "superseded_by": _maybe(_text("Mã kế hoạch thay thế")),
    "amends": _many(_text("Mã kế hoạch"), "Những kế hoạch được sửa đổi, bổ sung"),
    "amended_by": _many(_text("Mã kế hoạch"), "Những kế hoạch sửa đổi, bổ sung kế hoạch này"),
    "elsewhere": _object(
        {
            field: _many(_text("Địa chỉ hoặc số, ngày như kế hoạch viết"), words)
            for field, words in {
                "amends": "Được sửa đổi, bổ sung",
                "amended_by": "Sửa đổi, bổ sung kế hoạch này",
                "supersedes": "Bị thay thế",
                "superseded_by": "Thay thế kế hoạch này",
            }.items()
        },
        description="Những văn bản liên quan không có trên trang này",
    ),
    "campaign": _CAMPAIGN,
    "summary": _maybe(_text("Tóm tắt")),
    "source": _maybe(_text("Nguồn của văn bản")),
    "updated": _UPDATED,
    "events": _many(_text("Mã sự kiện"), "Sự kiện của kế hoạch"),
    "deadlines": _many(_ref("deadline"), "Thời hạn"),
    "slogans": _many(_text("Mã khẩu hiệu"), "Khẩu hiệu của kế hoạch"),
    "links": _object(
        {"pdf": _text("Bản PDF"), "calendar": _text("Lịch"), "json": _text("Toàn văn JSON")}
    ),
}

_DEFINITIONS: Schema = {
    "period": _object(
        {
            "words": _text("Thời gian đúng như văn bản viết"),
            "start": _day("Ngày sớm nhất có thể; chỉ là ngày chắc chắn khi exact là true"),
            "end": _day("Ngày muộn nhất có thể, tính cả ngày đó"),
            "precision": _one_of(Precision, "Đơn vị thô nhất mà văn bản nêu"),
            "relation": _one_of(
                Relation,
                "on: đúng khoảng này; within: lúc nào đó trong khoảng; before, after: một mốc",
            ),
            "exclusive": {
                "type": "boolean",
                "description": "Lời không kể ngày mà nó nêu (trước, sau); start, end đã tính điều đó",
            },
            "approximate": {"type": "boolean", "description": "Dự kiến, khoảng"},
            "exact": {"type": "boolean", "description": "Ngày đã ấn định chắc chắn"},
            "edtf": _maybe(_text("EDTF mức 1; null khi không diễn đạt được")),
            "duration": _maybe(_text("Thời lượng")),
            "recurrence": _many(_text("Chu kỳ"), "Lặp lại theo chu kỳ"),
            "understood": {
                "type": "boolean",
                "description": "Máy hiểu lời văn; nếu không, chỉ lời văn có nghĩa",
            },
            "sessions": _many(
                _object({"start": _clock("Từ giờ"), "end": _clock("Đến giờ")}),
                "Các buổi trong mỗi ngày, khi có nhiều buổi hoặc giờ lặp lại hằng ngày",
            ),
            "parts": _many(_ref("period"), "Từng thời gian, khi có nhiều thời gian"),
            "start_time": _clock("Giờ bắt đầu, giờ Việt Nam"),
            "end_time": _clock("Giờ kết thúc, giờ Việt Nam"),
        },
        description="Một thời gian: lời văn, khoảng ngày và mức chắc chắn",
    ),
    "party": _object(
        {
            "name": _text("Tên như văn bản viết; nơi văn bản ghi mã, tên ngắn của đơn vị"),
            "unit": _maybe(_text("Mã đơn vị")),
        },
        description="Một đơn vị được nhắc đến",
    ),
    "reference": _object(
        {
            "number": _text("Số, ký hiệu"),
            "date": _PERIOD,
            "issuer": _maybe(_text("Cơ quan ban hành")),
            "title": _maybe(_text("Trích yếu")),
        }
    ),
    "picture": _object(
        {
            "url": _text("Địa chỉ ảnh"),
            "alt": _text("Lời mô tả"),
            "caption": _maybe(_text("Chú thích")),
        }
    ),
    "attachment": _object({"title": _text("Tên tệp"), "url": _text("Địa chỉ tệp")}),
    "plan": _object(_PLAN),
    "plan_in_full": _object(
        _PLAN
        | {
            "events": _many(_ref("event"), "Sự kiện của kế hoạch"),
            "slogans": _many(_ref("slogan"), "Khẩu hiệu của kế hoạch"),
            "basis": _many(_ref("reference"), "Căn cứ ban hành"),
            "signer": _maybe(_SIGNER),
            "signers": _many(_SIGNER, "Những người cùng ký khác"),
            "joint": _many(
                _object(
                    {
                        "issuer": _ref("party"),
                        "number": _maybe(_text("Số, ký hiệu của cơ quan ấy")),
                        "signer": _maybe(_SIGNER),
                    }
                ),
                "Những cơ quan cùng ban hành",
            ),
            "recipients": _many(_text("Nguyên văn một dòng"), "Nơi nhận"),
            "attachments": _many(_ref("attachment"), "Tệp đính kèm"),
            "sections": _many(
                _object(
                    {
                        "number": _text("Số mục như đã ký"),
                        "title": _text("Tên mục"),
                        "level": {"type": "integer", "minimum": 1},
                        "url": _URL,
                    }
                ),
                "Các mục theo thứ tự",
            ),
            "text": _text("Toàn văn, Markdown"),
            "changes": _many(
                _object(
                    {
                        "when": {"type": "string", "format": "date-time"},
                        "words": _text("Thay đổi, bằng lời"),
                        "field": _text("Trường đã đổi"),
                    }
                ),
                "Thay đổi từ khi đăng, mới nhất trước",
            ),
        }
    ),
    "event": _object(
        {
            "id": _ID,
            "url": _URL,
            "plan": _text("Mã kế hoạch"),
            "section": _SECTION,
            "title": _text("Tên sự kiện"),
            "kind": _one_of(EventKind, "Loại sự kiện"),
            "when": _PERIOD,
            "place": _maybe(_text("Địa điểm")),
            "address": _maybe(_text("Địa chỉ")),
            "lead": _PARTIES,
            "partners": _PARTIES,
            "audience": _maybe(_text("Thành phần")),
            "attendance": _maybe(_text("Số lượng dự kiến")),
            "theme": _maybe(_text("Chủ đề")),
            "description": _maybe(_text("Nội dung tóm tắt")),
            "status": _one_of(EventStatus, "Tình trạng"),
            "previous_when": _PERIOD,
            "reason": _REASON,
            "campaign": _CAMPAIGN,
            "documents": _many(_ref("attachment"), "Tài liệu"),
            "programme": _many(
                _object(
                    {
                        "at": _text("Giờ, như viết"),
                        "what": _text("Nội dung"),
                        "who": _maybe(_text("Người, đơn vị thực hiện")),
                    }
                ),
                "Chương trình",
            ),
            "places": _many(
                _object(
                    {
                        "name": _text("Tên địa điểm"),
                        "address": _maybe(_text("Địa chỉ")),
                        "map": _maybe(_text("Liên kết bản đồ")),
                    }
                ),
                "Mọi địa điểm",
            ),
            "online": _maybe(_text("Liên kết tham dự trực tuyến")),
            "registration": _maybe(
                _object(
                    {
                        "url": _maybe(_text("Trang đăng ký")),
                        "phone": _maybe(_text("Điện thoại")),
                        "email": _maybe(_text("Thư điện tử")),
                        "places": _maybe({"type": "integer", "minimum": 1} | _about("Số chỗ")),
                        "until": _PERIOD,
                    }
                )
            ),
            "contact": _maybe(
                _object(
                    {
                        "name": _text("Người, đơn vị đầu mối"),
                        "phone": _maybe(_text("Điện thoại")),
                        "email": _maybe(_text("Thư điện tử")),
                    }
                )
            ),
            "fee": _maybe(_text("Phí tham dự, như viết")),
            "image": _maybe(_ref("picture")),
            "result": _maybe(
                _object(
                    {
                        "words": _text("Kết quả"),
                        "figures": _many(
                            _object({"value": _text("Con số"), "of": _text("Của cái gì")}),
                            "Con số",
                        ),
                        "documents": _many(_ref("attachment"), "Báo cáo, bài trình bày"),
                        "pictures": _many(_ref("picture"), "Ảnh"),
                    }
                )
            ),
            "stages": _STAGES,
            "sequence": _maybe(
                {"type": "integer", "minimum": 0, "description": "Số lần đổi; null khi không rõ"}
            ),
            "updated": _UPDATED,
            "links": _object({"calendar": _text("Lịch của sự kiện")}),
        }
    ),
    "deadline": _object(
        {
            "id": _text("Mã cố định trong kế hoạch"),
            "url": _URL,
            "section": _SECTION,
            "what": _text("Việc phải làm"),
            "when": _ref("period"),
            "who": _PARTIES,
            "to": _PARTIES,
            "stages": _STAGES,
            "updated": _UPDATED,
        }
    ),
    "campaign": _object(
        {
            "id": _ID,
            "url": _URL,
            "year": {"type": "integer"},
            "title": _text("Tên"),
            "day": _ref("period"),
            "summary": _maybe(_text("Tóm tắt")),
            "themes": _many(_ref("slogan"), "Chủ đề, nguyên văn"),
            "slogans": _many(_ref("slogan"), "Khẩu hiệu, nguyên văn"),
            "periods": _many(
                _object(
                    {
                        "kind": _one_of(PeriodKind, "Giai đoạn"),
                        "name": _text("Tên, khác với các giai đoạn khác cùng năm"),
                        "when": _ref("period"),
                        "where": _maybe(_text("Nơi thực hiện")),
                        "source": _maybe(_text("Văn bản quy định")),
                    }
                ),
                "Các giai đoạn",
            ),
            "guidance": _many(_ref("reference"), "Văn bản hướng dẫn"),
            "attachments": _many(_ref("attachment"), "Tệp đính kèm"),
            "updated": _UPDATED,
            "links": _object({"calendar": _text("Lịch"), "feed": _text("Tin Atom")}),
        }
    ),
    "unit": _object(
        {
            "id": _text("Mã cố định"),
            "url": _URL,
            "name": _text("Tên đầy đủ"),
            "short": _maybe(_text("Tên ngắn")),
            "kind": _one_of(UnitKind, "Loại đơn vị"),
            "parent": _maybe(_text("Mã đơn vị cấp trên")),
            "province": _text("Tỉnh, thành phố"),
            "aliases": _many(_text("Cách viết khác"), "Các cách viết khác"),
            "address": _maybe(_text("Địa chỉ")),
            "phone": _maybe(_text("Điện thoại")),
            "email": _maybe(_text("Thư điện tử")),
            "website": _maybe(_text("Trang thông tin điện tử")),
            "leads": _many(_text("Mã sự kiện"), "Chủ trì"),
            "joins": _many(_text("Mã sự kiện"), "Phối hợp"),
            "owes": _many(_text("Địa chỉ thời hạn"), "Phải thực hiện"),
            "links": _object({"calendar": _text("Lịch"), "feed": _text("Tin Atom")}),
        }
    ),
    "slogan": _object(
        {
            "id": _ID,
            "url": _URL,
            "owner": _text("Mã kế hoạch hoặc Ngày KH&CN có câu này"),
            "text": _text("Nguyên văn"),
            "kind": _one_of(SloganKind, "Loại"),
            "when": _PERIOD,
            "where": _maybe(_text("Nơi treo")),
            "section": _SECTION,
            "source": _maybe(_text("Văn bản có câu này")),
        }
    ),
    "build": _object(
        {
            "commit": _text("Lần ghi nhận mà trang được dựng từ đó; rỗng khi không có Git"),
            "time": {"type": "string", "format": "date-time"} | _about("Giờ của bản dựng"),
            "counts": {
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 0},
                "description": "Số văn bản theo loại",
            },
            "findings": {
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 0},
                "description": "Số điểm cần xem theo mức độ",
            },
            "review": _many(
                _object(
                    {
                        "address": _text("Địa chỉ tương đối của trang"),
                        "title": _text("Tên văn bản"),
                        "review_by": {"type": "string", "format": "date"},
                    }
                ),
                "Văn bản đã quá hạn rà soát",
            ),
        },
        description="Bản dựng đang công bố (build.json)",
    ),
    "material": _object(
        {
            "id": _ID,
            "url": _URL,
            "title": _text("Tên"),
            "kind": _one_of(MaterialKind, "Loại tài liệu"),
            "date": _ref("period"),
            "issuer": _ref("party"),
            "campaign": _CAMPAIGN,
            "plan": _maybe(_text("Mã kế hoạch liên quan")),
            "event": _maybe(_text("Mã sự kiện liên quan")),
            "summary": _maybe(_text("Tóm tắt")),
            "author": _maybe(_text("Tác giả")),
            "contact": _maybe(_text("Liên hệ")),
            "attachments": _many(_ref("attachment"), "Tệp đính kèm"),
            "updated": _UPDATED,
        }
    ),
}

# What a record is, in files of a year: the same object with its type, its text and when it changed.
_TEXT = {"text": _text("Toàn văn, Markdown")}
RECORDS: dict[str, Schema] = {
    "campaign": _DEFINITIONS["campaign"]["properties"],
    "plan": _DEFINITIONS["plan_in_full"]["properties"]
    | {name: _PLAN[name] for name in ("events", "slogans")},
    "event": _DEFINITIONS["event"]["properties"],
    "slogan": _DEFINITIONS["slogan"]["properties"] | {"updated": _UPDATED},
    "material": _DEFINITIONS["material"]["properties"] | _TEXT,
}
_DEFINITIONS |= {
    f"{kind}_record": _object({"type": {"const": kind}, **properties, "modified": _UPDATED})
    for kind, properties in RECORDS.items()
}
_DEFINITIONS |= {
    "year": _object({"year": {"type": "integer"}, "url": _text("Địa chỉ danh sách tệp của năm")}),
    "file": _object(
        {
            "url": _text("Địa chỉ tệp; đổi khi nội dung đổi, nên tệp đã có không cần tải lại"),
            "records": {"type": "integer", "minimum": 0},
            "bytes": {"type": "integer", "minimum": 0},
        }
    ),
}
