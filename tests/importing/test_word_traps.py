"""Traps of Word files: what is no plain text comes in or is listed, and the proof holds on it."""

import base64
import shutil
from io import BytesIO

import pytest
from PIL import Image

from importing import plans, word_files
from importing.test_other_formats import drafted
from importing.word_files import level, numbered, numbering, p, r
from kehoach.importing import reading, word, word_runs
from kehoach.importing.drafts import Draft
from kehoach.importing.manuscript import Manuscript, Table
from kehoach.importing.problem import ImportProblem
from kehoach.importing.proof import words, words_of
from kehoach.records.body import outline
from kehoach.records.library import Library

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(scope="module")
def sample(root) -> Library:
    return plans.library(root)


def related(identifier: str, kind: str, target: str, mode: str = "") -> str:
    outside = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"{outside}/>'


def drawn(identifier: str) -> str:
    return f'<w:r><w:drawing><a:blip r:embed="{identifier}"/></w:drawing></w:r>'


def field(instruction: str, *result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    told = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    shown = mark("separate") + "".join(result) if result else ""
    return mark("begin") + told + shown + mark("end")


def whole(path, sample) -> tuple[Manuscript, Draft]:
    """The manuscript and the draft of the file at `path`, whose proof must hold."""
    found = reading.read(path)
    draft, proved = drafted(found, sample)
    assert proved.holds, (proved.missing, proved.added, proved.numbers)
    return found.manuscript, draft


def left(found: Manuscript) -> list[tuple[str, str]]:
    return [(out.text, out.why) for out in found.left_out]


def test_pictures_come_along_and_those_that_cannot_are_told(tmp_path, sample):
    tiff = BytesIO()
    Image.new("L", (2, 2)).save(tiff, "TIFF")
    relations = related("a", "image", "media/1.png") + related("b", "image", "media/2.tif")
    relations += related("c", "image", "media/3.emf") + related("d", "image", "media/4.png")
    relations += related("e", "image", "http://127.0.0.1:9/5.png", "External")
    body = p("một ", drawn("a"), drawn("b"), drawn("c"), drawn("d"), drawn("e"), " hai")
    files = {"word/media/1.png": PNG, "word/media/2.tif": tiff.getvalue(), "word/media/3.emf": b"x"}
    path = word_files.write(tmp_path / "x.docx", body, files=files, relations=relations)
    found, draft = whole(path, sample)
    assert [content[:4] for content in draft.files.values()] == [b"\x89PNG", b"\x89PNG"]
    assert draft.body.count("](") == 2
    remarks = "\n".join(found.remarks)
    for name in ("3.emf là hình vẽ", "4.png không có trong tệp", "http://127.0.0.1:9/5.png"):
        assert name in remarks


def test_a_picture_in_a_note_is_that_of_the_note(tmp_path, sample):
    other = {
        "word/_rels/footnotes.xml.rels": "media/2.png",
        "word/_rels/header.xml.rels": "media/3.png",
    }
    files = {
        name: f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{related('a', 'image', target)}</Relationships>".encode()
        for name, target in other.items()
    }
    files |= {f"word/media/{at}.png": PNG + bytes([at]) for at in (1, 2, 3)}
    note = f'<w:footnote w:id="2">{p("xem hình ", drawn("a"))}</w:footnote>'
    body = p("có chú thích", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    parts = {"footnotes": note, "header": p("Đầu trang", drawn("a"))}
    relations = related("a", "image", "media/1.png")
    path = word_files.write(tmp_path / "x.docx", body, parts, files, relations)
    found, draft = whole(path, sample)
    assert list(draft.files.values()) == [PNG + b"\x02"]
    assert any("3.png ở đầu trang" in remark for remark in found.remarks)


def test_endnotes_beside_footnotes_and_notes_that_nobody_calls(tmp_path, sample):
    footnotes = f'<w:footnote w:id="2">{p("chân trang")}</w:footnote><w:footnote w:id="3">{p("bỏ")}</w:footnote>'
    endnotes = (
        f'<w:endnote w:id="2">{p("cuối bài", r(" đậm", "<w:b/>"))}{p("đoạn hai")}</w:endnote>'
    )
    gone = '<w:del w:id="9"><w:r><w:footnoteReference w:id="3"/></w:r></w:del>'
    body = p("một", '<w:r><w:footnoteReference w:id="2"/></w:r>', gone)
    body += p("hai", '<w:r><w:endnoteReference w:id="2"/></w:r>')
    path = word_files.write(
        tmp_path / "x.docx", body, {"footnotes": footnotes, "endnotes": endnotes}
    )
    found, draft = whole(path, sample)
    assert draft.body == (
        "một[^1]\n\nhai[^c1]\n\n[^1]: chân trang\n[^c1]: cuối bài **đậm** đoạn hai"
    )
    assert left(found) == [("bỏ", word.UNCALLED)]


def test_a_list_that_takes_its_levels_from_a_numbering_style(tmp_path):
    inner = (
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Muc"/>{level(0, "upperRoman", "%1.")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Muc"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = numbered("a", 0, 1) + numbered("b", 0, 2) + numbered("c", 0, 2)
    path = word_files.write(tmp_path / "x.docx", body, {"numbering": inner})
    assert [q.line for q in word.read(path).paragraphs()] == ["I. a", "II. b", "III. c"]


def test_an_empty_numbered_paragraph_has_its_number_on_paper_and_here(tmp_path):
    levels = level(0, "decimal", "%1.") + level(1, "bullet", "-")
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone += '<w:rPr><w:del w:id="1"/></w:rPr></w:pPr></w:p>'
    body = numbered("a", 0) + numbered("", 0) + numbered("", 1) + gone + numbered("b", 0)
    path = word_files.write(tmp_path / "x.docx", body, {"numbering": numbering(levels)})
    assert [q.line for q in word.read(path).paragraphs()] == ["1. a", "2.", "3. b"]


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("vietnameseCounting", ["mười chín.", "hai mươi.", "hai mươi mốt."]),
        ("lowerLetter", ["s.", "t.", "u."]),
        ("decimalZero", ["19.", "20.", "21."]),
        ("ordinalText", ["19.", "20.", "21."]),
    ],
)
def test_further_forms_of_numbers(tmp_path, form, labels):
    parts = {"numbering": numbering(level(0, form, "%1.", start=19))}
    path = word_files.write(tmp_path / "x.docx", "".join(numbered("x", 0) for _ in labels), parts)
    found = word.read(path)
    assert [q.label for q in found.paragraphs()] == labels
    assert any("ordinalText" in remark for remark in found.remarks) == (form == "ordinalText")


def test_charts_diagrams_formulas_and_word_art(tmp_path, sample):
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:cat><c:pt><c:v>Quý I</c:v>'
        "</c:pt></c:cat><c:val><c:pt><c:v>12</c:v></c:pt></c:val></c:chartSpace>"
    )
    diagram = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>Bước một</a:t></a:r></a:p>'
        "</dgm:dataModel>"
    )
    files = {"word/charts/chart1.xml": chart.encode(), "word/diagrams/data1.xml": diagram.encode()}
    relations = related("c", "chart", "charts/chart1.xml")
    relations += related("s", "diagramData", "diagrams/data1.xml")

    def math(inner: str) -> str:
        return "".join(f"<m:r><m:t>{part}</m:t></m:r>" for part in inner)

    fraction = f"<m:f><m:num>{math('ab')}</m:num><m:den>{math('c')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{math('x')}</m:e><m:sup>{math('2')}</m:sup></m:sSup>"
    root = f"<m:rad><m:deg/><m:e>{math('y')}</m:e></m:rad>"
    body = p("Số liệu ", '<w:r><w:drawing><c:chart xmlns:c="x" r:id="c"/></w:drawing></w:r>')
    body += p("K = ", f"<m:oMath>{fraction}{math('+')}{power}{math('+')}{root}</m:oMath>")
    body += p("Chữ ", '<w:r><w:pict><v:textpath string="DỰ THẢO"/></w:pict></w:r>')
    path = word_files.write(tmp_path / "x.docx", body, files=files, relations=relations)
    found, draft = whole(path, sample)
    assert draft.body == "Số liệu\n\nK = ab/c+x^2+√(y)\n\nChữ"
    assert left(found) == [
        ("DỰ THẢO", word_runs.DRAWN),
        ("Quý I", word.CHART),
        ("12", word.CHART),
        ("Bước một", word.CHART),
    ]
    told = "\n".join(found.remarks)
    for what in ("biểu đồ (chart1.xml)", "sơ đồ SmartArt (data1.xml)", "công thức"):
        assert what in told


