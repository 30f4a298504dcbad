"""Vietnamese text: how two spellings are told to be the same, and how an address is made."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath

# Both placements of the tone are correct Vietnamese ("hoà", "hòa"); the older one is the key here.
_OPEN_SYLLABLE = re.compile(
    r"(?<![qQ])(?P<first>[ouOU])(?P<second>[aeyAEY])(?P<tone>[\u0300\u0301\u0303\u0309\u0323])(?![^\W\d_])"
)


def capital(text: str) -> str:
    """`text` with its first letter in upper case, the rest as it stands."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=20_000)
def canonical(text: str) -> str:
    """`text` in NFC, lower case, one tone placement, single spaces: equal for equal spellings."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    placed = _OPEN_SYLLABLE.sub(r"\g<first>\g<tone>\g<second>", decomposed)
    return " ".join(unicodedata.normalize("NFC", placed).split())


def fold(text: str) -> str:
    """`text` as a hurried reader types it: lower case, without tone or vowel marks, đ as d."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.split())


# The Vietnamese alphabet, and the order of the tones in dictionaries: none, ` ? ~ ´ .
_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_TONE = re.compile("[\u0300\u0309\u0303\u0301\u0323]")


@lru_cache(maxsize=20_000)
def alphabetical(text: str) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...], str]:
    """Sorting key of the Vietnamese alphabet (a ă â b c d đ e ê …), of equal letters by tone."""
    decomposed = unicodedata.normalize("NFD", canonical(text))
    tones = tuple(_TONES.get(mark, 0) for mark in decomposed if mark in _TONES or mark.isalpha())
    bare = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    # What is no letter comes before letters, as a space before what goes on.
    return tuple((_ALPHABET.get(sign, -1), sign) for sign in bare), tones, text


def letters(text: str) -> str:
    """The letters and digits of `text` alone: equal for texts that differ in case, dashes or spacing."""
    return "".join(letter for letter in canonical(text) if letter.isalnum())


def slug(text: str) -> str:
    """`text` as a part of an address: [a-z0-9-], đ as d ("Địa điểm" gives "dia-diem")."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` was most likely meant to be, or None when none is close."""
    folded = {fold(choice): choice for choice in choices}
    close = difflib.get_close_matches(fold(word), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def nearest_path(path: str, choices: Iterable[str]) -> str | None:
    """The same of paths: by the name at their end, and of equal names by all that stands before."""
    named: dict[str, list[str]] = {}
    for choice in choices:
        named.setdefault(fold(PurePosixPath(choice).stem), []).append(choice)
    close = difflib.get_close_matches(fold(PurePosixPath(path).stem), named, n=1, cutoff=0.6)
    if not close:
        return None
    return difflib.get_close_matches(path, named[close[0]], n=1, cutoff=0)[0]
