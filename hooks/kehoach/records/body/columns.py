"""How the columns of a table stand where its author does not say: order numbers centred, amounts right."""

import re
from xml.etree.ElementTree import Element

_ORDER = {"stt", "tt", "số tt", "số thứ tự"}
_AMOUNT = re.compile(r"[-+]?\d[\d.,\s]*%?")


def align(table: Element) -> None:
    """Give the cells of `table`, as Python-Markdown makes it, the `align` of their columns."""
    heads = table.findall("thead/tr/th")
    rows = [row.findall("td") for row in table.findall("tbody/tr")]
    for place, head in enumerate(heads):
        column = [row[place] for row in rows if place < len(row)]
        if any(cell.get("align") for cell in (head, *column)):
            continue
        words = [_words(cell) for cell in column]
        if _words(head).casefold().rstrip(".") in _ORDER:
            side = "center"
        elif any(words) and all(_AMOUNT.fullmatch(text) for text in words if text):
            side = "right"
        else:
            continue
        for cell in column:
            cell.set("align", side)


def _words(cell: Element) -> str:
    return (cell.text or "").replace("*", "").replace("_", "").strip()
