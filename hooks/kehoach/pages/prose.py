"""Bodies as they stand on a page: rendered, with links that lead where the author meant."""

import html
import re
from functools import partial
from urllib.parse import quote, unquote, urlsplit

from kehoach.pages.parts import Book
from kehoach.pages.reaching import linked_html
from kehoach.records.addresses import landing, target_of
from kehoach.records.body import Mention
from kehoach.records.body.rendering import Rendered, render, render_prose
from kehoach.records.document import Document
from kehoach.records.plan import Plan
from kehoach.records.relations import CITATION, citation

_LINK = re.compile(r'(<(?:a|img)\b[^>]*? (?:href|src)=")([^"#:][^":]*)(")')
# A tag, what is linked or code already, or text between tags.
_TEXT = re.compile(r"<(a|code|pre)\b.*?</\1>|<[^>]+>|[^<]+", re.DOTALL)
# What is wider than a phone scrolls by itself, by keyboard too.
_WIDE = (
    (re.compile(r"<pre>"), '<pre tabindex="0">'),
    (
        re.compile(r"<table>.*?</table>", re.DOTALL),
        r'<div class="table-wrap" role="group" aria-label="Bảng" tabindex="0">\g<0></div>',
    ),
)


def _cited(book: Book, plan: Plan, root: str, piece: re.Match[str]) -> str:
    """A piece of a page with links on the documents that it cites, where exactly one is meant."""
    if piece[0].startswith("<") or "/" not in piece[0]:  # which every number has
        return piece[0]

    def linked(match: re.Match[str]) -> str:
        other = book.library.cited(citation(match))
        if other is None or other is plan:
            return match[0]
        address = html.escape(root + quote(other.address))
        number, behind = match["number"], match[0][len(match["number"]) :]
        return f'<a class="cited" href="{address}">{number}</a>{behind}'

    return CITATION.sub(linked, piece[0])


def body(book: Book, document: Document) -> Rendered:
    """The body of `document` as HTML; links written by file or by address are relative to its page."""
    known = {"abbreviations": book.library.abbreviations}
    if document.signed:
        rendered = render(document.body, **known, outline=document.outline)
    else:
        rendered = render_prose(document.body, **known)
    root = "../" * document.address.count("/") or "./"

    def lead(match: re.Match[str]) -> str:
        before, written, after = match.groups()
        parts = urlsplit(html.unescape(written))
        target = target_of(Mention(html.unescape(written), "", 0, 0), document)
        address = landing(target, book.library) if target and target.file else None
        if address is None and parts.path.startswith("/"):
            address = unquote(parts.path).lstrip("/")  # a file that is made, as /lich.ics
        as_written = parts.path.endswith("/") and not parts.path.startswith("/")
        if address is None or (as_written and target and address == target.addresses[0]):
            return match[0]  # it leads there from the page as it stands
        tail = (f"?{parts.query}" if parts.query else "") + (
            f"#{parts.fragment}" if parts.fragment else ""
        )
        return before + html.escape(root + quote(address) + tail) + after

    cite = partial(_cited, book, document, root) if isinstance(document, Plan) else None

    def placed(markup: str) -> str:
        markup = _LINK.sub(lead, markup)
        if cite and CITATION.search(markup):
            markup = _TEXT.sub(cite, markup)
        for wide, scrolling in _WIDE:
            markup = wide.sub(scrolling, markup)
        return linked_html(markup)

    return rendered._replace(html=placed(rendered.html), annexes=placed(rendered.annexes))
