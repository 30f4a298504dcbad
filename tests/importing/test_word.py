"""What a Word file says, trap by trap: nothing with letters is lost without being listed."""

import pytest

from importing import word_files as files
from importing.word_files import numbered, p, r
from kehoach.importing import word, word_runs
from kehoach.importing.manuscript import Paragraph, Table
from kehoach.importing.proof import words, words_of_word

LEVELS = (
    files.level(0, "upperRoman", "%1.")
    + files.level(1, "decimal", "%2.")
    + files.level(2, "lowerLetter", "%3)")
    + files.level(3, "bullet", "\uf0b7")
)


def lines(path) -> list[str]:
    return [paragraph.line for paragraph in word.read(path).paragraphs()]


def test_automatic_numbers_are_counted_by_level_and_begin_anew_below(tmp_path):
    body = "".join(numbered(f"mục {at}", at) for at in (0, 1, 1, 2, 2, 3, 0, 1, 2))
    path = files.write(tmp_path / "x.docx", body, {"numbering": files.numbering(LEVELS)})
    assert lines(path) == [
        "I. mục 0", "1. mục 1", "2. mục 1", "a) mục 2", "b) mục 2", "- mục 3", "II. mục 0", "1. mục 1", "a) mục 2",
    ]  # fmt: skip


def test_a_list_counts_on_in_another_list_of_its_kind_and_an_override_begins_anew(tmp_path):
    nums = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for at, more in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
            (4, f'<w:lvlOverride w:ilvl="0">{files.level(0, "decimal", "(%1)")}</w:lvlOverride>'),
        )
    )
    body = "".join(numbered("x", 0, number) for number in (1, 1, 2, 3, 3, 4))
    path = files.write(tmp_path / "x.docx", body, {"numbering": files.numbering(LEVELS, nums)})
    assert lines(path) == ["I. x", "II. x", "III. x", "V. x", "VI. x", "(7) x"]


def test_a_style_numbers_by_itself_and_by_what_it_is_based_on(tmp_path):
    def style(name: str, above: str = "", level: str = "", number: str = "") -> str:
        inner = f'<w:ilvl w:val="{level}"/>' * bool(level) + f'<w:numId w:val="{number}"/>'
        numbers = f"<w:pPr><w:numPr>{inner}</w:numPr></w:pPr>" * bool(number)
        based = f'<w:basedOn w:val="{above}"/>' * bool(above)
        return f'<w:style w:type="paragraph" w:styleId="{name}">{based}{numbers}</w:style>'

    styles = style("Muc", number="1") + style("Con", "Muc") + style("Tiet", level="1", number="1")
    styles += style("Thoi", "Muc", number="0")
    names = ("Muc", "Tiet", "Con", "Thoi", "Tiet")
    body = "".join(p("x", properties=f'<w:pStyle w:val="{name}"/>') for name in names)
    parts = {"numbering": files.numbering(LEVELS), "styles": styles}
    assert lines(files.write(tmp_path / "x.docx", body, parts)) == [
        "I. x",
        "1. x",
        "II. x",
        "x",
        "1. x",
    ]


def test_levels_of_several_parts_and_legal_numbers(tmp_path):
    levels = files.level(0, "upperRoman", "%1.") + files.level(
        1, "decimal", "%1.%2.", more="<w:isLgl/>"
    )
    body = "".join(numbered("x", at) for at in (0, 1, 1, 0, 1))
    path = files.write(tmp_path / "x.docx", body, {"numbering": files.numbering(levels)})
    assert lines(path) == ["I. x", "1.1. x", "1.2. x", "II. x", "2.1. x"]


def test_tracked_changes_are_accepted_and_what_went_is_listed(tmp_path):
    body = p(
        r("Giữ "),
        f'<w:del w:id="1">{r("xoá").replace("w:t ", "w:delText ").replace("/w:t>", "/w:delText>")}</w:del>',
        f'<w:ins w:id="2">{r("thêm")}</w:ins>',
    )
    body += f'<w:moveFrom w:id="3">{p("dời đi")}</w:moveFrom><w:moveTo w:id="4">{p("dời đến")}</w:moveTo>'
    body += f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>{r("nửa đầu ")}</w:p>' + p(
        "nửa sau"
    )
    found = word.read(files.write(tmp_path / "x.docx", body))
    assert [q.line for q in found.paragraphs()] == ["Giữ thêm", "dời đến", "nửa đầu nửa sau"]
    assert [(out.text, out.why) for out in found.left_out] == [
        ("xoá", word_runs.DELETED),
        ("dời đi", word_runs.DELETED),
    ]


