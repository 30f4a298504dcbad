"""A value that cannot be read hides nothing else in its file, and nothing is found of what stands for it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from kehoach.records.source import lies_in
from rules.fixtures import check, lay

FILE = "ke-hoach/2022/x.md"
PLAN: dict[str, Any] = {
    "title": "Tổ chức  Ngày Khoa học và Công nghệ Việt Nam \U0001f52c",
    "kind": "Kế hoạch",
    "number": "254/BC-SKHCN",
    "issuer": "so-khcn-quang-ngai",
    "date": "16/5/2022",
    "campaign": "2020",
    "status": "superseded",
    "signer": {"title": "Phó Giám đốc", "name": "Nguyễn Văn A \U0001f52c"},
    "events": [
        {"id": "toa-dam", "title": "Tọa đàm", "when": "17/5/2022", "lead": ["phong-la"]},
        {"id": "toa-dam", "title": "Hội thảo", "when": "3/5/2022", "section": "IX"},
        {"id": "le", "title": "Lễ", "status": "postponed", "when": "20/5/2022", "documents": [
            {"file": "khong-co.pdf", "title": "Giấy mời"}]},
    ],
    "deadlines": [
        {"id": "bao-cao", "what": "Báo cáo", "when": "trước 30/5/2022", "who": ["phong-khac"]},
        {"id": "bao-cao", "what": "Gửi tin", "when": "trước 9/5/2022", "section": "VII"},
    ],
    "slogans": [{"id": "cau", "text": "Khoa học \U0001f52c"}, {"id": "cau", "text": "Công nghệ"}],
    "attachments": [{"file": "mat.pdf", "title": "Phụ lục"}],
    "allow": [{"rule": "la-lung", "why": "x"}, {"rule": "heading-jump", "why": "không cần"}],
}  # fmt: skip
BODY = """## I. MỤC ĐÍCH

Xem [phụ lục](mat.md)... và <b>ABCD</b> ,, theo ghi chú[^1].

## III. NỘI DUNG

Tọa đàm ngày 17/5.
"""

TWO_OFFICES = """
- {id: so-a, name: Sở A, kind: sở}
- {id: so-b, name: Sở B, kind: sở}
- {id: van-phong-a, name: Văn phòng Sở, kind: phòng, parent: so-a}
- {id: van-phong-b, name: Văn phòng Sở, kind: phòng, parent: so-b}
"""

Found = tuple[str, str, str]
READ = {"missing-key", "unknown-key", "wrong-type", "unknown-value", "unknown-date"}


def fields(data: Any, field: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Every value in `data`: what holds it, under which key, and how people write where."""
    rows = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in rows:
        name = f"{field}[{key}]" if isinstance(key, int) else f"{field}.{key}".lstrip(".")
        yield data, key, name
        if isinstance(value, (dict, list)):
            yield from fields(value, name)


NAMES = [name for _, _, name in fields(PLAN)]
REQUIRED = [
    name
    for name in NAMES
    if re.search(r"(^|\.)(title|issuer|date|id|what|text|file|rule|why|name)$|^dead.*when$", name)
]
# What a rule compares a value with: where that one is wrong, the rule has nothing to say.
COMPARED = {
    "event-before-issue": r"date",
    "number-format": r"kind",
    "duplicate-event": r"events(\[0\](\.id)?)?",
    "duplicate-deadline": r"deadlines(\[0\](\.id)?)?",
    "duplicate-slogan": r"slogans(\[0\](\.id)?)?",
    "unused-allowance": r".*",  # what it is for may be what is wrong
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay("numbering-gap", "valid", tmp_path_factory.mktemp("partial"))


def found(content: Path, plan: dict[str, Any]) -> set[Found]:
    """What is found in `plan`, wherever its lines are."""
    front = yaml.safe_dump(plan, allow_unicode=True, sort_keys=False, width=1000)
    (content / FILE).write_text(f"---\n{front}---\n\n{BODY}")
    findings = [finding for finding in check(content)[0] if finding.path.endswith(FILE)]
    return {(f.rule, f.field, re.sub(r":\d+:\d+$", "", f.message)) for f in findings}


def test_the_plan_has_many_faults(content):
    assert len({rule for rule, _, _ in found(content, PLAN)}) > 15


@pytest.mark.parametrize("wrong", [{"a": "b"}, [["b"]]], ids=["keys", "list"])
@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_value_hides_nothing_else(content, name, wrong):
    plan = deepcopy(PLAN)
    holder, key = next((holder, key) for holder, key, field in fields(plan) if field == name)
    holder[key] = wrong
    compare(found(content, PLAN), found(content, plan), name)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_value_hides_nothing_else(content, name):
    plan = deepcopy(PLAN)
    holder, key = next((holder, key) for holder, key, field in fields(plan) if field == name)
    del holder[key]
    now = found(content, plan)
    assert ("missing-key", name) in {(rule, field) for rule, field, _ in now}
    compare(found(content, PLAN), now, name)


def compare(before: set[Found], now: set[Found], name: str) -> None:
    for rule, field, _ in before - now:
        assert lies_in(field, name) or re.fullmatch(COMPARED.get(rule, "(?!)"), name), (rule, field)
    new = {(rule, field) for rule, field, _ in now - before}
    assert new
    for rule, field in new:
        assert lies_in(field, name), (rule, field)
        assert rule in READ, (rule, field)


def test_a_name_of_two_units_waits_for_the_issuer(tmp_path):
    """Each department has its office; whose is meant is told by who issued the plan."""
    content = lay("numbering-gap", "valid", tmp_path)
    (content / "don-vi.yml").write_text(TWO_OFFICES)
    plan = {**deepcopy(PLAN), "issuer": "so-b"}
    plan["events"][0]["lead"] = ["Văn phòng Sở"]
    told = {(rule, field) for rule, field, _ in found(content, plan)}
    for issuer in ("so-c", {"a": "b"}):
        rules = {(r, f) for r, f, _ in found(content, {**plan, "issuer": issuer})}
        assert ("unknown-unit", "events[0].lead[0]") not in told | rules
