"""From a file to a draft in `content/` that the rules accept, proved whole, the same on a second run."""

import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from importing import plans, word_files
from importing.word_files import p
from kehoach import intake, rules
from kehoach.building.shelf import read_library
from kehoach.importing import drafts, proof, reading, reports, understanding
from kehoach.importing.drafts import Wishes
from kehoach.importing.manuscript import Paragraph
from kehoach.importing.problem import ImportProblem

TODAY = date(2026, 1, 1)
SLUGS = (
    "hoi-nghi-nong-thon-mien-nui-quang-ngai",
    "hoi-thao-sang-kien-bac-giang",
    "ngay-khcn-quang-ngai",
    "cam-ket-trach-nhiem-quang-tri",
    "ngay-khcn-thanh-hoa",
)


@pytest.fixture
def house(root, tmp_path):
    """A copy of the sample content without its plans and materials."""
    shutil.copytree(root / "content", tmp_path / "content")
    for folder in ("ke-hoach", "truyen-thong"):  # what materials say of plans, they say of those
        shutil.rmtree(tmp_path / "content" / folder)
    for campaign in (tmp_path / "content/chu-de").glob("*.md"):  # and campaigns of who fulfils them
        text = campaign.read_text("utf-8")
        campaign.write_text(re.sub(r"\n +fulfilled_by: .*", "", text), "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def sample(root):
    return plans.library(root)


def bring(house, path, **wishes):
    said: list[str] = []
    update = wishes.pop("update", False)
    outcome = intake.bring_in(
        path,
        house,
        read_library(house / "content"),
        Wishes(**wishes),
        today=TODAY,
        say=said.append,
        update=update,
    )
    return outcome, said


def plan_called(sample, slug):
    return next(plan for plan in sample.plans if plan.slug == slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_plan_of_the_sample_comes_in_whole(house, sample, slug, tmp_path):
    plan = plan_called(sample, slug)
    path = plans.write(plan, sample, tmp_path / f"{slug}.docx")
    outcome, said = bring(house, path)
    assert outcome.whole, said
    library = read_library(house / "content")
    assert [f for f in rules.check(library, today=TODAY) if f.severity == "error"] == []
    [made] = library.plans
    assert made.title == plan.title
    assert made.issuer == plan.issuer
    assert made.signer == plan.signer
    assert made.recipients == plan.recipients
    assert [s.number for s in made.outline.sections] == [s.number for s in plan.outline.sections]
    assert [line for line, _ in plans.lines(made)] == [line for line, _ in plans.lines(plan)]
    first = outcome.path.read_bytes()
    again, said = bring(house, path)
    assert (again.path, again.written) == (outcome.path, False)
    assert outcome.path.read_bytes() == first
    assert any("không có gì thay đổi" in line for line in said)


def test_a_changed_file_offers_an_update_and_shows_what_changed(house, sample, tmp_path):
    plan = plan_called(sample, SLUGS[0])
    outcome, _ = bring(house, plans.write(plan, sample, tmp_path / "a.docx"))
    path = tmp_path / "b.docx"
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("15 phút".encode(), "20 phút".encode()))
    again, said = bring(house, path)
    assert (again.path, again.written) == (outcome.path, False)
    assert any(line.strip().startswith("+4. Phim tư liệu") and "20 phút" in line for line in said)
    again, _ = bring(house, path, update=True)
    assert again.written
    assert "20 phút" in outcome.path.read_text()
    assert len(list((house / "content/ke-hoach").rglob("*.md"))) == 1


def edited(path, **words: str):
    """Change `words` in the document at `path`, as staff does."""
    text = path.read_text()
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


def word_with(tmp_path, name: str, *lines: str):
    body = (
        word_files.p("Số: 12/KH-SKHCN") + p("Quảng Ngãi, ngày 3/5/2022") + p("KẾ HOẠCH") + p("Thử")
    )
    return word_files.write(tmp_path / name, body + "".join(map(p, lines)))


LINES = ("I. NỘI DUNG", "Dòng một.", "Dòng hai.", "Dòng ba.", "Dòng bốn.")


def test_an_update_keeps_what_staff_wrote_and_takes_what_the_file_says_anew(house, tmp_path):
    outcome, _ = bring(house, word_with(tmp_path, "a.docx", *LINES))
    path = outcome.path
    edited(
        path,
        **{
            "status: draft": "# đã rà\nstatus: issued\nsource: Công báo",
            "Dòng hai.": "Dòng hai, *nhấn mạnh*.",
            "Dòng ba.": "Dòng ba đã sửa.",
        },
    )
    again, said = bring(house, tmp_path / "a.docx")
    assert not again.written, said
    changed = (
        "I. NỘI DUNG",
        "Dòng một mới.",
        "Dòng hai.",
        "Dòng ba khác.",
        "Dòng bốn.",
        "Nơi nhận:",
        "- Lưu: VT.",
    )
    again, said = bring(house, word_with(tmp_path, "b.docx", *changed), update=True)
    assert again.written
    text = path.read_text()
    assert text.split("---\n")[1].endswith(
        '# đã rà\nstatus: issued\nrecipients:\n  - "Lưu: VT."\nsource: Công báo\n'
    )
    body = text.rsplit("---\n", 1)[1]
    assert body == (
        "\n## I. NỘI DUNG\n\nDòng một mới.\n\nDòng hai, *nhấn mạnh*.\n\nDòng ba khác.\n\nDòng bốn.\n"
    )
    assert any("không theo bản đang có: “Dòng ba đã sửa.”" in line for line in said)
    again, said = bring(house, tmp_path / "b.docx", update=True)
    assert not again.written, said


def test_where_both_changed_a_value_staff_is_right_and_both_are_told(house, tmp_path):
    outcome, _ = bring(house, word_with(tmp_path, "a.docx", *LINES, "Nơi nhận:", "- Lưu: VT."))
    edited(outcome.path, **{'"Lưu: VT."': '"Lưu: VT, KHTC."', "place: Quảng Ngãi\n": ""})
    path = word_with(tmp_path, "b.docx", *LINES, "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.")
    again, said = bring(house, path, update=True)
    assert not again.written
    assert any("`recipients` giữ như đang có (1 mục); tệp ghi 2 mục" in line for line in said)
    assert "place" not in outcome.path.read_text()


def test_without_the_last_import_the_front_matter_stays_whole(house, tmp_path):
    outcome, _ = bring(house, word_with(tmp_path, "a.docx", *LINES))
    edited(outcome.path, **{"status: draft": "status: issued"})
    shutil.rmtree(house / "bao-cao-nhap")
    path = word_with(tmp_path, "b.docx", *LINES, "Dòng năm.", "Nơi nhận:", "- Lưu: VT.")
    again, said = bring(house, path, update=True)
    assert again.written
    text = again.path.read_text()
    assert "status: issued" in text
    assert text.endswith("Dòng bốn.\n\nDòng năm.\n")
    assert any("`recipients` giữ như đang có (không có)" in line for line in said)


def test_a_second_import_into_the_same_folder_is_no_second_document(house, tmp_path):
    for _ in range(2):
        bring(house, word_with(tmp_path, "a.docx", *LINES), into="ke-hoach/2022")
    assert len(list((house / "content/ke-hoach").rglob("*.md"))) == 1


def test_front_matter_that_cannot_be_read_is_not_overwritten(house, tmp_path):
    outcome, _ = bring(house, word_with(tmp_path, "a.docx", *LINES))
    edited(outcome.path, **{"title: Thử": "title: [Thử"})
    broken = outcome.path.read_text()
    with pytest.raises(ImportProblem, match="không đọc được"):
        bring(house, tmp_path / "a.docx", update=True)
    assert outcome.path.read_text() == broken


def proved(path, lose):
    found = reading.read(path)
    parts = understanding.understand(found.manuscript)
    lose(parts)
    draft = drafts.draft_of(found.manuscript, parts, read_library(path.parent), Wishes(year=2022))
    return proof.prove(found.words, found.road, found.manuscript, parts, draft.body)


def lost(parts, at):
    [block] = parts.body[at : at + 1]
    assert isinstance(block, Paragraph)
    del parts.body[at]


@pytest.mark.parametrize(
    ("lose", "missing"),
    [
        (lambda parts: None, {}),
        (lambda parts: lost(parts, 1), {"1": 1, "gửi": 1, "báo": 1, "cáo": 1}),
        (
            lambda parts: parts.recipients.clear() or parts.taken.pop(),
            {"nguyễn": 1, "văn": 1, "an": 1},
        ),
    ],
)
def test_a_planted_loss_is_found(tmp_path, lose, missing):
    body = p("KẾ HOẠCH") + p("Về việc thử") + p("I. NỘI DUNG") + p("1. Gửi báo cáo")
    body += p("Nơi nhận:") + p("- Lưu: VT.") + p("GIÁM ĐỐC") + p("Nguyễn Văn An")
    result = proved(word_files.write(tmp_path / "x.docx", body), lose)
    assert dict(result.missing) == missing
    assert result.holds == (not missing)


def test_a_lost_number_is_found(tmp_path):
    path = word_files.write(tmp_path / "x.docx", p("KẾ HOẠCH") + p("Thử") + p("I. A") + p("II. B"))

    def lose(parts):
        parts.body[1] = replace(
            parts.body[1], label="", runs=(replace(parts.body[1].runs[0], text="I. B"),)
        )

    result = proved(path, lose)
    assert not result.holds
    assert dict(result.missing) == {"ii": 1}
    assert "CHƯA TRỌN VẸN" in reports.verdict(result)
