"""The unit that a plan means by a name."""

import pytest

from kehoach.records.unit import Unit, Units

UNITS = Units(
    Unit.model_validate(fields)
    for fields in (
        {"id": "so-a", "name": "Sở Khoa học và Công nghệ", "province": "A"},
        {
            "id": "so-b",
            "name": "Sở KH&CN tỉnh B",
            "province": "B",
            "aliases": ["Sở Khoa học và Công nghệ"],
        },
        {"id": "van-phong-a", "name": "Văn phòng Sở", "parent": "so-a"},
        {"id": "van-phong-b", "name": "Văn phòng Sở", "parent": "so-b"},
        {"id": "ubnd-a", "name": "UBND tỉnh", "province": "A"},
        {"id": "ubnd-b", "name": "UBND tỉnh", "province": "B"},
        {"id": "hoa-binh", "name": "Hội Hòa Bình"},
        {"id": "vong-1", "name": "Vòng một", "parent": "vong-2"},
        {"id": "vong-2", "name": "Vòng hai", "parent": "vong-1"},
    )
)


@pytest.mark.parametrize(
    ("name", "within", "found"),
    [
        ("Văn phòng Sở", "so-a", "van-phong-a"),
        ("văn  phòng SỞ", "so-b", "van-phong-b"),
        ("Văn phòng Sở", None, None),
        ("Sở Khoa học và Công nghệ", "so-b", "so-b"),
        ("UBND tỉnh", "so-a", "ubnd-a"),
        ("UBND tỉnh", "van-phong-b", "ubnd-b"),
        ("UBND tỉnh", "hoa-binh", None),
        ("Hội Hoà Bình", "so-a", "hoa-binh"),
        ("van-phong-b", "so-a", "van-phong-b"),
        ("Sở Nội vụ", "so-a", None),
    ],
)
def test_a_name_means_the_unit_nearest_to_the_issuer(name, within, found):
    unit = UNITS.resolve(name, UNITS.by_id[within] if within else None)
    assert (unit.id if unit else None) == found


@pytest.mark.parametrize(
    ("unit", "above"),
    [("van-phong-a", ["so-a"]), ("so-a", []), ("vong-1", ["vong-2", "vong-1"])],
)
def test_ancestors_end_where_a_circle_closes(unit, above):
    assert [u.id for u in UNITS.ancestors(UNITS.by_id[unit])] == above


LETTERS = Units(
    Unit.model_validate(fields)
    for fields in (
        {"id": "ubnd", "name": "Ủy ban nhân dân tỉnh B", "short": "UBND tỉnh B", "kind": "ủy ban"}
        | {"province": "B"},
        {"id": "so", "name": "Sở KH&CN tỉnh B", "kind": "sở", "province": "B"},
        {"id": "so-con", "name": "Sở Y tế tỉnh B", "kind": "sở", "parent": "ubnd"},
        {"id": "so-thanh-pho", "name": "Sở Y tế thành phố C", "kind": "sở", "province": "C"},
        {"id": "phong", "name": "Phòng B", "kind": "phòng", "parent": "so"},
    )
)


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        ("so", ("UBND tỉnh B", "Sở KH&CN")),  # no parent: the committee of its province
        ("so-con", ("UBND tỉnh B", "Sở Y tế")),
        ("so-thanh-pho", ("", "Sở Y tế thành phố C")),  # nothing above tells the city
        ("phong", ("Sở KH&CN tỉnh B", "Phòng B")),
        ("ubnd", ("", "Ủy ban nhân dân tỉnh B")),
    ],
)
def test_a_letterhead_tells_the_province_once(unit, lines):
    assert LETTERS.letterhead(LETTERS.by_id[unit]) == lines
