"""Findings in the three forms: for people, for machines, for GitHub."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from kehoach import reporting, rules
from rules.fixtures import FOLDER, check, lay

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def wrong(tmp_path):
    """Two errors and a warning in two files."""
    content = lay("duplicate-event", "input", tmp_path)
    (content / "ke-hoach/2022/z.md").write_bytes((FOLDER / "invalid-yaml/input.md").read_bytes())
    x = content / "ke-hoach/2022/x.md"
    x.write_text(x.read_text("utf-8") + "\nHết..\n", "utf-8")
    return check(content)


def test_text_points_at_the_value_and_ends_with_counts(wrong):
    text = reporting.text(*wrong)
    assert text.startswith(
        "content/ke-hoach/2022/x.md:18:4: cảnh báo [doubled-punctuation] I: dấu câu viết đôi `..`\n"
        "   18 | Hết..\n"
        "      |    ^\n"
        "gợi ý: viết `.`; nếu bản ký đúng như vậy, ghi lý do trong allow\n"
    )
    assert text.endswith("\n2 lỗi, 1 cảnh báo trong 3 tệp (đã xem 6 tệp).\n")
    assert "\x1b" not in text


def test_a_clean_library_says_so(tmp_path):
    found, library = check(lay("numbering-gap", "valid", tmp_path))
    assert reporting.text(found, library) == "Không có lỗi, không có cảnh báo (đã xem 4 tệp).\n"


def test_colour_changes_nothing_but_colour(wrong):
    coloured = reporting.text(*wrong, colour=True)
    assert "\x1b[1;31mlỗi\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == reporting.text(*wrong)


def test_a_long_line_is_cut_around_the_caret(tmp_path):
    content = lay("numbering-gap", "valid", tmp_path)
    plan = content / "ke-hoach/2022/x.md"
    plan.write_text(
        plan.read_text("utf-8") + "\n" + "chữ " * 500 + "..\x1b[2J" + " chữ" * 500, "utf-8"
    )
    lines = reporting.text(*check(content)).split("\n")
    shown, caret = lines[1], lines[2]
    assert len(shown) < 120
    assert shown[caret.index("^")] == "."
    assert shown.count("…") == 2
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("rule", rules.all_rules())
def test_json_validates_against_the_published_schema(rule, tmp_path):
    schema = json.loads((ROOT / "content/schema/kiem-tra.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    report = json.loads(reporting.as_json(*check(lay(rule, "input", tmp_path))))
    jsonschema.validate(report, schema, cls=jsonschema.Draft7Validator)
    assert report["findings"][0]["rule"] == rule


def test_json_counts_and_places(wrong):
    report = json.loads(reporting.as_json(*wrong))
    assert report["summary"] == {"files": 6, "errors": 2, "warnings": 1}
    assert report["findings"][2] == {
        "path": "content/ke-hoach/2022/z.md",
        "line": 2,
        "column": 16,
        "rule": "invalid-yaml",
        "severity": "error",
        "field": "",
        "message": "không đọc được YAML (dấu hai chấm đứng trong giá trị)",
        "hint": "đặt giá trị có dấu hai chấm trong ngoặc kép, kiểm tra thụt đầu dòng",
    }


def test_github_annotates_file_and_line(wrong):
    warning, error, _, summary, _ = reporting.github(*wrong).split("\n")
    assert warning == (
        "::warning file=content/ke-hoach/2022/x.md,line=18,col=4,title=doubled-punctuation::"
        "I: dấu câu viết đôi `..`%0Agợi ý: viết `.`; nếu bản ký đúng như vậy, ghi lý do trong allow"
    )
    assert error.startswith(
        "::error file=content/ke-hoach/2022/y.md,line=7,col=9,title=duplicate-event::"
    )
    assert summary == "2 lỗi, 1 cảnh báo trong 3 tệp (đã xem 6 tệp)."


def test_github_escapes_what_would_end_a_command(tmp_path):
    content = lay("numbering-gap", "valid", tmp_path)
    path = content / "ke-hoach/2022/a,b:c%0A.md"
    path.write_bytes((FOLDER / "missing-key/input.md").read_bytes())
    lines = reporting.github(*check(content)).split("\n")
    line = next(line for line in lines if line.startswith("::error"))
    assert line.startswith("::error file=content/ke-hoach/2022/a%2Cb%3Ac%250A.md,line=2,")


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["content"], 3),
        (["."], 3),
        (["./content/ke-hoach/"], 3),
        (["content/ke-hoach/2022/x.md"], 1),
        (["content/ke-hoach/2022/x.md", "content/ke-hoach/2022/z.md"], 2),
        (["content/ke-hoach/20"], 0),
        (["content/chu-de"], 0),
    ],
)
def test_findings_of_some_paths_only(wrong, paths, files):
    found = reporting.under(wrong[0], paths)
    assert len({finding.path for finding in found}) == files


def test_the_pre_commit_hook_checks_staged_content():
    [repo] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    [hook] = repo["hooks"]
    # A draft, whose one finding is a warning, may be committed.
    assert hook["entry"] == "python3 build.py check --severity error"
    for staged in ("content/ke-hoach/2022/x.md", "content/don-vi.yml"):
        assert re.search(hook["files"], staged)
    for other in ("README.md", "content/schema/ke-hoach.json", "tests/rules/x/input.md"):
        assert not re.search(hook["files"], other)
