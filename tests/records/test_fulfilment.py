"""Which event or deadline stands for a period of a campaign: what is said, and what is beyond doubt."""

from datetime import date
from textwrap import indent

import pytest

from feeds.department import PLAN, lay
from kehoach import rules

HEAD = """---
title: Tổ chức Ngày Khoa học và Công nghệ Việt Nam năm 2024
number: 12/KH-SKHCN
issuer: so-khcn
date: 06/4/2024
campaign: 2024
{more}events:
{events}
deadlines:
{deadlines}
---

Nội dung.
"""
CAMPAIGN = """---
title: Ngày Khoa học và Công nghệ Việt Nam năm 2024
day: 18/5/2024
periods:
{periods}
---
"""
BANNER = "{id: bang-ron, title: Treo băng rôn, kind: băng rôn, when: 15 - 19/5/2024}"
NEWS = "{id: tin, title: Đăng tin, kind: truyền thông, when: 15 - 19/5/2024}"
CONTEST = "{id: thi, title: Cuộc thi, kind: cuộc thi, when: 15 - 19/5/2024}"
REPORT = "{id: bao-cao, what: Gửi báo cáo kết quả, when: trước ngày 25/5/2024}"
LIST = "{id: danh-sach, what: Gửi danh sách khen thưởng, when: chậm nhất ngày 24/5/2024}"
WINDOW = "{kind: tuyên truyền, when: từ ngày 15/5/2024 đến ngày 19/5/2024}"
CORE = "{kind: cao điểm, when: 15/5 - 19/5/2024}"
REPORTING = "{kind: báo cáo, when: trước ngày 25/5/2024}"


TODAY = date(2024, 4, 6)


def library(tmp_path, periods, events=(), deadlines=(), more="", others=None, *, faulty=False):
    def rows(items):
        return indent("\n".join(f"- {item}" for item in items), "  ") or "  []"

    plan = HEAD.format(events=rows(events), deadlines=rows(deadlines), more=more)
    campaign = CAMPAIGN.format(periods=rows(periods))
    return lay(tmp_path, {"chu-de/2024.md": campaign, PLAN: plan, **(others or {})}, faulty=faulty)


def alone(found):
    """The kinds of the periods that calendars show by themselves."""
    return [p.kind.value for p in found.campaigns[0].periods if found.stands_alone(p)]


def with_(item, more):
    return item.replace("}", f", {more}}}")


@pytest.mark.parametrize(
    ("periods", "events", "deadlines", "by"),
    [
        pytest.param([WINDOW], [BANNER], [], ["bang-ron"], id="banners on the days of publicity"),
        pytest.param([CORE], [NEWS], [], ["tin"], id="news on the days of the core"),
        pytest.param([REPORTING], [], [REPORT], ["bao-cao"], id="a report on the day of reports"),
        pytest.param([WINDOW], [BANNER, CONTEST], [], ["bang-ron"], id="beside a contest"),
        pytest.param([REPORTING], [], [REPORT, LIST], ["bao-cao"], id="beside another deadline"),
        pytest.param(
            [with_(WINDOW, "title: Treo băng rôn tại Sở")], [BANNER], [], ["bang-ron"],
            id="a title that says more",
        ),
        pytest.param([WINDOW], [BANNER, NEWS], [], [], id="two that may be it"),
        pytest.param([WINDOW, CORE], [BANNER], [], [], id="two periods that it may be"),
        pytest.param([WINDOW], [CONTEST], [], [], id="an event of another kind"),
        pytest.param([REPORTING], [], [LIST], [], id="a deadline that is no report"),
        pytest.param(
            [with_(WINDOW, "title: Tuần lễ sáng tạo")], [BANNER], [], [], id="another title"
        ),
        pytest.param(
            [with_(WINDOW, "where: Các huyện")], [with_(BANNER, "place: Trụ sở Sở")], [], [],
            id="another place",
        ),
        pytest.param([WINDOW], [BANNER.replace("19/5", "18/5")], [], [], id="other days"),
        pytest.param([WINDOW], [BANNER.replace("15 -", "dự kiến 15 -")], [], [], id="not settled"),
        pytest.param([WINDOW], [with_(BANNER, "status: cancelled")], [], [], id="cancelled"),
        pytest.param(
            [WINDOW.replace("từ ngày 15/5/2024 đến ngày 19/5/2024", "Tháng 5/2024")],
            [BANNER.replace("15 - 19/5", "Tháng 5/")], [], [], id="a month is no days",
        ),
        pytest.param([with_(WINDOW, "fulfilled_by: []")], [BANNER], [], [], id="said to be none"),
        pytest.param(
            [with_(WINDOW, "fulfilled_by: thi")], [BANNER, CONTEST], [], ["thi"], id="said to be it"
        ),
        pytest.param(
            [with_(WINDOW, "fulfilled_by: [bang-ron, tin]")], [BANNER, NEWS], [],
            ["bang-ron", "tin"], id="said to be two",
        ),
    ],
)  # fmt: skip
def test_who_stands_for_a_period(periods, events, deadlines, by, tmp_path):
    found = library(tmp_path, periods, events, deadlines)
    assert [one.by.id for one in found.fulfilments] == by
    assert alone(found) == ([] if by else [p.kind.value for p in found.campaigns[0].periods])