def test_an_embedded_file_and_text_that_stands_elsewhere(tmp_path):
    ole = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/>'
    path = word_files.write(
        tmp_path / "x.docx", p("Bảng ", f"<w:r><w:object>{ole}</w:object></w:r>")
    )
    assert "Excel.Sheet.12" in word.read(path).remarks[0]
    chunk = related("k", "aFChunk", "chunk.html")
    files = {"word/chunk.html": b"<p>quan trong</p>"}
    path = word_files.write(tmp_path / "y.docx", p("x"), files=files, relations=chunk)
    with pytest.raises(ImportProblem, match="ghép thêm tệp khác"):
        word.read(path)


def test_text_boxes_of_a_header_count_once(tmp_path, sample):
    box = f"<w:txbxContent>{p('Trang 1')}</w:txbxContent>"
    header = p(
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    path = word_files.write(tmp_path / "x.docx", p("Nội dung"), {"header": header})
    found, _ = whole(path, sample)
    assert left(found) == [("Trang 1", word.HEADER)]


def test_signs_by_font_in_every_way_that_word_keeps_them(tmp_path, sample):
    wingdings = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    symbol = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    body = p(r("ü", wingdings), r("\uf0a8", wingdings), r(" a", symbol), " dần")
    body += p('<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r>', r("J", wingdings), " hết")
    found, draft = whole(word_files.write(tmp_path / "x.docx", body), sample)
    assert draft.body == "✓□ α dần\n\nβ hết"
    assert left(found) == [("[Wingdings 004A]", word_runs.SYMBOL)]


def test_letters_of_old_fonts_that_word_parted(tmp_path, sample):
    def old(font: str, *parts: str) -> str:
        looks = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
        return p(*(r(part, looks) for part in parts))

    body = old(".VnTime", "KÕ ho", "¹ch h", "éi th¶o") + old(
        "VNI-Times", "Keá hoa", "ïch ng", "ö", "ôøi"
    )
    _, draft = whole(word_files.write(tmp_path / "x.docx", body), sample)
    assert draft.body == "Kế hoạch hội thảo\n\nKế hoạch người"


def test_the_letter_of_tcvn3_that_has_the_code_of_a_soft_hyphen(tmp_path, sample):
    looks = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    soft = f"<w:r><w:rPr>{looks}</w:rPr><w:t>h</w:t><w:softHyphen/><w:t>íng</w:t></w:r>"
    body = p(r("ng\u00adêi l\u00adu tr÷", looks), r(" hội\u00adthảo")) + p(soft)
    _, draft = whole(word_files.write(tmp_path / "x.docx", body), sample)
    assert draft.body == "người lưu trữ hộithảo\n\nhướng"


@pytest.mark.skipif(shutil.which("iconv") is None, reason="glibc writes TCVN3")
def test_a_whole_plan_in_the_fonts_of_the_1990s(tmp_path, sample):
    plan = next(plan for plan in sample.plans if plan.slug == "cam-ket-trach-nhiem-quang-tri")
    path = plans.write(plan, sample, tmp_path / "x.docx", old=True)
    _, draft = whole(path, sample)
    signed = "\n".join(line for line, _ in plans.lines(plan)).replace("–", "-")
    assert words(signed) == words_of(draft.body)


def test_an_old_font_of_the_theme(tmp_path):
    theme = (
        b'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont>'
        b'<a:latin typeface=".VnTime"/></a:minorFont></a:theme>'
    )
    looks = '<w:rFonts w:ascii="Arial" w:asciiTheme="minorHAnsi"/>'
    relation, files = related("t", "theme", "theme/theme1.xml"), {"word/theme/theme1.xml": theme}
    path = word_files.write(
        tmp_path / "x.docx", p(r("héi", looks)), files=files, relations=relation
    )
    assert [q.line for q in word.read(path).paragraphs()] == ["hội"]


def test_a_table_of_contents_is_left_to_the_site(tmp_path, sample):
    inner = p(*[field(' TOC \\o "1-3" ', r("I. Mục đích"), field(" PAGEREF _1 ", r("2")))])
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('Mục lục')}</w:sdtContent></w:sdt>"
    )
    found, draft = whole(word_files.write(tmp_path / "x.docx", control + inner + p("Chữ")), sample)
    assert draft.body == "Chữ"
    assert left(found) == [("Mục lục", word_runs.CONTENTS), ("I. Mục đích2", word_runs.CONTENTS)]


