"""The parts of documents of several kinds, each paragraph in one of them."""

from importing.word_files import p, r, write
from kehoach.importing import word
from kehoach.importing.manuscript import Paragraph, Run, Table
from kehoach.importing.understanding import HEAD_AGAIN, Parts, understand

CENTRED = '<w:jc w:val="center"/>'


def bold(text: str) -> str:
    return p(r(text, "<w:b/>"), properties=CENTRED)


def parts_of(tmp_path, body: str) -> Parts:
    return understand(word.read(write(tmp_path / "x.docx", body)))


def lines(blocks) -> list[str]:
    return [block.line for block in blocks if isinstance(block, Paragraph)]


def test_a_decision_with_its_authority_bases_and_articles(tmp_path):
    body = p("ỦY BAN NHÂN DÂN") + p("TỈNH LÂM ĐỒNG") + p("Số: 12/QĐ-UBND")
    body += (
        p("Lâm Đồng, ngày 05 tháng 01 năm 2025") + bold("QUYẾT ĐỊNH") + bold("Ban hành Quy chế thử")
    )
    body += bold("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG") + p("Căn cứ Luật Tổ chức chính quyền;")
    body += (
        bold("QUYẾT ĐỊNH:")
        + p("Điều 1. Ban hành kèm theo Quyết định này.")
        + p("Điều 2. Hiệu lực./.")
    )
    body += (
        p("Nơi nhận:")
        + p("- Như Điều 2;")
        + p("- Lưu: VT.")
        + p("KT. CHỦ TỊCH")
        + p("PHÓ CHỦ TỊCH")
    )
    body += p("Nguyễn Văn An") + bold("PHỤ LỤC I") + bold("QUY CHẾ") + p("1. Một.")
    parts = parts_of(tmp_path, body)
    assert (parts.kind, parts.title) == ("Quyết định", "Ban hành Quy chế thử")
    assert parts.issuer == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"
    assert (parts.number, parts.place, parts.date) == ("12/QĐ-UBND", "Lâm Đồng", "05/01/2025")
    assert lines(parts.body)[:2] == [
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
        "Căn cứ Luật Tổ chức chính quyền;",
    ]
    assert lines(parts.annexes) == ["PHỤ LỤC I", "QUY CHẾ", "1. Một."]
    [sign] = parts.signatures
    assert (sign.authority, sign.title, sign.name) == (
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Văn An",
    )
    assert parts.recipients == ["Như Điều 2;", "Lưu: VT."]


def test_a_letter_has_its_subject_under_its_number(tmp_path):
    body = (
        p("SỞ KHOA HỌC VÀ CÔNG NGHỆ")
        + p("Số: 7/SKHCN-VP")
        + p("V/v đăng ký tham dự")
        + p("hội nghị")
    )
    body += p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc")
    body += (
        p("Huế, ngày 3 tháng 12 năm 2024") + p("Kính gửi: Các sở, ban, ngành;") + p("Nội dung./.")
    )
    body += (
        p("Nơi nhận:")
        + p("- Như trên;")
        + p("TL. GIÁM ĐỐC")
        + p("CHÁNH VĂN PHÒNG")
        + p("Trần Thị B")
    )
    parts = parts_of(tmp_path, body)
    assert (parts.kind, parts.title) == ("Công văn", "Đăng ký tham dự hội nghị")
    assert parts.to == ["Các sở, ban, ngành"]
    assert lines(parts.body) == ["Kính gửi: Các sở, ban, ngành;", "Nội dung./."]
    assert parts.date == "3/12/2024"


def test_a_day_left_blank_stays_blank(tmp_path):
    body = p("Quảng Trị, ngày … tháng 02 năm 2024") + bold("KẾ HOẠCH") + bold("Thử") + p("1. Một")
    assert parts_of(tmp_path, body).date == "tháng 02/2024"


def test_a_title_of_plain_text_that_begins_like_a_sentence():
    found = word.Manuscript(has_looks=False)
    written = ("KẾ HOẠCH", "Thực hiện Cam kết năm 2024", "I. NỘI DUNG")
    found.blocks = [Paragraph((Run(line),)) for line in written]
    parts = understand(found)
    assert parts.title == "Thực hiện Cam kết năm 2024"
    assert lines(parts.body) == ["I. NỘI DUNG"]


def both(left: list[str], right: list[str]) -> str:
    """Two columns of a table without lines."""
    cells = "".join(f"<w:tc>{''.join(map(p, lines))}</w:tc>" for lines in (left, right))
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def test_a_closing_by_tabs_has_its_signature_at_the_right(tmp_path):
    tab = "<w:r><w:tab/></w:r>"
    body = bold("KẾ HOẠCH") + bold("Thử") + p("1. Một./.") + p("Nơi nhận:", tab, "GIÁM ĐỐC")
    body += p("- UBND tỉnh (b/c);") + p("- Lưu: VT.") + p(tab, "Nguyễn Văn An")
    parts = parts_of(tmp_path, body)
    assert parts.recipients == ["UBND tỉnh (b/c);", "Lưu: VT."]
    assert [(sign.title, sign.name) for sign in parts.signatures] == [("GIÁM ĐỐC", "Nguyễn Văn An")]


