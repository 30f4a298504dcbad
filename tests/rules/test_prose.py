"""What rules see of a body is what its page shows: neither is blind where the other is not."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.records.body.blocks import Shape
from kehoach.records.body.nesting import ITEMS
from kehoach.records.body.rendering import render, render_prose
from kehoach.records.document import Document, Guide
from kehoach.records.plan import Plan
from kehoach.records.source import Parsed
from kehoach.rules.prose import blocks, lines_in_fences, prose

WORD = re.compile(r"w\d+")
URL = re.compile(r"https?://\S+")


class Shown(HTMLParser):
    """The words of a page, apart from code, and of each item of a list how deep it stands and the first
    word in it."""

    def __init__(self) -> None:
        super().__init__()
        self.code = 0
        self.depth = 0
        self.words: list[str] = []
        self.items: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag == "code"
        if tag == "li":
            self.depth += 1
            self.items.append((self.depth, ""))
        self.words += WORD.findall(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "code"
        self.depth -= tag == "li"

    def handle_data(self, data: str) -> None:
        if not self.code:
            found = WORD.findall(URL.sub("", data))
            self.words += found
            if found and self.items and not self.items[-1][1]:
                self.items[-1] = (self.items[-1][0], found[0])


def document(body: str, model: type[Document]) -> Document:
    made = model.model_construct(title="x")
    made.attach(Parsed("content/x.md", text=f"---\n---\n{body}", body=body, body_line=3), "x/")
    return made


def shown(body: str, model: type[Document]) -> Shown:
    """The page of `body`."""
    page = render(body, abbreviations={}) if model.signed else render_prose(body, abbreviations={})
    reader = Shown()
    reader.feed("".join((page.html, getattr(page, "annexes", ""))))
    return reader


PIECES = st.lists(
    st.sampled_from(
        [
            *("```", "~~~", "````", "``` yaml", "<!--", "-->", "<!-- W -->", "`W`", "``", "`"),
            *("- W", "+ W", "1. W", "I. W", "a) W", "## W", "> W", "> ```", "> `W", "| W | `W` |"),
            *("|---|---|", "W", "W `W` W", "W <!-- W --> W", "<b>W</b>", "<div>W</div>", "<p>"),
            *("  - W", "    - W", "      + W", "   2. W", "2) W", "    W", "        W", "    > W"),
            *("      W `W", "!!! note", '    === "W"', "    ```", "- ", "* `W", "    | W | W |"),
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
    assert sorted(seen) == sorted(shown(body, model).words), body


LISTS = st.lists(
    st.builds(
        lambda indent, mark: f"{' ' * indent}{mark}" if mark else "",
        st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 8, 10]),
        st.sampled_from(
            ["", "", "W", "- W", "- W", "* W", "1. W", "2. W", "3) W", "12. W", "!!! note"]
        ),
    ),
    max_size=12,
)


@given(lines=LISTS)
def test_a_rule_sees_the_lists_that_the_page_shows(lines: list[str]) -> None:
    body = numbered(lines)
    seen = [
        (1 + sum(one in ITEMS for one in block.inside), WORD.findall(block.text)[0])
        for block in blocks(document(body, Guide))
        if block.shape is Shape.ITEM
    ]
    assert seen == shown(body, Guide).items, body


def test_of_code_what_stands_between_fences_is_left_to_its_author() -> None:
    """An indent may have been pasted with what it makes code, as the mark "•" that follows it."""
    body = "```\na\n```\n\n    • b\n\n- c\n  ~~~\n  d\n\n  ~~~\n"
    assert lines_in_fences(document(body, Guide)) == {3, 4, 5, 10, 11, 12, 13}
