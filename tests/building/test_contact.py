"""Whether a site says how its department is reached, and so that readers can use it."""

import pytest

from kehoach.building import contact
from kehoach.records.source import parse_yaml

WHOLE = {
    "address": "12 đường Ví Dụ",
    "phone": "0255.3822.456",
    "email": "van-phong@so.example.vn",
}


def told(**department: object) -> list[str]:
    lines = "".join(f"    {key}: {value}\n" for key, value in department.items())
    text = f"site_name: Sở\nextra:\n  department:\n    name: Sở\n{lines}"
    found = contact.problems(department, parse_yaml(text.encode(), "mkdocs.yml"))
    return [f"{f.line}:{f.column} {f.rule} {f.message}; {f.hint}" for f in found]


def test_a_department_that_says_how_it_is_reached_has_no_finding():
    assert told(**WHOLE) == []
    assert told(**WHOLE, hours="7 giờ 30 - 17 giờ") == []


@pytest.mark.parametrize(
    ("left_out", "words", "example"),
    [
        (("address",), "địa chỉ (`address`)", "address: 12 đường Ví Dụ, phường Trung Tâm"),
        (("phone",), "điện thoại (`phone`)", "phone: 0255.3822.456"),
        (
            ("phone", "email"),
            "điện thoại (`phone`), thư điện tử (`email`)",
            "phone: 0255.3822.456",
        ),
    ],
)
def test_what_is_not_said_is_named_with_its_remedy(left_out, words, example):
    said = {key: value for key, value in WHOLE.items() if key not in left_out}
    assert told(**said) == [
        f"3:3 missing-contact chân trang chưa cho người đọc biết {words} của Sở;"
        f" ghi dưới extra.department, ví dụ `{example}`"
    ]


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [("phone", 2553822456, 6), ("phone", "xin gọi", 6), ("email", "van-phong", 7)],
)
def test_what_no_reader_can_use_is_told(key, value, line):
    (found,) = told(**WHOLE | {key: value})
    assert found.startswith(f"{line}:")
    assert f"bad-contact `{value}` không phải" in found


def test_settings_without_a_department_are_told_at_their_top():
    found = contact.problems({}, parse_yaml(b"site_name: S\n", "mkdocs.yml"))
    assert [(f.line, f.column, f.rule) for f in found] == [(1, 1, "missing-contact")]
