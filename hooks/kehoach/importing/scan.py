"""A scan as a manuscript: pages as pictures, read by tesseract with its Vietnamese letters.

What a machine reads from a picture proves nothing: words that it doubts, or that are no Vietnamese
syllables, are marked, numbers are mended by their order only, and somebody has to look.
"""

import csv
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageFilter, ImageOps

from kehoach.importing.guarded import guarded
from kehoach.importing.layout import Blocks, Page, in_columns, lines_of
from kehoach.importing.manuscript import LeftOut, Manuscript, Paragraph, Run
from kehoach.importing.numbering import spelled
from kehoach.importing.problem import ImportProblem
from kehoach.records.body.numbers import Kind, number_at_start

PROGRAM = "tesseract"
PACKAGES = "tesseract-ocr tesseract-ocr-vie"
MAX_PAGES = 100
_DPI = 200
_SHOWN_DPI = 100  # of the pictures beside the text
_MAX_DOTS = 120_000_000
_SECONDS = 180  # for one page
_SURE = 80  # of 100, by tesseract's own judgement
_SHEET = 8.27 * _DPI  # dots across A4
# A syllable (Nguyễn Tài Cẩn): onset, vowels with a tone, end.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"(?:[aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]{1,3})"
    r"(?:ch|ng|nh|[cmnpt])?",
    re.I,
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN_LIKE = re.compile(r"(?P<read>[IVXLHTiíìvxl1|!]{1,6})[.,:]\s+(?=[A-ZĐÀ-Ỹ])")


def read(path: Path) -> Manuscript:
    """The manuscript of the scan at `path`, PDF or picture. Raises ImportProblem."""
    _check_program()
    return guarded(_read, path, name=path.name, seconds=3600)


def _check_program() -> None:
    if shutil.which(PROGRAM) is None:
        raise ImportProblem(
            f"đọc bản quét cần tesseract; trên Debian, Ubuntu: apt-get install {PACKAGES}"
        )
    told = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, check=False)
    if "vie" not in told.stdout.split():
        raise ImportProblem(
            f"tesseract chưa có tiếng Việt; trên Debian, Ubuntu: apt-get install {PACKAGES}"
        )


def _read(path: Path) -> Manuscript:
    found = Manuscript(has_looks=False, scanned=True)
    blocks = Blocks(found, 0.0)
    for number, image in enumerate(_images(path), 1):
        found.pages.append(_shown(image))
        words = _words(image)
        page = Page(number, float(image.width), float(image.height))
        words = list(_without_specks(words, found))
        page.lines = in_columns(list(lines_of(words, number)), page.width)
        for word in words:
            word["doubtful"] = word["sure"] < _SURE or not is_vietnamese(word["text"])
            found.uncertain += [word["text"]] * word["doubtful"]
        blocks.add(page)
        blocks.close()
    if not found.blocks:
        raise ImportProblem(f"{path.name}: không đọc được chữ nào; hãy quét lại rõ hơn, 300 dpi")
    found.blocks = with_numbers_mended(found)
    return found


def _images(path: Path) -> Any:
    """The pages as pictures with black text, about 200 dots an inch."""
    Image.MAX_IMAGE_PIXELS = _MAX_DOTS
    if path.suffix.lower() == ".pdf":
        try:
            pdf = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            raise ImportProblem(f"{path.name} hỏng hoặc có mật khẩu; không đọc") from None
        if len(pdf) > MAX_PAGES:
            raise ImportProblem(
                f"{path.name} có {len(pdf)} trang quét, quá {MAX_PAGES}; hãy tách tệp"
            )
        for page in pdf:
            scale = min(_DPI / 72, 4_000 / max(page.get_width(), page.get_height(), 1))
            yield page.render(scale=scale, grayscale=True).to_pil()
        return
    try:
        with Image.open(path) as image:
            for frame in range(min(getattr(image, "n_frames", 1), MAX_PAGES)):
                image.seek(frame)
                upright = ImageOps.exif_transpose(image).convert("L")
                if upright.width < _SHEET * 0.7:
                    upright = upright.resize((upright.width * 2, upright.height * 2))
                yield upright
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ImportProblem(f"{path.name} không phải ảnh đọc được, hoặc quá lớn") from None


