"""Text in the fonts of the 1990s: TCVN3 (.VnTime …) and VNI keep Vietnamese letters at other codes.

Which letters they are only the font tells: ¹ is itself in Times New Roman and ạ in .VnTime. TCVN3 is
TCVN 5712:1993, VN1, which glibc knows as TCVN5712-1; VNI-Windows puts a mark behind its vowel. The ư of
TCVN3 has the code of the soft hyphen: whoever takes hyphens out decodes first.
"""

import re
import unicodedata

# What stands at the codes A1 to FE, in order.
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤ"
    "ỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
)
_TCVN3 = dict(zip(range(0xA1, 0xFF), _TCVN3_LETTERS, strict=True))
# What a mark adds to the vowel before it, in combining letters.
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_ROUND, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _ROUND, "á": _ROUND + _ACUTE, "à": _ROUND + _GRAVE, "å": _ROUND + _HOOK,
    "ã": _ROUND + _TILDE, "ä": _ROUND + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_MARKS |= {mark.upper(): added for mark, added in _VNI_MARKS.items()}
_VNI_LETTERS = {
    "ö": "ư",
    "ô": "ơ",
    "ñ": "đ",
    "î": "ỵ",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "í": "í",
    "ì": "ì",
}
_VNI_LETTERS |= {code.upper(): letter.upper() for code, letter in _VNI_LETTERS.items()}
_VNI = re.compile(
    "(?P<vowel>[aeouyöô])(?P<mark>[øùûõï])|(?P<round>[aeo])(?P<roof>[âáàåãä])"
    "|(?P<a>a)(?P<bowl>[êéèúüë])|(?P<letter>[öôñîæóòíì])",
    re.IGNORECASE,
)


def decoder(font: str) -> str:
    """How text in `font` is coded: "tcvn3", "tcvn3-capitals", "vni", or "" for plain Unicode."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return "tcvn3-capitals" if name.endswith("h") else "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else ""


def decode(text: str, coding: str) -> str:
    """`text`, coded as `decoder` says, in Unicode (NFC)."""
    if coding.startswith("tcvn3"):
        found = text.translate(_TCVN3)
        found = found.upper() if coding == "tcvn3-capitals" else found
    elif coding == "vni":
        found = _VNI.sub(_letter, text)
    else:
        return text
    return unicodedata.normalize("NFC", found)


def marks_at_start(before: str, after: str, coding: str) -> int:
    """How many letters at the start of `after` belong to the last letter of `before`."""
    if coding != "vni" or not before or not after:
        return 0
    last = _VNI.search(before[-1] + after[0])
    return int(last is not None and len(last[0]) == 2)


def _letter(match: re.Match[str]) -> str:
    if letter := match["letter"]:
        return _VNI_LETTERS[letter]
    vowel = match["vowel"] or match["round"] or match["a"]
    mark = match["mark"] or match["roof"] or match["bowl"]
    return _VNI_LETTERS.get(vowel, vowel) + _VNI_MARKS[mark]
