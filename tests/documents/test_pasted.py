"""Text as it comes out of Word: each habit is told with the line made right; what is safe is mended."""

import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach import mending
from kehoach.building.shelf import read_library
from kehoach.rules import pasting

HERE = Path(__file__).parent


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(HERE / "content", folder)
    shutil.copy(HERE / "pasted" / "before.md", folder / "ke-hoach/2025/pasted.md")
    return folder


def document(content):
    library = read_library(content)
    return library.by_address["ke-hoach/2025/pasted/"], library


def told(content):
    found, library = document(content)
    mends = (*pasting.letters(found), *pasting.parts(found, library))
    return {mend.line for mend in mends}


def test_every_habit_is_told_at_its_line(content):
    lines = (content / "ke-hoach/2025/pasted.md").read_text().split("\n")
    found = {lines[number - 1].strip() for number in told(content)}
    assert found == {
        *("UBND TỈNH LÂM ĐỒNG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Số: 52/KH-SKHCN"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH"),
        *("I- MỤC ĐÍCH", "– Nâng cao nhận thức.", "– Tiết kiệm.", "II/ NỘI DUNG"),
        "Ðợt\u00a0cao điểm từ ngày 06 - 12/10/2025, Phòng Chuyển đổi số chủ trì.",
        *("1/ Tọa đàm ngày 10/10/2025", "a/ Thành phần", "• Lãnh đạo Sở", "2/ Trang thiết bị"),
        *("TT\tNội dung\tThời gian", "Trang 2", "Nơi nhận:", "- Như trên;", "- Lưu: VT."),
        *("GIÁM ĐỐC", "Nguyễn Văn An"),
    }


def test_fix_shows_and_mends_what_is_safe(content):
    shown = []
    assert mending.mend(*document(content), shown.append)
    text = (content / "ke-hoach/2025/pasted.md").read_text()
    body = [line for line in text.split("---\n", 2)[2].split("\n") if line]
    assert body[:6] == [
        *("I- MỤC ĐÍCH", "- Nâng cao nhận thức.", "- Tiết kiệm.", "II/ NỘI DUNG"),
        "Đợt cao điểm từ ngày 06 - 12/10/2025, Phòng Chuyển đổi số chủ trì.",
        "1/ Tọa đàm ngày 10/10/2025",
    ]
    assert body[-1] == "1) Một"
    assert "-– Tiết kiệm.\n" in "".join(shown)
    assert not mending.mend(*document(content), shown.append)


def test_fix_keeps_line_ends_and_writes_nfc(content):
    path = content / "ke-hoach/2025/pasted.md"
    text = "---\ntitle: Thử\nissuer: so-khcn-lam-dong\ndate: 1/9/2025\n---\n\n– Một\n"
    path.write_bytes(
        b"\xef\xbb\xbf" + unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode()
    )
    mending.mend(*document(content), lambda line: None)
    assert (
        path.read_bytes() == b"\xef\xbb\xbf" + text.replace("–", "-").replace("\n", "\r\n").encode()
    )


def test_what_is_not_in_the_front_matter_stays(content):
    path = content / "ke-hoach/2025/pasted.md"
    path.write_text(path.read_text().replace("name: Nguyễn Văn An}", "name: Trần Văn Bình}"))
    mending.mend(*document(content), lambda line: None)
    assert path.read_text().rstrip().endswith("Nguyễn Văn An")


def test_words_of_other_scripts_stay():
    assert pasting.plain_letters("Москва, Ðà Lạt, cоng") == "Москва, Đà Lạt, cong"


@given(st.text())
def test_no_letter_is_lost_or_moved(text):
    before = [letter for letter in text if letter.isalnum()]
    after = [letter for letter in pasting.plain_letters(text) if letter.isalnum()]
    assert len(before) == len(after)
    assert pasting.plain_letters(pasting.plain_letters(text)) == pasting.plain_letters(text)
