"""The parts of documents of several kinds, each paragraph in one of them."""

from importing.word_files import p, r, write
from kehoach.importing import word
from kehoach.importing.manuscript import Paragraph, plain
from kehoach.importing.understanding import Parts, understand

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
    found.blocks = [plain("KẾ HOẠCH"), plain("Thực hiện Cam kết năm 2024"), plain("I. NỘI DUNG")]
    parts = understand(found)
    assert parts.title == "Thực hiện Cam kết năm 2024"
    assert lines(parts.body) == ["I. NỘI DUNG"]
