"""The layout around pages: rendered once a section, then joined with each page's own part.

`theme/main.html` sees `layout` as tokens (private-use characters that no content holds, see `fill`);
the rendered text is cut at the tokens, so that a page costs one join.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kehoach.hashing import digest

FIELDS = ("title", "description", "head", "content")
_INDENT = re.compile(r"\n\s+")  # of the templates, whose tags are further in the deeper they stand
_TOKEN = re.compile("\ue000([a-z]+)\ue001")


def token(name: str) -> str:
    return f"\ue000{name}\ue001"


@dataclass(frozen=True)
class Layout:
    """One section's layout, cut at its tokens: text, field name, text, field name, … text."""

    pieces: tuple[str, ...]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the layout."""
        return digest(*(piece.encode() for piece in self.pieces))

    @classmethod
    def render(cls, template: Callable[..., str], section: str, **context: object) -> "Layout":
        """The layout of `section`; `template` is the render function of main.html."""
        fields = {name: token(name) for name in FIELDS} | {"section": section}
        text = template(layout=fields, base_url=token("base"), page=None, **context)
        return cls(tuple(_TOKEN.split(_INDENT.sub("\n", text))))

    def fill(self, **fields: str) -> str:
        """The whole page. `title` and `description` are text, `head` and `content` HTML; `base` leads to the root."""
        values = fields | {name: html.escape(fields[name]) for name in ("title", "description")}
        pieces = list(self.pieces)
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return "".join(pieces)