def test_a_named_event_on_other_days_does_not_hide_the_period(tmp_path):
    late = BANNER.replace("15 - 19", "16 - 19")
    found = library(tmp_path, [with_(WINDOW, "fulfilled_by: bang-ron")], [late])
    (event,) = found.events
    assert [one.period.kind.value for one in found.stages(event)] == ["tuyên truyền"]
    assert alone(found) == ["tuyên truyền"]


@pytest.mark.parametrize("more", ["status: withdrawn\nreason: Thay đổi\n", "status: draft\n"])
def test_a_plan_out_of_force_hides_no_period(more, tmp_path):
    found = library(tmp_path, [with_(WINDOW, "fulfilled_by: bang-ron")], [BANNER], more=more)
    assert alone(found) == ["tuyên truyền"]


def test_each_plan_that_joins_may_carry_a_period_out(tmp_path):
    first = HEAD.format(events=f"  - {BANNER}", deadlines="  []", more="")
    second = first.replace("number: 12", "number: 13").replace("id: bang-ron", "id: bang-ron-2")
    other = second.replace("campaign: 2024\n", "").replace("bang-ron-2", "bang-ron-3")
    others = {"ke-hoach/2024/b.md": second, "ke-hoach/2024/c.md": other}
    found = library(tmp_path, [WINDOW], [BANNER], others=others)
    assert sorted(one.by.id for one in found.fulfilments) == ["bang-ron", "bang-ron-2"]


def test_an_address_names_one_of_two_with_the_same_id(tmp_path):
    second = HEAD.format(events="  []", deadlines=f"  - {REPORT}", more="")
    name = "ke-hoach/2024/b#han-bao-cao"
    period = with_(REPORTING, f"fulfilled_by: {name}")
    others = {"ke-hoach/2024/b.md": second.replace("number: 12", "number: 13")}
    found = library(tmp_path, [period], [], [REPORT], others=others)
    assert [one.by.plan.address for one in found.fulfilments] == ["ke-hoach/2024/b/"]


def told(found):
    """What the rules say of the campaign: rule, line and hint."""
    findings = rules.check(found, today=TODAY)
    return [(f.rule, f.line, f.hint) for f in findings if f.path == "content/chu-de/2024.md"]


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ("bang-rom", "có phải `bang-ron`?"),
        ("xyz", "ghi mã trong một kế hoạch có dòng `campaign: 2024`"),
        ("ke-hoach/2024/ngay-khcn#han-bao-caO", "có phải `ke-hoach/2024/ngay-khcn#han-bao-cao`?"),
    ],
)
def test_a_name_that_nothing_has_is_an_error(names, hint, tmp_path):
    period = with_(WINDOW, f"fulfilled_by: [bang-ron, {names}]")
    found = library(tmp_path, [period], [BANNER], [REPORT])
    assert told(found) == [("unknown-event", 5, hint)]


def test_a_name_in_a_plan_that_cannot_be_read_is_not_missed(tmp_path):
    period = with_(WINDOW, "fulfilled_by: bang-ron")
    broken = BANNER.replace("15 - 19/5", "31/2")
    found = library(tmp_path, [period], [broken], faulty=True)
    assert told(found) == []
    assert [f.rule for f in found.findings] == ["invalid-date"]


@pytest.mark.parametrize(
    ("period", "event", "rule"),
    [
        (
            with_(WINDOW, "fulfilled_by: bang-ron"),
            BANNER.replace("19", "18"),
            "contradictory-period",
        ),
        (with_(WINDOW, "title: Treo băng rôn"), BANNER.replace("19", "20"), "contradictory-period"),
        (WINDOW, CONTEST, "unlinked-period"),
        (with_(WINDOW, "fulfilled_by: []"), CONTEST, None),
        (
            with_(WINDOW, "fulfilled_by: bang-ron"),
            with_(BANNER.replace("19", "18"), "status: cancelled"),
            None,
        ),
        (WINDOW, BANNER, None),
        (WINDOW, BANNER.replace("19", "18"), None),
    ],
)
def test_what_is_in_doubt_or_contradicts_is_told(period, event, rule, tmp_path):
    found = library(tmp_path, [period], [event])
    assert [name for name, line, _ in told(found) if line == 5] == ([rule] if rule else [])


def test_several_need_only_lie_within_the_period(tmp_path):
    period = with_(WINDOW, "fulfilled_by: [bang-ron, tin]")
    first, second = BANNER.replace("15 - 19", "15 - 16"), NEWS.replace("15 - 19", "17 - 19")
    assert told(library(tmp_path / "in", [period], [first, second])) == []
    late = NEWS.replace("15 - 19", "17 - 21")
    assert [rule for rule, *_ in told(library(tmp_path / "out", [period], [first, late]))] == [
        "contradictory-period"
    ]
