"""Content lines of RFC 5545: text in, folded octets out."""

from collections.abc import Iterable

# RFC 5545 §3.1: at most 75 octets without the line break. What a fold carries on begins with the
# space that marks it, so 74 are its own; the first line takes no more than the others.
_LIMIT = 74
_FOLD = b"\r\n "
_END = b"\r\n"


def escaped(text: str) -> str:
    r"""`text` as a value of the type TEXT (RFC 5545 §3.3.11).

    A backslash goes before backslash, semicolon and comma, and a line end, however it is written,
    is `\n`. Nothing else is escaped: a colon, a quotation mark and every other letter stand as
    they are.
    """
    return (
        text.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\r\n", "\\n")
        .replace("\n", "\\n")
        .replace("\r", "\\n")
    )


def folded(lines: Iterable[str]) -> bytes:
    """`lines` (name, parameters, value; without line breaks) as UTF-8, each ended by CRLF."""
    return b"".join([_folded(line.encode()) for line in lines])


def _folded(line: bytes) -> bytes:
    """One line, broken wherever it grows too long (RFC 5545 §3.1), never inside a letter.

    Nor is it broken behind a backslash or a caret that stands alone: readers that unfold late would
    take the escaped letter (§3.3.11; RFC 6868 §3.1 for the caret) for one of its own.
    """
    if len(line) <= _LIMIT:
        return line + _END
    pieces, start = [], 0
    while len(line) - start > _LIMIT:
        end = start + _LIMIT
        while line[end] & 0xC0 == 0x80:  # the later octets of a letter (RFC 3629 §3)
            end -= 1
        if line[end - 1] in b"\\^":
            end -= 1
        pieces.append(line[start:end])
        start = end
    pieces.append(line[start:])
    return _FOLD.join(pieces) + _END
