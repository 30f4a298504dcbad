"""An invitation says what the plan says, and leaves room where it says nothing."""

import pytest

from kehoach.prints import invitations
from kehoach.records.event import EventKind, EventStatus
from prints import pdf


@pytest.fixture
def talk(library):
    return library.event("toa-dam-cai-cach-hanh-chinh", 2022)


def test_two_a5_pages_with_the_words_of_the_plan(talk, library, department):
    made = invitations.draw(invitations.data(talk, library, department))
    text = " ".join(pdf.text(made).split())
    assert "GIẤY MỜI" in text
    assert "Dự kiến 01 buổi, trong khoảng thời gian từ ngày 16 đến 18/5/2022" in text
    assert "Chủ trì: Phòng Hành chính - Tổng hợp" in text
    assert "https://kehoach.example.vn/su-kien/2022/toa-dam-cai-cach-hanh-chinh/" in text
    info = pdf.tool(made, "pdfinfo", "FILE")
    assert "Pages:           2" in info
    assert "419.528 x 595.276" in info


def test_the_same_event_gives_the_same_bytes(talk, library, department):
    data = invitations.data(talk, library, department)
    assert invitations.draw(data) == invitations.draw(data)


@pytest.mark.parametrize(
    ("changes", "invited"),
    [
        ({}, True),
        ({"status": EventStatus.RESCHEDULED}, True),
        ({"status": EventStatus.CANCELLED}, False),
        ({"status": EventStatus.POSTPONED}, False),
        ({"kind": EventKind.BANNER}, False),
    ],
)
def test_who_is_invited_to_what(talk, changes, invited):
    assert invitations.invites(talk.model_copy(update=changes)) is invited
