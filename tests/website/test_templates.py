"""Our own code of page templates gives what Jinja's gives, and lets nothing through that Jinja's does not."""

import shutil
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from conftest import contents
from kehoach import building
from kehoach.pages import compiling, page
from kehoach.pages.page import Page, Templates

MACROS = """
{% macro shown(item, root, level=3) %}
<h{{ level }} title="{{ item.title }}">{{ item.title }}</h{{ level }}>
{% endmacro %}
{% macro twice(item) %}{{ shown(item, "", level=2) }}{{ shown(item, "") }}{% endmacro %}
"""
PAGE = """{% import "macros.html" as macros %}
{{ macros.twice(view) }}{{ view.sure | safe }}{{ view.nothing }}{{ view.number }}{{ "last" if not view.number }}
{% for part in view.parts %}{{ ", " if not loop.first }}{{ part.title }}{% else %}none{% endfor %}
"""
NASTY = """<b onclick='x()'>&amp; "đúng"</b>"""


class Kind(StrEnum):
    NASTY = NASTY


def rendered(folder, view):
    return Templates(folder).render(Page("x/", "page.html", "x", "x", view), "../")


@pytest.fixture
def theme(tmp_path):
    (tmp_path / "macros.html").write_text(MACROS)
    (tmp_path / "page.html").write_text(PAGE)
    return tmp_path


@pytest.mark.parametrize("title", [NASTY, Kind.NASTY, Markup("<i>sure</i>"), 7, None, ""])
@pytest.mark.parametrize("parts", [[], [{"title": NASTY}, {"title": "b"}]])
def test_a_template_gives_what_jinja_gives(theme, monkeypatch, title, parts):
    view = {"title": title, "sure": "<hr>", "nothing": None, "number": 0, "parts": parts}
    lean = rendered(theme, view)
    assert compiling.generator is compiling.LeanGenerator
    monkeypatch.setattr(page.Views, "code_generator_class", CodeGenerator)
    assert rendered(theme, view) == lean
    assert "<b" not in lean
    assert "<hr>" in lean


@pytest.mark.parametrize("wrong", ["{{ view.titel }}", "{{ titel }}", "{{ view.sub.title }}"])
def test_an_unknown_name_is_an_error(theme, wrong):
    (theme / "page.html").write_text(wrong)
    with pytest.raises(UndefinedError):
        rendered(theme, {"title": "x"})


def test_a_macro_takes_no_more_than_it_names(theme):
    (theme / "page.html").write_text('{% import "macros.html" as m %}{{ m.twice(view, 1) }}')
    with pytest.raises(TypeError):
        rendered(theme, {"title": "x"})


@given(st.one_of(st.text(), st.integers(), st.none(), st.floats(), st.text().map(Markup)))
def test_a_value_is_escaped_as_markupsafe_does(value):
    assert compiling.escaped(value) == escape(value)


def test_what_is_undefined_is_never_shown():
    with pytest.raises(UndefinedError):
        compiling.escaped(StrictUndefined(name="x"))


@pytest.mark.heavy
def test_every_page_is_what_jinja_makes_of_it(checkout, monkeypatch):
    def made():
        shutil.rmtree(checkout / ".cache", ignore_errors=True)
        building.build(checkout, checkout / "site", strict=False, with_prints=False)
        return contents(checkout / "site")

    lean = made()
    monkeypatch.setattr(page.Views, "code_generator_class", CodeGenerator)
    plain = made()
    assert [path for path in lean if lean[path] != plain.get(path)] == []
    assert sum(path.endswith(".html") for path in lean) > 100
