"""Page templates: what they show is escaped, and an unknown name is an error."""

from enum import StrEnum

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

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
def test_what_a_template_shows_is_escaped(theme, title, parts):
    view = {"title": title, "sure": "<hr>", "nothing": None, "number": 0, "parts": parts}
    shown = rendered(theme, view)
    assert shown.count(str(escape(title))) >= 4
    assert ", ".join(str(escape(part["title"])) for part in parts) in shown
    assert "<b" not in shown
    assert "<hr>NoneNone0last".replace("NoneNone", "None") in shown


@pytest.mark.parametrize("wrong", ["{{ view.titel }}", "{{ titel }}", "{{ view.sub.title }}"])
def test_an_unknown_name_is_an_error(theme, wrong):
    (theme / "page.html").write_text(wrong)
    with pytest.raises(UndefinedError):
        rendered(theme, {"title": "x"})


def test_a_macro_takes_no_more_than_it_names(theme):
    (theme / "page.html").write_text('{% import "macros.html" as m %}{{ m.twice(view, 1) }}')
    with pytest.raises(TypeError):
        rendered(theme, {"title": "x"})


def test_a_value_of_a_view_may_be_called_as_a_method_of_dictionaries_is(tmp_path):
    (tmp_path / "page.html").write_text("{{ view.items }} {{ view.keys | length }}")
    assert rendered(tmp_path, {"items": "<hai>", "keys": [1, 2]}) == "&lt;hai&gt; 2"
