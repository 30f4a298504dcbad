"""Text within XML, as the standard library's `xml.sax.saxutils` writes it; that imports an HTTP client."""

from html import escape as _escape

_WHITE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escape(text: str) -> str:
    """`text` between tags."""
    return _escape(text, quote=False)


def quoted(text: str) -> str:
    """`text` as the value of an attribute, its quotes included."""
    text = escape(text).translate(_WHITE)
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else f'"{text.replace(chr(34), "&quot;")}"'
