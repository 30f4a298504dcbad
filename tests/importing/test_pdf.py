"""PDFs: pictures at their places, and pages that were scanned under a layer of letters."""

from io import BytesIO

import pytest
import typst
from PIL import Image

from importing import plans
from importing.test_other_formats import drafted
from kehoach.importing import reading
from kehoach.importing.manuscript import Paragraph
from kehoach.records.library import Library


@pytest.fixture(scope="module")
def sample(root) -> Library:
    return plans.library(root)


def compiled(tmp_path, source: str):
    """A PDF of the Typst `source`, which may show a.png, a red picture."""
    Image.new("RGB", (40, 20), (255, 0, 0)).save(tmp_path / "a.png")
    (tmp_path / "x.typ").write_text(source)
    path = tmp_path / "x.pdf"
    path.write_bytes(typst.compile(str(tmp_path / "x.typ")))
    return path


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of `objects`, the first of which is its catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, inner in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, inner)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF"
    )
    return body + end % (len(objects) + 1, table, len(objects) + 1, len(body))


def written(path, lines: list[tuple[str, str]]):
    """A PDF by hand: `lines` of a font and of codes in Latin-1."""
    fonts = list(dict.fromkeys(font for font, _ in lines))
    shown = b"".join(
        b"BT /F%d 14 Tf 72 %d Td (%s) Tj ET\n"
        % (fonts.index(font), 760 - 24 * at, codes.encode("latin-1"))
        for at, (font, codes) in enumerate(lines)
    )
    # Each code is the character of its number, as Word writes letters of such fonts.
    codes = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    codes += b"1 beginbfrange <00> <FF> <0000> endbfrange endcmap"
    named = b"".join(
        b"/F%d<</Type/Font/Subtype/TrueType/BaseFont/%s/ToUnicode 5 0 R/FontDescriptor<<"
        b"/Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[0 0 1000 1000]>>/FirstChar 0/LastChar 255"
        b"/Widths[%s]>>" % (at, font.encode(), font.encode(), b"500 " * 256)
        for at, font in enumerate(fonts)
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<<%s>>>>>>"
        % named,
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Length %d>>stream\n%s\nendstream" % (len(codes), codes),
    ]
    path.write_bytes(pdf_of(objects))
    return path


def test_letters_of_old_fonts_are_decoded_by_the_name_of_the_font(tmp_path, sample):
    lines = [
        ("ABCDEF+.VnTimeH", "kÕ ho¹ch"),
        (".VnTime", "Tæ chøc héi th¶o vÒ l\u00adu tr÷ hå s¬ n¨m 2009"),
        ("VNI-Times", "1. Keá hoaïch cuûa Sôû naøy ñöôïc gôûi ñeán caùc ñôn vò."),
        ("TimesNewRoman", "2. 1 + 1 ¹ 2"),
    ]
    found = reading.read(written(tmp_path / "x.pdf", lines))
    _, proved = drafted(found, sample)
    assert [paragraph.line for paragraph in found.manuscript.paragraphs()] == [
        "KẾ HOẠCH",
        "Tổ chức hội thảo về lưu trữ hồ sơ năm 2009",
        "1. Kế hoạch của Sở này được gởi đến các đơn vị.",
        "2. 1 + 1 ¹ 2",
    ]
    assert proved.holds, (proved.missing, proved.added)


LINES = "Dòng chữ của văn bản, đủ dài để trang này không phải là một tấm hình. "


def test_pictures_come_along_at_their_places(tmp_path, sample):
    source = f'#set page("a4")\nI. NỘI DUNG\n\n{LINES}\n\n#image("a.png", width: 6cm)\n\n1. {LINES}'
    found = reading.read(compiled(tmp_path, source))
    draft, proved = drafted(found, sample)
    assert proved.holds
    [name] = draft.files
    with Image.open(BytesIO(draft.files[name])) as image:
        assert image.width / image.height == pytest.approx(2, abs=0.05)
        assert image.getpixel((image.width // 2, image.height // 2)) == (255, 0, 0)
    before, behind = draft.body.split(f"({name.rsplit('/')[-1]})")
    assert before.rstrip("]").endswith("![Hình trong văn bản, chưa có lời mô tả")
    assert behind.lstrip().startswith("1. Dòng chữ")


def test_a_picture_where_it_is_signed_is_listed(tmp_path, sample):
    source = f'#set page("a4")\nTHÔNG BÁO\n\nThử việc\n\n1. {LINES}\n\nNơi nhận:\n\n- Lưu: VT.\n\n'
    source = source.replace("- Lưu", "\\- Lưu")
    source += 'GIÁM ĐỐC\n\n#image("a.png", width: 3cm)\n\nNguyễn Văn An'
    found = reading.read(compiled(tmp_path, source))
    draft, proved = drafted(found, sample)
    assert proved.holds
    assert draft.files == {}
    assert draft.values["signer"] == {"title": "GIÁM ĐỐC", "name": "Nguyễn Văn An"}


def test_a_scan_with_a_layer_of_letters_proves_nothing(tmp_path, sample):
    source = f'#set page("a4", margin: 1cm, background: image("a.png", width: 100%, height: 100%))\n{LINES}'
    found = reading.read(compiled(tmp_path, source))
    draft, _ = drafted(found, sample)
    assert draft.values["unverified"] == "bản quét do máy đọc"
    [picture] = draft.files.values()
    assert picture.startswith(b"\xff\xd8")
    first = found.manuscript.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.line == LINES.strip()
