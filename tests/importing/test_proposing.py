"""What the text of a document proposes for its front matter, and what it does not."""

import pytest

from importing import plans
from importing.test_other_formats import drafted
from kehoach.building.shelf import read_library
from kehoach.importing import reading
from kehoach.importing.mentions import Naming, references_in
from kehoach.importing.proposing import Proposals, propose
from kehoach.records.library import Library


@pytest.fixture(scope="module")
def sample(root) -> Library:
    return plans.library(root)


@pytest.fixture(scope="module")
def documents(root) -> Library:
    """The documents of another department, of several kinds."""
    return read_library(root / "tests/documents/content")


def proposed(sample: Library, title: str, body: str, number: str = "9/KH-SKHCN") -> Proposals:
    issuer = sample.units.by_id["so-khcn-quang-ngai"]
    naming = Naming(sample.units, issuer)
    return propose(body, title=title, year=2025, naming=naming, number=number)


@pytest.mark.parametrize(
    ("title", "body", "amends"),
    [
        ("Điều chỉnh, bổ sung Kế hoạch số 35/KH-SKHCN ngày 22/4/2025", "", ["35/KH-SKHCN ngày 22/4/2025"]),
        ("Về việc sửa đổi Quyết định số 12/QĐ-SKHCN", "", ["12/QĐ-SKHCN"]),
        ("Sửa đổi một số nội dung", "Sửa đổi Kế hoạch số 35/KH-SKHCN ngày 22/4/2025.", ["35/KH-SKHCN ngày 22/4/2025"]),
        ("Sửa đổi Kế hoạch số 9/KH-SKHCN", "", []),
        ("Triển khai Luật sửa đổi, bổ sung một số điều số 35/KH-SKHCN", "", []),
        ("Tổ chức Hội thảo", "Thực hiện Kế hoạch số 35/KH-SKHCN ngày 22/4/2025.", []),
    ],
)  # fmt: skip
def test_what_is_amended(sample, title, body, amends):
    assert proposed(sample, title, body).amends == amends


def test_what_is_replaced_and_what_it_was_amended_by(sample):
    body = "Điều 1. Quyết định này thay thế Quyết định số 12/QĐ-SKHCN ngày 3/2/2024.\n\n"
    body += "(Được sửa đổi, bổ sung theo Quyết định số 20/QĐ-SKHCN ngày 5/5/2025)\n\n"
    body += "Điều 2. Văn bản được thay thế bởi Quyết định số 99/QĐ-SKHCN."
    found = proposed(sample, "Ban hành Quy chế", body)
    assert found.supersedes == "12/QĐ-SKHCN ngày 3/2/2024"
    assert found.amended_by == ["20/QĐ-SKHCN ngày 5/5/2025"]


def test_what_an_amendment_moves_and_adds(sample):
    title = "Điều chỉnh Kế hoạch số 35/KH-SKHCN ngày 22/4/2025"
    body = "1. Điều chỉnh điểm 1, Mục II: Lễ mít tinh dời sang 8 giờ 00, thứ Bảy ngày 17/5/2025 tại Hội trường A.\n\n"
    body += "2. Bổ sung: Tổ chức Hội thảo “Chuyển đổi số” ngày 19/5/2025.\n\n"
    body += (
        "3. Thay đổi thời gian tổ chức Tọa đàm khoa học từ ngày 16/5/2025 sang ngày 20/5/2025.\n\n"
    )
    body += "4. Các nội dung khác của Kế hoạch số 35/KH-SKHCN giữ nguyên./."
    found = proposed(sample, title, body)
    assert [(e.section, e.title, e.when, e.place, new) for e, new in found.changes] == [
        ("1", "Lễ mít tinh", "8 giờ 00, thứ Bảy ngày 17/5/2025", "Hội trường A", False),
        ("2", "Hội thảo “Chuyển đổi số”", "ngày 19/5/2025", "", True),
        ("3", "Tọa đàm khoa học", "ngày 20/5/2025", "", False),
    ]
    assert proposed(sample, "Tổ chức Lễ mít tinh", body).changes == []


def test_a_moved_event_is_the_amended_plans_where_the_site_has_it(tmp_path, sample):
    plan = next(plan for plan in sample.plans if plan.number == "254 /KH-SKHCN")
    [event] = [event for event in plan.events if event.when]
    path = tmp_path / "x.txt"
    path.write_text(
        "Số: 260/KH-SKHCN\nQuảng Ngãi, ngày 25/3/2021\n\nKẾ HOẠCH\nĐiều chỉnh Kế hoạch số 254/KH-SKHCN "
        f"ngày 16/3/2021\n\n1. Điều chỉnh: {event.title} dời sang ngày 29/5/2021."
    )
    draft, proved = drafted(reading.read(path), sample)
    assert proved.holds
    assert draft.values["amends"] == plan.address.strip("/")
    assert draft.values["events"] == []
    [told] = [line for line in draft.open if f"`{event.id}`" in line]
    assert f"`previous_when: {event.when.words}`; `when: ngày 29/5/2021`" in told