def _shown(image: Image.Image) -> bytes:
    """The picture that stands beside the text: a JPEG of some 100 dots an inch."""
    width = min(image.width, int(8.27 * _SHOWN_DPI))
    small = image.resize((width, round(image.height * width / image.width)))
    out = BytesIO()
    small.save(out, "JPEG", quality=60, optimize=True)
    return out.getvalue()


def _words(image: Image.Image) -> list[dict[str, Any]]:
    """The words of a page at their places, each with tesseract's confidence."""
    with tempfile.TemporaryDirectory(prefix="kehoach-scan-") as folder:
        file = Path(folder) / "page.png"
        image.filter(ImageFilter.MedianFilter(3)).save(file)  # without the specks of a dusty glass
        command = [PROGRAM, str(file), "stdout", "-l", "vie", "--dpi", str(_DPI), "tsv"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise ImportProblem(f"tesseract đọc một trang quá {_SECONDS} giây, đã dừng") from None
    words = []
    for row in csv.DictReader(
        StringIO(done.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE
    ):
        text = (row.get("text") or "").strip()
        if not text:
            continue
        left, top, wide, high = (int(row[key]) for key in ("left", "top", "width", "height"))
        chars = [{"text": text, "size": round(high), "fontname": ""}]
        scale = 72 / _DPI
        words.append(
            {
                "text": text,
                "x0": left * scale,
                "x1": (left + wide) * scale,
                "top": top * scale,
                "bottom": (top + high) * scale,
                "chars": chars,
                "sure": float(row["conf"]),
            }
        )
    return words


def _without_specks(words: list[dict[str, Any]], found: Manuscript) -> Iterator[dict[str, Any]]:
    """`words` without what is no letter and of which the machine itself is not sure."""
    for word in words:
        bare = word["text"].strip("-–+*/()“”")
        if any(letter.isalnum() for letter in word["text"]) or (not bare or word["sure"] > _SURE):
            yield word
        else:
            found.left_out.append(LeftOut(word["text"], "vết trên ảnh"))


def is_vietnamese(text: str) -> bool:
    """Whether all of `text` may be Vietnamese: syllables, capitals of abbreviations, figures."""
    for word in _WORD.findall(text):
        tones = len(_TONES.findall(unicodedata.normalize("NFD", word)))
        if not (word.isupper() and tones == 0) and (tones > 1 or not _SYLLABLE.fullmatch(word)):
            return False
    return True


def with_numbers_mended(found: Manuscript) -> list[Any]:
    """Roman numbers that were misread ("VHI." behind "VII.") by their order; each is told."""
    blocks: list[Any] = []
    last = 0
    for block in found.blocks:
        if isinstance(block, Paragraph):
            number = number_at_start(block.text)
            wanted = spelled(last + 1, "upperRoman")
            if number and number[0].kind is Kind.ROMAN and number[0].ordinal == last + 1:
                last += 1
            elif (match := _ROMAN_LIKE.match(block.text)) and _alike(match["read"], wanted):
                text = f"{wanted}. {block.text[match.end() :]}"
                found.remarks.append(
                    f"số mục `{match[0].strip()}` đọc lại thành `{wanted}.` theo thứ tự"
                )
                block = Paragraph((Run(text),), centred=block.centred, page=block.page)
                last += 1
        blocks.append(block)
    return blocks


def _alike(read: str, wanted: str) -> bool:
    if read == wanted:
        return True
    flat = read.upper().replace("L", "I").replace("1", "I").replace("|", "I").replace("!", "I")
    flat = flat.replace("H", "II").replace("T", "I").replace("Í", "I").replace("Ì", "I")
    return flat == wanted or SequenceMatcher(None, flat, wanted).ratio() >= 0.8