def test_names_in_capitals_become_names_and_degrees_stay(tmp_path):
    body = bold("THÔNG BÁO") + bold("Thử") + p("Một./.") + p("Nơi nhận:") + p("- Lưu: VT.")
    body += p("TL. GIÁM ĐỐC") + p("CHÁNH VĂN PHÒNG") + p("PGS.TS. LÊ VĂN CƯỜNG")
    [sign] = parts_of(tmp_path, body).signatures
    assert (sign.authority, sign.name) == ("TL. GIÁM ĐỐC", "PGS.TS. Lê Văn Cường")


def test_a_joint_plan_has_all_its_issuers_numbers_and_signatures(tmp_path):
    left = ["UBND TỈNH LÂM ĐỒNG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ -", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"]
    left += ["Số: 5/KHLT-SKHCN", "Số: 9/KHLT-SGDĐT"]
    body = both(left, [*MOTTO, "Lâm Đồng, ngày 3 tháng 6 năm 2025"])
    body += (
        bold("KẾ HOẠCH LIÊN TỊCH") + bold("Tổ chức Cuộc thi") + p("I. NỘI DUNG") + p("1. Một./.")
    )
    body += both(
        ["SỞ GIÁO DỤC VÀ ĐÀO TẠO", "GIÁM ĐỐC", "Trần Văn B"],
        ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "NGUYỄN VĂN A"],
    )
    body += p("Nơi nhận:") + p("- Lưu: VT.")
    parts = parts_of(tmp_path, body)
    assert (parts.above, parts.issuer) == ("UBND TỈNH LÂM ĐỒNG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    assert parts.joint_issuers == ["SỞ GIÁO DỤC VÀ ĐÀO TẠO"]
    assert (parts.number, parts.joint_numbers) == ("5/KHLT-SKHCN", ["9/KHLT-SGDĐT"])
    assert (parts.kind, parts.title) == ("Kế hoạch", "Tổ chức Cuộc thi")
    assert [sign.name for sign in parts.signatures] == ["Trần Văn B", "Nguyễn Văn A"]


def test_an_attached_document_is_text_again_and_its_letterhead_is_listed(tmp_path):
    body = bold("QUYẾT ĐỊNH") + bold("Ban hành Quy chế") + p("Điều 1. Ban hành./.")
    body += p("Nơi nhận:") + p("- Lưu: VT.") + p("GIÁM ĐỐC") + p("Võ Minh An")
    body += p("UBND TỈNH LÂM ĐỒNG") + p("SỞ KHOA HỌC VÀ CÔNG NGHỆ") + "".join(map(p, MOTTO))
    body += bold("QUY CHẾ") + bold("Tổ chức Cuộc thi") + p("(Ban hành kèm theo Quyết định này)")
    body += bold("Chương I") + bold("QUY ĐỊNH CHUNG") + p("Điều 1. Phạm vi")
    parts = parts_of(tmp_path, body)
    assert [sign.name for sign in parts.signatures] == ["Võ Minh An"]
    assert parts.recipients == ["Lưu: VT."]
    assert lines(parts.annexes)[0] == "QUY CHẾ"
    assert lines(parts.annexes)[-1] == "Điều 1. Phạm vi"
    again = [out.text for out in parts.left_out if out.why == HEAD_AGAIN]
    assert again == ["UBND TỈNH LÂM ĐỒNG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", *MOTTO]


def test_a_table_of_data_that_is_one_with_that_of_the_signature(tmp_path):
    row = (
        "<w:tr>" + "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("TT", "Việc", "Hạn")) + "</w:tr>"
    )
    closing = both(["Nơi nhận:", "- Lưu: VT."], ["GIÁM ĐỐC", "Võ Minh An"])
    joined = closing.replace("<w:tbl>", f"<w:tbl>{row}{row}")
    parts = parts_of(tmp_path, bold("BÁO CÁO") + bold("Thử") + p("1. Một") + joined)
    assert [len(block.rows) for block in parts.body if isinstance(block, Table)] == [2]
    assert [sign.name for sign in parts.signatures] == ["Võ Minh An"]


def test_a_date_without_a_place(tmp_path):
    body = both(["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Số: /KH-SKHCN"], [*MOTTO, "năm 2024"])
    parts = parts_of(tmp_path, body + bold("KẾ HOẠCH") + bold("Thử") + p("1. Một"))
    assert (parts.issuer, parts.place, parts.date) == ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "", "năm 2024")