def test_a_joint_plan_of_ours_comes_back_as_one(tmp_path, documents):
    from kehoach.prints import word
    from prints.test_word import SITE

    plan = next(plan for plan in documents.plans if plan.joint)
    path = tmp_path / "x.docx"
    path.write_bytes(word.draw(word.data(plan, documents, SITE), {}))
    draft, proved = drafted(reading.read(path), documents)
    assert proved.holds
    assert draft.values["joint"] == plan.origin.data["joint"]
    assert draft.values["signer"] == plan.origin.data["signer"]
    assert (draft.values["number"], draft.values["issuer"]) == (plan.number, plan.issuer)


def test_a_letter_that_invites_to_an_occasion(sample):
    body = "1. Thời gian: 7 giờ 30, ngày 20/9/2025.\n\n2. Địa điểm: Hội trường A."
    [event] = proposed(sample, "Đăng ký tham dự Hội nghị giao ban vùng", body).events
    assert (event.title, event.when) == ("Hội nghị giao ban vùng", "7 giờ 30, ngày 20/9/2025")
    assert proposed(sample, "Đăng ký tham dự Hội nghị giao ban vùng", "Đề nghị gửi.").events == []


def test_occasions_whose_line_tells_their_time(sample):
    """Of a plan for a week, which is no occasion itself."""
    body = "II. NỘI DUNG\n\n1. Lễ khai mạc\n\n- Thời gian: 8 giờ 00, ngày 10/10/2025. Văn phòng Sở chủ trì.\n\n"
    body += "2. Trải nghiệm số, từ ngày 10/10/2025 đến ngày 12/10/2025 tại: (i) Nhà thi đấu; (ii) Thư viện.\n\n"
    body += "3. Tọa đàm “Dữ liệu, công nghệ”, 14h00 - 16h30, ngày 11/10/2025, trực tuyến. Văn phòng Sở chủ trì:\n\n"
    body += "4. Gửi báo cáo, trước ngày 20/10/2025.\n\n5. Theo Kế hoạch, ngày 3/10/2025 Sở đã họp."
    found = proposed(sample, "Tổ chức Tuần lễ Chuyển đổi số năm 2025", body)
    assert [(e.section, e.title, e.when, e.lead) for e in found.events] == [
        ("II.1", "Lễ khai mạc", "8 giờ 00, ngày 10/10/2025", ["Văn phòng Sở"]),
        ("II.2", "Trải nghiệm số", "từ ngày 10/10/2025 đến ngày 12/10/2025", []),
        (
            "II.3",
            "Tọa đàm “Dữ liệu, công nghệ”",
            "14h00 - 16h30, ngày 11/10/2025",
            ["Văn phòng Sở"],
        ),
    ]


def test_a_table_with_spans_is_read_like_others(sample):
    table = (
        "<table><tr><th>TT</th><th>Nội dung</th><th>Đơn vị chủ trì</th><th>Thời gian</th></tr><tr><td>1</td>"
        '<td>Hội thảo khoa học</td><td rowspan="2">Văn phòng Sở</td><td>Ngày 10/5/2025</td></tr><tr><td>2</td>'
        "<td>Gửi báo cáo</td><td>Trước ngày 5/6/2025</td></tr></table>"
    )
    found = proposed(sample, "Phân công", f"## I. VIỆC\n\n{table}")
    assert [(e.section, e.title, e.when) for e in found.events] == [
        ("I", "Hội thảo khoa học", "Ngày 10/5/2025")
    ]
    assert [(d.what, d.when) for d in found.deadlines] == [("Gửi báo cáo", "Trước ngày 5/6/2025")]


def test_a_chapter_of_the_form_names_no_event(sample):
    body = "Chương II\n\n**TỔ CHỨC CUỘC THI**\n\nĐiều 2. Hồ sơ"
    assert proposed(sample, "Ban hành Quy chế", body).events == []


def test_a_unit_that_nobody_knows_is_no_part_of_what_is_owed(sample):
    found = proposed(
        sample, "Việc", "1. Phòng Kế hoạch - Tổng hợp chuẩn bị kinh phí trước ngày 10/2/2025."
    )
    assert [deadline.what for deadline in found.deadlines] == ["Chuẩn bị kinh phí"]
    assert found.unknown == [("Phòng Kế hoạch - Tổng hợp", "1")]


def test_a_basis_is_named_up_to_its_end_and_a_document_is_none_of_its_own(sample):
    line = "Căn cứ Công văn số 14/BKHCN-VP ngày 10/4/2025 của Bộ Khoa học và Công nghệ "
    line += "tổ chức Ngày Khoa học, Công nghệ;"
    assert list(references_in(line)) == [
        {
            "number": "14/BKHCN-VP",
            "date": "10/4/2025",
            "issuer": "Bộ Khoa học và Công nghệ",
            "title": "Công văn tổ chức Ngày Khoa học, Công nghệ",
        }
    ]
    own = proposed(sample, "Việc", "(Kèm theo Kế hoạch số 9/KH-SKHCN ngày 1/2/2025 của Sở)")
    assert own.basis == []
