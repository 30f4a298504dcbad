"""Formulas (ECMA-376 part 1, 22.1) on one line, as people type them: (a + b)/c, x^2, √(y)."""

from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BETWEEN = {"f": "/", "sSup": "^", "sSub": "_", "sSubSup": "_", "func": " ", "m": "; ", "mr": " "}


def line(formula: etree._Element) -> str:
    """The letters of `formula` in order; a part of more than one sign stands in brackets."""
    if formula.tag == f"{M}t":
        return formula.text or ""
    name = etree.QName(formula).localname if isinstance(formula.tag, str) else ""
    parts = [part for child in formula if (part := line(child))]
    if name == "rad":
        degree = f"[{parts[0]}]" if len(parts) > 1 else ""
        return f"√{degree}({parts[-1]})" if parts else ""
    if name == "nary":
        sign = formula.find(f"{M}naryPr/{M}chr")
        return " ".join([sign.get(f"{M}val", "∫") if sign is not None else "∫", *parts])
    if name == "d":
        return f"({', '.join(parts)})"
    if name in ("m", "mr", "func"):
        return _BETWEEN[name].join(parts)
    if name in _BETWEEN:
        return _BETWEEN[name].join(map(_held, parts))
    return "".join(parts)


def _held(part: str) -> str:
    return part if part.isalnum() or part[:1] == "(" else f"({part})"
