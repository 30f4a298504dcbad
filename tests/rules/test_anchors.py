"""Anchors that a page has by itself, and tags that stand in each other without end."""

import re

import pytest

from kehoach.records.body import removed_html
from kehoach.records.body.rendering import render, render_prose
from kehoach.rules.duplicate_anchor import is_of_the_page

_ID = re.compile(r'\sid="([^"{}]+)')


def test_every_anchor_of_the_templates_is_known(root):
    pages = [
        root / "theme" / "main.html",
        *root.glob("theme/partials/*.html"),
        *root.glob("theme/pages/**/*.html"),
    ]
    names = {name for page in pages for name in _ID.findall(page.read_text())}
    assert len(names) > 20
    assert [name for name in sorted(names) if not is_of_the_page(name)] == []


@pytest.mark.parametrize("make", [render, render_prose])
@pytest.mark.parametrize(
    "unit", ["<details><summary>", "<details><summary>x\n\n", "<b></i>", "<ul><li>"]
)
def test_tags_nest_a_hundred_deep_and_no_deeper(make, unit):
    markup = make(unit * 2000, abbreviations={}).html
    depth = deepest = 0
    for tag in re.findall(r"<(/?)(?:details|summary|b|ul|li)\b", markup):
        depth += -1 if tag else 1
        deepest = max(deepest, depth)
    assert 0 < deepest <= 110


def test_what_stands_too_deep_is_told():
    found = removed_html("<details><summary>\n\n" * 60)
    assert len(found) == 20
    assert (found[0].line, found[0].column, found[0].snippet) == (101, 1, "<details>")
    assert removed_html("<details><summary>x</summary></details>\n\n" * 500) == []