def test_links_and_raised_and_struck_letters_stay_what_they_are(tmp_path, sample):
    raised = '<w:vertAlign w:val="superscript"/>'
    body = p(
        "đăng ký ", f'<w:hyperlink r:id="h">{r("tại đây", "<w:b/>")}</w:hyperlink>', " hoặc ",
        field(' HYPERLINK "https://so.vn/a(1)" ', r("biểu mẫu")), ", ",
        field(' HYPERLINK "mailto:a@so.vn" ', r("a@so.vn")), f'<w:hyperlink r:id="j">{r(" xấu")}</w:hyperlink>',
    )  # fmt: skip
    body += p("10", r("3", raised), " m", r("2", raised), " ", r("bỏ", "<w:strike/>"))
    relations = related("h", "hyperlink", "https://so.vn/dang-ky", "External")
    relations += related("j", "hyperlink", "javascript:alert(1)", "External")
    _, draft = whole(word_files.write(tmp_path / "x.docx", body, relations=relations), sample)
    assert draft.body == (
        "đăng ký [**tại đây**](https://so.vn/dang-ky) hoặc [biểu mẫu](<https://so.vn/a(1)>), a@so.vn xấu\n\n"
        "10<sup>3</sup> m<sup>2</sup> <s>bỏ</s>"
    )


