"""A page that somebody scanned, dust and all: read, mended, and never taken for proved."""

from difflib import SequenceMatcher

import pytest
from PIL import Image

from importing.scans import scanned
from importing.test_other_formats import drafted
from kehoach.building.shelf import read_library
from kehoach.importing import reading
from kehoach.importing.layout import Blocks
from kehoach.importing.manuscript import Manuscript, Paragraph, Run
from kehoach.importing.problem import ImportProblem
from kehoach.importing.scan import is_vietnamese, with_numbers_mended
from kehoach.prints import documents
from prints.test_word import SITE


@pytest.mark.heavy
def test_a_noisy_scan_is_a_draft_with_its_pages_beside_it(root, tmp_path):
    library = read_library(root / "content")
    plan = next(plan for plan in library.plans if plan.slug == "ngay-khcn-quang-ngai")
    pdf = documents.draw(documents.data(plan, library, SITE), {})
    scanned(pdf, dpi=200, noisy=True).save(tmp_path / "x.png")
    found = reading.read(tmp_path / "x.png")
    draft, _ = drafted(found, library)
    read = " ".join(paragraph.text for paragraph in found.manuscript.paragraphs()).split()
    signed = plan.body.replace("#", "").split()[:150]
    same = sum(
        block.size
        for block in SequenceMatcher(None, signed, read, autojunk=False).get_matching_blocks()
    )
    assert same / len(signed) > 0.93
    assert draft.values["status"] == "draft"
    assert draft.values["unverified"] == "bản quét do máy đọc"
    [name] = draft.files
    assert draft.files[name].startswith(b"\xff\xd8")
    assert f"![Trang 1 của bản quét]({name.rsplit('/')[-1]})" in draft.body
    assert "## I. MỤC ĐÍCH, YÊU CẦU" in draft.body


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        (["I. A", "II. B", "III. C"], ["I. A", "II. B", "III. C"]),
        (["L. A", "II. B", "lII. C"], ["I. A", "II. B", "III. C"]),
        (["I. A", "II. B", "III. C", "IV. D", "V. E", "VI. F", "VII. G", "VHI. H"], "VIII. H"),
        (["I. A", "L. Bê tông"], ["I. A", "L. Bê tông"]),
    ],
)
def test_roman_numbers_are_mended_by_their_order(read, mended):
    found = Manuscript(blocks=[Paragraph((Run(text),)) for text in read])
    texts = [block.line for block in with_numbers_mended(found)]
    assert texts[-1] == mended if isinstance(mended, str) else texts == mended
    assert len(found.remarks) == sum(one != other for one, other in zip(read, texts, strict=True))


@pytest.mark.parametrize(
    "word", ["nghiệp", "Quyết", "hoạt", "UBND", "KH&CN", "ưu", "khuếch", "2022,"]
)
def test_vietnamese_syllables(word):
    assert is_vietnamese(word)


@pytest.mark.parametrize("word", ["nghệệ", "đấyx", "zx", "kếế"])
def test_what_is_no_syllable(word):
    assert not is_vietnamese(word)


def test_without_tesseract_the_packages_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    Image.new("L", (10, 10)).save(tmp_path / "x.png")
    with pytest.raises(ImportProblem, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        reading.read(tmp_path / "x.png")


def test_the_layout_of_no_lines_is_no_paragraph():
    found = Manuscript()
    Blocks(found, 12.0).close()
    assert found.blocks == []
