"""Whatever an author writes ends in findings or in none: no traceback, no long wait."""

import json
import tracemalloc
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.mutations import mutate
from kehoach import reporting, rules
from kehoach.records.finding import Finding
from kehoach.records.source import MAX_BYTES, MAX_FINDINGS
from rules.fixtures import check, lay

ROOT = Path(__file__).resolve().parents[2]
PLAN = (ROOT / "content/ke-hoach/2022/ngay-khcn-quang-ngai.md").read_bytes()
UNITS = (ROOT / "content/don-vi.yml").read_bytes()
CAMPAIGN = (ROOT / "content/chu-de/2022.md").read_bytes()
MATERIAL = next((ROOT / "content/truyen-thong/2022").glob("*.md")).read_bytes()
MANY = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
RANDOMS = st.randoms(use_true_random=False)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay("numbering-gap", "valid", tmp_path_factory.mktemp("bad"))


def outcome(content: Path, file: str, raw: bytes) -> list[Finding]:
    """The findings of a library with `file` as `raw`; they point into it and can be reported."""
    path = content / file
    kept = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    try:
        return looked_at(content, raw)
    finally:
        path.write_bytes(kept) if kept is not None else path.unlink()


def looked_at(content: Path, raw: bytes) -> list[Finding]:
    found, library = check(content)
    lines = {source.path: source.text.count("\n") + 1 for source in library.sources}
    for finding in found:
        assert finding.rule in rules.all_rules()
        assert finding.message
        assert "\n" not in finding.message + finding.hint
        assert len(finding.message + finding.hint) < 1_000
        assert finding.column >= 1
        assert (
            1 <= finding.line <= max(lines[finding.path], raw.count(b"\n") + raw.count(b"\r") + 1)
        )
    for form in reporting.FORMS.values():
        form(found, library)
    json.loads(reporting.as_json(found, library))
    return found


@MANY
@given(RANDOMS)
def test_mutated_plans(content: Path, random: Random):
    outcome(content, "ke-hoach/2022/x.md", mutate(PLAN, random))


@MANY
@given(RANDOMS)
def test_mutated_units(content: Path, random: Random):
    outcome(content, "don-vi.yml", mutate(UNITS, random))


@settings(MANY, max_examples=60)
@given(RANDOMS)
def test_mutated_campaigns_and_materials(content: Path, random: Random):
    outcome(content, "chu-de/2022.md", mutate(CAMPAIGN, random))
    outcome(content, "truyen-thong/2022/x.md", mutate(MATERIAL, random))


@settings(MANY, max_examples=60)
@given(st.binary(max_size=400))
@example(b"---\n---\n")
@example(b"---\n- a\n---\n")
@example(b"---\na\n---\n")
@example(b"---\n? {a: b}\n: c\n---\n")
@example(b"---\n[]: x\n---\n")
@example(b"---\n\xef\xbb\xbftitle: x\n---\n")
@example(b"\xef\xbb\xbf")
@example(b"---")
def test_random_bytes_anywhere(content: Path, raw: bytes):
    for file in ("ke-hoach/2022/x.md", "don-vi.yml", "tu-viet-tat.yml", "chu-de/x.md", "x.md"):
        outcome(content, file, raw)


@MANY
@given(st.text(max_size=300))
@example("[a](http://[::1)")
@example("[a](\x00)")
@example("# \n\n###### ")
@example("“\n\n”")
def test_any_body(content: Path, body: str):
    head = b"---\ntitle: T\nissuer: so-khcn\ndate: 04/5/2022\nnumber: 1/KH-SKHCN\n---\n"
    raw = head + body.encode("utf-8", "replace")
    found = outcome(content, "ke-hoach/2022/x.md", raw)
    assert {finding.rule for finding in found} <= set(rules.all_rules())


def head(line: str) -> bytes:
    return PLAN.replace(b"\nkind:", f"\n{line}\nkind:".encode(), 1)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        pytest.param(PLAN + b"a" * (10 * 1024 * 1024), "file-too-large", id="a line of 10 MB"),
        pytest.param(
            head("x: " + "a" * 2 * 1024 * 1024), "file-too-large", id="2 MB of front matter"
        ),
        pytest.param(head("x: " + "[" * 900_000), "too-deep", id="nested 900,000 deep"),
        pytest.param(
            head("a: &a [x]\nb: [" + "*a," * 100_000 + "]"), "yaml-alias", id="100,000 aliases"
        ),
        pytest.param(head("x: y\n" * 100_000), "duplicate-key", id="100,000 equal keys"),
        pytest.param(
            head("\n".join(f"x{n}: y" for n in range(50_000))),
            "unknown-key",
            id="50,000 unknown keys",
        ),
    ],
)
def test_what_is_huge_ends_in_few_findings(content, raw, rule):
    tracemalloc.start()
    try:
        found = outcome(content, "ke-hoach/2022/x.md", raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rule in {finding.rule for finding in found}
    assert len(found) <= 2 * MAX_FINDINGS
    assert peak < 400 * 1024 * 1024


@pytest.mark.parametrize(
    "line", ["a", "a ", "“", "(", "[", "](", "*", "`", "<", "- ", "..", "A&", "1. ", "|"]
)
def test_a_line_of_a_megabyte(content, line):
    raw = PLAN + (line * (1024 * 1024 // len(line.encode()))).encode()
    assert len(raw) < MAX_BYTES
    outcome(content, "ke-hoach/2022/x.md", raw)
