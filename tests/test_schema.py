"""The schemas that editors use say what `check` says."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kehoach import rules, schema
from kehoach.building.shelf import read_library
from kehoach.rules import guide
from rules.fixtures import FOLDER, check, lay

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = {name: json.loads(text) for name, text in schema.schemas().items()}
PLAN = jsonschema.Draft7Validator(SCHEMAS["schema/ke-hoach.json"])


def typed(data: Any) -> Any:
    """Front matter as an editor's YAML 1.2 reads it: whole numbers are numbers."""
    if isinstance(data, dict):
        return {key: typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [typed(value) for value in data]
    return int(data) if isinstance(data, str) and data.isdigit() else data


def test_committed_schemas_are_current():
    committed = {
        f"schema/{path.name}": path.read_bytes() for path in (ROOT / "content/schema").iterdir()
    }
    assert committed == schema.schemas(), "build.py check --write-docs"


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_draft_7_and_explain_each_key_in_vietnamese(name):
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])
    models = [SCHEMAS[name], *SCHEMAS[name].get("definitions", {}).values()]
    keys = [(key, value) for model in models for key, value in model.get("properties", {}).items()]
    silent = [key for key, value in keys if not value.get("description")]
    assert set(silent) <= {"version", "summary", "findings"}


def test_all_of_content_validates():
    library = read_library(ROOT / "content")
    for folder, records in (
        ("ke-hoach", library.plans),
        ("chu-de", library.campaigns),
        ("truyen-thong", library.materials),
    ):
        assert records
        for record in records:
            jsonschema.validate(typed(record.origin.data), SCHEMAS[f"schema/{folder}.json"])
    jsonschema.validate(typed(library.units_source.data), SCHEMAS["schema/don-vi.json"])


@pytest.mark.parametrize("rule", ["unknown-key", "missing-key", "unknown-value", "bad-id"])
def test_an_editor_flags_what_check_flags(rule, tmp_path):
    data = {}
    for variant in ("input", "valid"):
        _, library = check(lay(rule, variant, tmp_path / variant))
        source = next(s for s in library.sources if s.path.endswith(guide.PLAN))
        data[variant] = typed(source.data)
    assert not PLAN.is_valid(data["input"])
    assert PLAN.is_valid(data["valid"])


@pytest.mark.parametrize("value", [254, 2022, True, "254/KH-SKHCN", None])
def test_a_scalar_is_text_to_an_editor_too(value):
    """YAML makes a number of `number: 254`; `check` reads it as it is written."""
    assert PLAN.is_valid({"title": "T", "issuer": "so-khcn", "date": "04/5/2022", "number": value})


@pytest.mark.parametrize(
    "rule", [rule for rule in rules.all_rules() if (FOLDER / rule / "valid.md").exists()]
)
def test_valid_fixtures_are_valid_to_an_editor(rule, tmp_path):
    _, library = check(lay(rule, "valid", tmp_path))
    for plan in library.plans:
        PLAN.validate(typed(plan.origin.data))