def test_a_text_box_counts_once(tmp_path):
    box = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"
    body = p(
        r("Trước "),
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>",
    )
    path = files.write(tmp_path / "x.docx", body)
    assert lines(path) == ["Trước", "Trong khung"]
    assert words_of_word(path) == words("Trước Trong khung")


def test_hidden_text_symbols_fields_and_headers(tmp_path):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "d/M/yyyy" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("16/3/2021")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = p(
        r("Rõ "), r("ẩn", "<w:vanish/>"), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    body += p(r("Ngày "), field)
    body += p('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "mặt cười")
    found = word.read(files.write(tmp_path / "x.docx", body, {"header": p("Đầu trang")}))
    assert [q.line for q in found.paragraphs()] == ["Rõ ✓", "Ngày 16/3/2021", "mặt cười"]
    assert [(out.text, out.why) for out in found.left_out] == [
        ("ẩn", word_runs.HIDDEN),
        ("[Wingdings F04A]", word_runs.SYMBOL),
        ("Đầu trang", word.HEADER),
    ]
    assert "DATE" in found.remarks[0]


def test_footnotes_content_controls_capitals_and_soft_hyphens(tmp_path):
    notes = f'<w:footnote w:id="2">{p("Theo Nghị quyết 45")}</w:footnote>'
    body = p("mới", '<w:r><w:footnoteReference w:id="2"/></w:r>', "; tiếp")
    body += f"<w:sdt><w:sdtContent>{p('Trong ô điều khiển')}</w:sdtContent></w:sdt>"
    body += p(r("kế hoạch", "<w:caps/>"), r(" hội\u00adthảo"))
    found = word.read(files.write(tmp_path / "x.docx", body, {"footnotes": notes}))
    first = found.blocks[0]
    assert isinstance(first, Paragraph)
    assert [(run.text, run.note) for run in first.runs] == [("mới", ""), ("", "1"), ("; tiếp", "")]
    assert [q.line for q in found.notes["1"]] == ["Theo Nghị quyết 45"]
    assert [q.line for q in found.paragraphs()][1:3] == ["Trong ô điều khiển", "KẾ HOẠCH hộithảo"]


def test_letters_are_composed_and_fonts_of_old_decoded(tmp_path):
    fonts = {"TCVN3": ".VnTime", "VNI": "VNI-Times", "hoa": ".VnTimeH"}
    run = {name: f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' for name, font in fonts.items()}
    body = p("Hội thảo".encode().decode(), "e\u0302\u0301")
    body += p(r("KÕ ho¹ch héi th¶o", run["TCVN3"]))
    body += p(r("Keá hoaïch hoäi thaûo, ñôn vò ngöôøi", run["VNI"]))
    body += p(r("së khoa häc", run["hoa"])) + p("dấu ¹ thường")
    found = word.read(files.write(tmp_path / "x.docx", body))
    assert [q.line for q in found.paragraphs()] == [
        "Hội thảoế",
        "Kế hoạch hội thảo",
        "Kế hoạch hội thảo, đơn vị người",
        "SỞ KHOA HỌC",
        "dấu ¹ thường",
    ]
    assert found.words_decoded[0] == ("KÕ ho¹ch héi th¶o", "Kế hoạch hội thảo")


def test_merged_cells_keep_their_place(tmp_path):
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"

    rows = (
        cell("TT", '<w:vMerge w:val="restart"/>') + cell("Thời gian", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("Sáng") + cell("Chiều"),
    )
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    borders = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    found = word.read(files.write(tmp_path / "x.docx", f"<w:tbl>{borders}{table}</w:tbl>")).blocks[
        0
    ]
    assert isinstance(found, Table)
    assert found.ruled
    spans = [[(cell.columns, cell.rows) for cell in row] for row in found.rows]
    assert spans == [[(1, 2), (2, 1)], [(1, 1), (1, 1)]]


@pytest.mark.parametrize("folder", ["ins", "customXml", "smartTag", "hyperlink"])
def test_what_stands_around_text_does_not_hide_it(tmp_path, folder):
    body = p("một ", f"<w:{folder}>{r('hai')}</w:{folder}>")
    assert lines(files.write(tmp_path / "x.docx", body)) == ["một hai"]
