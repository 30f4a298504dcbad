"""Each rule finds its fixture at the right line and column, and nothing in the valid neighbour."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from kehoach import reporting, rules
from kehoach.building.shelf import read_library
from kehoach.records.finding import Finding, Severity
from kehoach.rules import guide
from rules.fixtures import FOLDER, TODAY, check, lay

RULES = rules.all_rules()
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_its_fixture(rule, tmp_path):
    found, library = check(lay(rule, "input", tmp_path))
    assert reporting.describe(found, library) == (FOLDER / rule / "expected.txt").read_text("utf-8")
    assert {finding.rule for finding in found} == {rule}


@pytest.mark.parametrize("rule", RULES)
def test_the_valid_neighbour_passes(rule, tmp_path):
    found, _ = check(lay(rule, "valid", tmp_path))
    assert found == []


@pytest.mark.parametrize("rule", RULES)
def test_without_the_rule_its_fixture_fails(rule, tmp_path):
    others = {name: other for name, other in RULES.items() if name != rule}
    found, _ = check(lay(rule, "input", tmp_path), others)
    assert rule not in {finding.rule for finding in found}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_doc_names_its_rule_and_says_more_than_its_name(rule):
    assert rule.doc.startswith(f"{rule.id}: ")
    assert rule.doc.split("\n")[0].endswith(".")
    assert len(rule.doc.split("\n\n")) > 1


def test_every_fixture_has_its_rule():
    folders = {path.name for path in FOLDER.iterdir() if (path / "expected.txt").exists()}
    assert folders == set(RULES)


def test_a_finding_of_no_rule_is_not_lost(tmp_path):
    library = read_library(lay("numbering-gap", "valid", tmp_path))
    stray = Finding("content/x.md", 1, 1, "no-such-rule", "…")
    library.sources[0].findings.append(stray)
    assert rules.check(library, today=TODAY) == [stray]


def test_the_five_plans_have_no_finding():
    found = rules.check(read_library(ROOT / "content"), today=date(2026, 11, 21))
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
    assert [finding for finding in found if finding.path.startswith("content/ke-hoach/")] == []


def test_pages_of_the_rules_are_current():
    pages = guide.pages(FOLDER)
    folder = ROOT / "content" / guide.FOLDER
    rules = {f"{guide.FOLDER}/{path.name}" for path in folder.iterdir()}
    assert rules | {"huong-dan/thoi-gian.md"} == set(pages)
    for name, text in pages.items():
        assert (ROOT / "content" / name).read_text("utf-8") == text, (
            f"{name}: build.py check --write-docs"
        )


def test_bom_crlf_and_nfd_are_accepted(tmp_path):
    content = lay("numbering-gap", "valid", tmp_path)
    plan = content / "ke-hoach/2022/x.md"
    decomposed = unicodedata.normalize("NFD", plan.read_text("utf-8"))
    plan.write_bytes(b"\xef\xbb\xbf" + decomposed.replace("\n", "\r\n").encode())
    found, library = check(content)
    assert found == []
    assert library.plans[0].title == "Chào mừng Ngày Khoa học và Công nghệ Việt Nam năm 2022"


def test_columns_count_the_characters_people_see(tmp_path):
    """In NFD each marked letter is several code points; the caret still stands under the value."""
    content = lay("invalid-yaml", "input", tmp_path)
    plan = content / "ke-hoach/2022/x.md"
    plan.write_text(unicodedata.normalize("NFD", plan.read_text("utf-8")), "utf-8")
    [finding], _ = check(content)
    assert (finding.line, finding.column) == (2, 16)


@pytest.mark.parametrize(
    ("field", "rules_left"),
    [(None, []), ("IV", []), ("II", ["numbering-gap", "unused-allowance"])],
)
def test_an_allowance_covers_a_document_or_one_place(field, rules_left, tmp_path):
    content = lay("numbering-gap", "input", tmp_path)
    plan = content / "ke-hoach/2022/x.md"
    where = f", field: {field}" if field else ""
    allow = f"allow: [{{rule: numbering-gap, why: Bản ký viết vậy{where}}}]\n---\n\n## I"
    plan.write_text(plan.read_text("utf-8").replace("---\n\n## I", allow, 1), "utf-8")
    found, _ = check(content)
    assert sorted(finding.rule for finding in found) == rules_left


def test_an_allowance_of_a_key_covers_what_is_in_it(tmp_path):
    content = lay("event-before-issue", "input", tmp_path)
    plan = content / "ke-hoach/2022/x.md"
    allow = "allow: [{rule: event-before-issue, field: 'events[0]', why: Bản ký viết vậy}]\n---\n"
    plan.write_text(plan.read_text("utf-8").replace("---\n\n", allow + "\n", 1), "utf-8")
    assert check(content)[0] == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("issuer: so-khcn\n", "", "missing-key"),
        ("date: 04/5/2022", "date: 31/2/2022", "invalid-date"),
        ("    title: Tọa đàm về cải cách hành chính\n", "", "missing-key"),
        ("title: Chào", "title: a: b", "invalid-yaml"),
    ],
)
def test_a_plan_that_cannot_be_read_is_not_missed_by_others(right, wrong, rule, tmp_path):
    content = lay("unknown-event", "valid", tmp_path)
    plan = content / "ke-hoach/2022/x.md"
    text = plan.read_text("utf-8")
    assert right in text
    plan.write_text(text.replace(right, wrong), "utf-8")
    assert [finding.rule for finding in check(content)[0]] == [rule]
    material = content / "truyen-thong/2022/tin.md"
    material.write_text(material.read_text("utf-8").replace("plan: ke-hoach/2022/x\n", ""), "utf-8")
    assert [finding.rule for finding in check(content)[0]] == [rule]


def test_all_findings_of_all_files_come_at_once(tmp_path):
    content = lay("duplicate-event", "input", tmp_path)
    for rule in ("invalid-yaml", "not-utf8", "unknown-section", "missing-key"):
        (content / f"ke-hoach/2022/{rule}.md").write_bytes(
            (FOLDER / rule / "input.md").read_bytes()
        )
    found, _ = check(content)
    assert {finding.rule for finding in found} >= {
        "invalid-yaml",
        "not-utf8",
        "unknown-section",
        "missing-key",
        "duplicate-event",
    }
    assert found == sorted(found)
