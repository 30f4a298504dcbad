"""The Markdown that our Word files carry beside what they show.

A custom XML part (ECMA-376 part 1, 22.5) holds the text of the file in `content/`, its path, and a
digest of the letters that the Word file showed when it was made. While the letters are the same, the
file still says what its Markdown says.
"""

import hashlib
import html
import re
import unicodedata
from typing import NamedTuple

from kehoach.xml_text import escape, quoted

NAMESPACE = "urn:kehoach:source"
TAG = f"{{{NAMESPACE}}}text"
_LETTERS = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")


class Carried(NamedTuple):
    """The Markdown of a document, where it stands in `content/`, and what its Word file showed."""

    text: str
    file: str
    digest: str


def part(carried: Carried) -> str:
    """The custom XML part that holds `carried`."""
    told = f"file={quoted(carried.file)} digest={quoted(carried.digest)}"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<text xmlns="{NAMESPACE}" {told}>{escape(carried.text)}</text>'


def digest(*parts: str) -> str:
    """A hash of the letters of the WordprocessingML `parts`, in order, white space apart."""
    letters = (html.unescape(found) for part in parts for found in _LETTERS.findall(part))
    shown = "".join("".join(letters).split())
    return hashlib.sha256(unicodedata.normalize("NFC", shown).encode()).hexdigest()[:32]
