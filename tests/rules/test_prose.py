"""What rules see of a body is what its page shows: neither is blind where the other is not."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.records.body.rendering import render, render_prose
from kehoach.records.document import Document, Guide
from kehoach.records.plan import Plan
from kehoach.records.source import Parsed
from kehoach.rules.prose import prose

WORD = re.compile(r"w\d+")
URL = re.compile(r"https?://\S+")


class Shown(HTMLParser):
    """The words of a page, apart from code."""

    def __init__(self) -> None:
        super().__init__()
        self.code = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag == "code"
        self.words += WORD.findall(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "code"

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.words += WORD.findall(URL.sub("", data))


def document(body: str, model: type[Document]) -> Document:
    made = model.model_construct(title="x")
    made.attach(Parsed("content/x.md", text=f"---\n---\n{body}", body=body, body_line=3), "x/")
    return made


def shown(body: str, model: type[Document]) -> list[str]:
    """The words of the page of `body`."""
    page = render(body, abbreviations={}) if model.signed else render_prose(body, abbreviations={})
    reader = Shown()
    reader.feed("".join((page.html, getattr(page, "annexes", ""))))
    return reader.words


PIECES = st.lists(
    st.sampled_from(
        [
            *("```", "~~~", "````", "``` yaml", "<!--", "-->", "<!-- W -->", "`W`", "``", "`"),
            *("- W", "+ W", "1. W", "I. W", "a) W", "## W", "> W", "> ```", "> `W", "| W | `W` |"),
            *("|---|---|", "W", "W `W` W", "W <!-- W --> W", "<b>W</b>", "<div>W</div>", "<p>"),
            *("[W](https://so.vn/W)", "[W](<W W>)", "![W](W.png)", "[^1]", "[^1]: W `W`", "<W>"),
            *(
                "  ```",
                "   W",
                "\\`W\\`",
                "W\\",
                "",
                "",
                "",
                "<pre>",
                "</pre>",
                "<b W",
                "<? W",
                "<!-->",
                "W --!>",
                "<!W",
                "</ W>",
                "&lt;W",
                "Căn cứ W;",
            ),
        ]
    ),
    max_size=12,
)


def numbered(lines: list[str]) -> str:
    """The lines as one body, in which each W is a word of its own."""
    parts = "\n".join(lines).split("W")
    return "".join(f"{part}w{at}" for at, part in enumerate(parts[:-1])) + parts[-1]


@pytest.mark.parametrize("model", [Plan, Guide])
@given(lines=PIECES)
def test_a_rule_sees_the_words_that_the_page_shows(model: type[Document], lines: list[str]) -> None:
    body = numbered(lines)
    seen = WORD.findall(prose(document(body, model)))
    assert sorted(seen) == sorted(shown(body, model)), body