def test_a_field_without_letters_is_told(tmp_path):
    path = word_files.write(tmp_path / "x.docx", p("Tỷ lệ ", field(" EQ \\f(1,2) ")))
    assert "{ EQ \\f(1,2) }" in word.read(path).remarks[0]


def test_marks_that_nobody_sees_part_no_word(tmp_path, sample):
    path = word_files.write(
        tmp_path / "x.docx", p("\u200fKế\u200b ho\u00adạch\ufeff \u202bhội nghị\u202c")
    )
    _, draft = whole(path, sample)
    assert draft.body == "Kế hoạch hội nghị"


def test_a_table_with_spans_keeps_notes_pictures_and_figures(tmp_path, sample):
    def cell(inner: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"

    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    rows = cell(p("Diện tích", call), '<w:gridSpan w:val="2"/>')
    square = p("m", r("2", '<w:vertAlign w:val="superscript"/>'))
    rows = f"<w:tr>{rows}</w:tr><w:tr>{cell(square)}"
    rows += f"{cell(p(drawn('a')))}</w:tr>"
    note = f'<w:footnote w:id="2">{p("Làm tròn.")}</w:footnote>'
    path = word_files.write(
        tmp_path / "x.docx",
        f"<w:tbl>{rows}</w:tbl>",
        {"footnotes": note},
        {"word/media/1.png": PNG},
        related("a", "image", "media/1.png"),
    )
    _, draft = whole(path, sample)
    [name] = draft.files
    assert '<th colspan="2">Diện tích¹</th>' in draft.body
    assert f'<td>m<sup>2</sup></td><td><img src="{name.rsplit("/")[-1]}"' in draft.body
    assert draft.body.endswith("</table>\n\n¹ Làm tròn.")


def test_a_row_that_begins_further_right(tmp_path):
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>".format(p("a"), p("b"))
    row += '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{}</w:tc></w:tr>'.format(p("c"))
    [table] = word.read(word_files.write(tmp_path / "x.docx", f"<w:tbl>{row}</w:tbl>")).blocks
    assert isinstance(table, Table)
    assert [len(cells) for cells in table.rows] == [2, 2]
    assert [q.line for cell in table.rows[1] for q in cell.blocks] == ["c"]


def test_headings_by_style_without_numbers(tmp_path, sample):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{at}"><w:pPr><w:outlineLvl w:val="{at}"/></w:pPr></w:style>'
        for at in (1, 3)
    )
    body = p("Mục đích", properties='<w:pStyle w:val="H1"/>') + p("Chữ.")
    body += p("Yêu cầu chung", properties='<w:pStyle w:val="H3"/>') + p("Chữ nữa.")
    _, draft = whole(word_files.write(tmp_path / "x.docx", body, {"styles": styles}), sample)
    assert draft.body == "## Mục đích\n\nChữ.\n\n### Yêu cầu chung\n\nChữ nữa."
    assert [section.title for section in outline(draft.body).sections] == [
        "Mục đích",
        "Yêu cầu chung",
    ]


def test_styles_in_a_circle(tmp_path):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    body = p("chữ", properties='<w:pStyle w:val="A"/>')
    path = word_files.write(tmp_path / "x.docx", body, {"styles": styles})
    assert words("chữ") == words("\n".join(q.line for q in word.read(path).paragraphs()))


def test_numbers_eight_and_fourteen_that_word_sets(tmp_path, sample):
    """The plan whose eight sections Word numbers by itself, restarts and all."""
    plan = next(
        plan for plan in sample.plans if plan.slug == "hoi-nghi-nong-thon-mien-nui-quang-ngai"
    )
    path = plans.write(plan, sample, tmp_path / "x.docx", numbered=True)
    found = reading.read(path)
    draft, proved = drafted(found, sample)
    assert proved.holds, (proved.missing, proved.added)
    labels = [q.label for q in found.manuscript.paragraphs() if q.label]
    assert sum(label[0] in "IVX" for label in labels) == 8
    assert sum(label[0].isdigit() for label in labels) == 14
    signed = [section.number for section in plan.outline.sections]
    assert [section.number for section in outline(draft.body).sections] == signed
