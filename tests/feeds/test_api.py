"""The JSON API against its own schema."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from feeds.department import NOWHERE, SITE
from kehoach.history import Change, Commit, History, Revision
from kehoach.site import TIMEZONE
from whole import all_feeds


def read(library, site=SITE, history=None) -> dict[str, Any]:
    made = all_feeds(library, site, history or History())
    return {f.address: json.loads(f.content) for f in made if f.address.endswith(".json")}


def closed(schema: Any) -> Any:
    """The schema with every object closed: a field that it does not name becomes an error."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(value) for name, value in schema.items()}
    return inner | ({"additionalProperties": False} if schema.get("type") == "object" else {})


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    registry = Registry().with_resource(schema["$id"], Resource.from_contents(schema))
    checker = FormatChecker(["date"])
    checker.checks("date-time", ValueError)(_is_aware)
    return Draft202012Validator(schema, registry=registry, format_checker=checker)


def _is_aware(value: Any) -> bool:
    return value is None or datetime.fromisoformat(value).utcoffset() is not None


def test_every_file_has_its_address(library):
    mark = r"api/v1/2024/records-[0-9a-f]{12}\.json"
    assert [re.sub(mark, "records", address) for address in read(library)] == [
        *("api/v1/plans.json", "api/v1/events.json", "api/v1/campaigns.json"),
        *("api/v1/units.json", "api/v1/slogans.json", "api/v1/materials.json"),
        *("api/v1/schema.json", "api/v1/openapi.json"),
        *("api/v1/index.json", "records", "api/v1/2024/index.json"),
        "ke-hoach/2024/ngay-khcn/index.json",
    ]


def test_every_file_is_what_openapi_says_of_its_address(library):
    files = read(library)
    told = files.pop("api/v1/openapi.json")
    del files["api/v1/schema.json"]
    assert (told["openapi"], told["servers"]) == ("3.1.0", [{"url": SITE.url.rstrip("/")}])
    resource = Resource(told, DRAFT202012)  # the dialect of OpenAPI 3.1.0 §4.8.24
    registry = Registry().with_resource("urn:api", resource)
    answered = set()
    for path, item in told["paths"].items():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path.lstrip("/")))
        names = [name for name in files if re.fullmatch(pattern, name)]
        pointer = f"/paths/{path.replace('/', '~1')}/get/responses/200/content/application~1json"
        checked = Draft202012Validator({"$ref": f"urn:api#{pointer}/schema"}, registry=registry)
        for name in names:
            assert [error.message for error in checked.iter_errors(files[name])] == [], name
            assert list(checked.iter_errors({"version": "1.0"})) != []
        answered.update(names)
        assert set(re.findall(r"{(\w+)}", path)) == {p["name"] for p in item.get("parameters", [])}
    assert answered == files.keys()


@pytest.mark.parametrize("site", [SITE, NOWHERE])
def test_every_file_is_what_the_schema_says_to_the_last_field(library, published, site):
    for content in (library, published):
        files = read(content, site)
        schema = files.pop("api/v1/schema.json")
        del files["api/v1/openapi.json"]
        Draft202012Validator.check_schema(schema)
        strict = validator(closed(schema))
        for address, data in files.items():
            assert [e.message for e in strict.iter_errors(data)] == [], address
            assert data["version"] == "1.0"
            assert data["schema"] == schema["$id"]


def test_the_schema_allows_what_later_versions_add(library):
    files = read(library)
    schema, plans = files["api/v1/schema.json"], files["api/v1/plans.json"]
    plans["plans"][0]["later"] = 1
    assert validator(schema).is_valid(plans)
    del plans["plans"][0]["title"]
    assert not validator(schema).is_valid(plans)


def test_every_field_is_described(library):
    schema = read(library)["api/v1/schema.json"]
    for name, definition in schema["$defs"].items():
        assert definition["properties"], name
        assert set(definition["required"]) == set(definition["properties"]), name


def test_a_fuzzy_time_says_so_itself(library):
    events = {e["id"]: e for e in read(library)["api/v1/events.json"]["events"]}
    assert events["su-kien/2024/hoi-thao"]["when"] == {
        "words": "Dự kiến cuối tháng 10 năm 2024",
        "start": "2024-10-21",
        "end": "2024-10-31",
        "precision": "part_of_month",
        "relation": "within",
        "exclusive": False,
        "approximate": True,
        "exact": False,
        "edtf": None,
        "duration": None,
        "recurrence": [],
        "understood": True,
        "sessions": [],
        "parts": [],
        "start_time": None,
        "end_time": None,
    }
    timed = events["su-kien/2024/hoi-nghi"]["when"]
    assert (timed["exact"], timed["start_time"], timed["end_time"]) == (True, "08:30", "11:00")
    assert events["su-kien/2024/phong-su"]["when"] is None


def test_references_lead_to_records(library):
    files = read(library)
    plan = files["api/v1/plans.json"]["plans"][0]
    events = {e["id"]: e for e in files["api/v1/events.json"]["events"]}
    slogans = {s["id"] for s in files["api/v1/slogans.json"]["slogans"]}
    units = {u["id"]: u for u in files["api/v1/units.json"]["units"]}
    assert plan["events"] == list(events)
    assert set(plan["slogans"]) <= slogans
    assert plan["issuer"] == {"name": "Sở Khoa học và Công nghệ", "unit": "so-khcn"}
    lead = events["su-kien/2024/toa-dam"]["lead"]
    assert lead == [{"name": "Văn phòng Sở", "unit": "van-phong"}]
    assert "su-kien/2024/toa-dam" in units["van-phong"]["leads"]
    material = files["api/v1/materials.json"]["materials"][0]
    assert (material["plan"], material["event"]) == (plan["id"], "su-kien/2024/toa-dam")


def test_a_plan_in_full_has_its_text_its_sections_and_its_history(library):
    when = datetime(2024, 5, 2, 9, tzinfo=TIMEZONE)
    path = library.plans[0].path
    history = History(
        {path: (Commit("a" * 40, when),)},
        {path: (Change(when, "đính chính nội dung", "body", "a" * 40),)},
        {path: {("su-kien", "2024", "toa-dam"): Revision(2, when)}},
    )
    plan = read(library, history=history)["ke-hoach/2024/ngay-khcn/index.json"]["plan"]
    assert plan["number"] == "254 /KH-SKHCN"
    assert "Tọa đàm, hội thảo." in plan["text"]
    url = "https://kehoach.example.vn/ke-hoach/2024/ngay-khcn/#i"
    assert plan["sections"] == [{"number": "I.", "title": "NỘI DUNG", "level": 1, "url": url}]
    stamp = "2024-05-02T09:00:00+07:00"
    words = {"when": stamp, "words": "đính chính nội dung", "field": "body"}
    assert plan["changes"] == [words]
    assert (plan["events"][0]["sequence"], plan["events"][0]["updated"]) == (2, stamp)
    assert (plan["events"][1]["sequence"], plan["events"][1]["updated"]) == (None, None)
    assert plan["updated"] == stamp
