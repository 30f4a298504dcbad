"""Old addresses: aliases, Git renames and removals, and what stands in for them."""

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest

from kehoach import redirects
from kehoach.building.assembling import Assembly
from kehoach.building.frame import ByHand
from kehoach.building.layout import FIELDS, Layout, token
from kehoach.building.making import Making
from kehoach.building.memory import Memory
from kehoach.building.project import Project, read_head
from kehoach.building.shelf import Shelf, read_library
from kehoach.building.traces import Traces
from kehoach.building.tree import Folder
from kehoach.history import History
from kehoach.pages.page import Templates
from kehoach.records.library import Library
from kehoach.redirects import Moved, Removed, settle
from kehoach.site import TIMEZONE, Site

PLAN = """\
---
title: {title}
number: 1/KH-SKHCN
issuer: so
date: 16/3/2022
{more}events:
  - {{id: toa-dam, title: Tọa đàm cải cách hành chính, section: II.1{event}}}
slogans:
  - {{id: chao-mung, text: Nhiệt liệt chào mừng Ngày 18/5}}
---
## I. MỤC ĐÍCH

1. Kế hoạch nêu việc phải làm của {title}, đơn vị chủ trì và thời gian thực hiện.

## II. NỘI DUNG

1. Tọa đàm cải cách hành chính.
"""


class Office:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("don-vi.yml", "- {id: so, name: Sở Khoa học và Công nghệ, kind: sở}\n")
        self.write("tu-viet-tat.yml", "KH: khoa học\n")

    def git(self, *arguments: str, day: str = "2022-05-06T08:00:00+07:00") -> str:
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Văn thư"), ("EMAIL", "a@so.vn"), ("DATE", day))
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=os.environ | who,
            check=True,
            text=True,
            capture_output=True,
        )
        return done.stdout

    def write(self, name: str, text: str) -> None:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def plan(self, name: str, title: str, more: str = "", event: str = "") -> None:
        self.write(f"ke-hoach/{name}.md", PLAN.format(title=title, more=more, event=event))

    def commit(self, message: str, day: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message, day=f"{day}T09:00:00+07:00")

    def move(self, old: str, new: str, day: str) -> None:
        (self.root / f"content/ke-hoach/{new}.md").parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", f"content/ke-hoach/{old}.md", f"content/ke-hoach/{new}.md")
        self.commit("Đổi tên", day)

    def library(self) -> Library:
        library = read_library(self.root / "content")
        assert library.findings == []
        return library

    def history(self) -> tuple[list[Moved], list[Removed]]:
        return redirects.read_history(self.root, self.library())

    def taken_out(self, root: Path | None = None) -> list[Removed]:
        root = root or self.root
        library = read_library(root / "content")
        return redirects.taken_out(root, History.read(root, library).departures)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_rename_leads_from_every_name_it_had(office):
    office.plan("2022/a", "Kế hoạch A")
    office.commit("Thêm", "2022-05-06")
    office.move("2022/a", "2022/b", "2022-05-07")
    office.move("2022/b", "2022/c", "2022-05-08")
    moves, removals = office.history()
    assert moves == [
        Moved("ke-hoach/2022/b/", "ke-hoach/2022/c/"),
        Moved("ke-hoach/2022/a/", "ke-hoach/2022/c/"),
    ]
    assert removals == []


def test_a_plan_that_changes_its_year_takes_its_events_and_slogans_along(office):
    office.plan("2021/a", "Kế hoạch A")
    office.commit("Thêm", "2022-05-06")
    office.move("2021/a", "2022/a", "2022-05-07")
    assert office.history()[0] == [
        Moved("ke-hoach/2021/a/", "ke-hoach/2022/a/"),
        Moved("su-kien/2021/toa-dam/", "su-kien/2022/toa-dam/"),
        Moved("khau-hieu/2021/chao-mung/", "khau-hieu/2022/chao-mung/"),
    ]


def test_a_removal_says_when_and_why_at_every_address(office):
    office.plan("2022/a", "Kế hoạch A")
    office.commit("Thêm", "2022-05-06")
    office.move("2022/a", "2022/b", "2022-05-07")
    (office.root / "content/ke-hoach/2022/b.md").unlink()
    office.commit("Gỡ kế hoạch A\n\nLý do: đăng nhầm bản chưa ký\n", "2022-06-02")
    day, reason = date(2022, 6, 2), "đăng nhầm bản chưa ký"
    moves, removals = office.history()
    assert moves == []
    assert sorted(removals) == [
        Removed("ke-hoach/2022/a/", "Kế hoạch A", day, reason),
        Removed("ke-hoach/2022/b/", "Kế hoạch A", day, reason),
        Removed("khau-hieu/2022/chao-mung/", "Nhiệt liệt chào mừng Ngày 18/5", day, reason),
        Removed("su-kien/2022/toa-dam/", "Tọa đàm cải cách hành chính", day, reason),
    ]


@pytest.mark.parametrize(
    "message", ["Gỡ bản trùng", "Lý do thì chưa rõ: hỏi anh Ba", "Gỡ\n\nchưa có lý do: hỏi lại"]
)
def test_what_a_message_says_besides_stays_private(office, message):
    office.plan("2022/a", "Kế hoạch A")
    office.commit("Thêm", "2022-05-06")
    (office.root / "content/ke-hoach/2022/a.md").unlink()
    office.commit(message, "2022-06-02")
    assert {notice.reason for notice in office.history()[1]} == {""}


@pytest.mark.parametrize(
    "message",
    [
        "Lý do: trùng",
        "Gỡ\n\n  LÝ DO:trùng  \nXem thêm",
        unicodedata.normalize("NFD", "Lý do: trùng"),
    ],
)
def test_a_reason_has_a_line_of_its_own(office, message):
    office.plan("2022/a", "Kế hoạch A")
    office.commit("Thêm", "2022-05-06")
    (office.root / "content/ke-hoach/2022/a.md").unlink()
    office.commit(message, "2022-06-02")
    assert {notice.reason for notice in office.history()[1]} == {"trùng"}


def test_only_what_was_released_is_told():
    moves = [Moved("a/", "b/"), Moved("c/", "d/")]
    gone = [Removed(address, "X", date(2022, 6, 2), "") for address in ("e/", "f/")]
    assert redirects.promised(moves, gone, {"c/", "f/"}) == (moves[1:], gone[1:])
    assert redirects.promised(moves, gone, frozenset()) == ([], [])


def test_who_begins_with_a_copy_of_another_s_texts_tells_nothing_of_them(published):
    published.plan("2022/minh", "Kế hoạch của mình", event=", aliases: [cu]")
    published.move("2022/a", "2022/cua-tinh-khac", "2022-06-01")
    (published.root / "content/ke-hoach/2022/cua-tinh-khac.md").unlink()
    published.commit("Bỏ kế hoạch của tỉnh khác\n\nLý do: không phải của Sở", "2022-06-02")
    site = files(published.root, released=())
    assert "ke-hoach/2022/minh/index.html" in site
    assert "su-kien/2022/cu/index.html" in site  # its author wrote the old address down
    assert [p for p, text in site.items() if "đã được gỡ" in text or "tỉnh khác" in text] == []
    assert not {p for p in site if p.startswith(("ke-hoach/2022/a/", "ke-hoach/2022/cua-"))}


def test_a_draft_was_never_public(office):
    office.plan("2022/a", "Kế hoạch A", more="status: draft\n")
    office.commit("Thêm", "2022-05-06")
    (office.root / "content/ke-hoach/2022/a.md").unlink()
    office.commit("Bỏ", "2022-06-02")
    assert office.history() == ([], [])


def test_a_document_that_came_back_is_not_removed(office):
    office.plan("2022/a", "Kế hoạch A")
    office.commit("Thêm", "2022-05-06")
    (office.root / "content/ke-hoach/2022/a.md").unlink()
    office.commit("Bỏ", "2022-06-02")
    office.plan("2022/a", "Kế hoạch A")
    office.commit("Đăng lại", "2022-06-03")
    assert office.history() == ([], [])


EVENT = "  - {id: toa-dam, title: Tọa đàm cải cách hành chính, section: II.1}\n"
OTHER = "  - {id: hoi-thao, title: Hội thảo chuyển đổi số, section: II.1}\n"
GONE = Removed(
    "su-kien/2022/toa-dam/",
    "Tọa đàm cải cách hành chính",
    date(2022, 6, 2),
    "",
    "ke-hoach/2022/a/",
    "Kế hoạch A",
)


def rewrite(office: Office, old: str, new: str, message: str, day: str, name: str = "2022/a"):
    """Commit the plan with `new` in place of `old`."""
    path = office.root / f"content/ke-hoach/{name}.md"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    office.commit(message, day)


@pytest.fixture
def published(office: Office) -> Office:
    """An office whose plan A was published with its one event."""
    office.plan("2022/a", "Kế hoạch A")
    office.commit("Thêm", "2022-05-06")
    return office


def test_an_event_taken_out_of_its_plan_leaves_a_notice(published):
    assert published.taken_out() == []
    rewrite(published, EVENT, OTHER, "Sửa kế hoạch A", "2022-06-02")
    rewrite(published, "thời gian thực hiện", "thời gian", "Sửa lời", "2022-06-03")
    assert published.taken_out() == [GONE]
    assert published.history() == ([], [])


def test_only_a_line_for_it_is_the_reason(published):
    rewrite(published, EVENT, OTHER, "Sửa kế hoạch A\n\nLý do: trùng với hội thảo", "2022-06-02")
    assert [notice.reason for notice in published.taken_out()] == ["trùng với hội thảo"]


def test_a_slogan_leaves_a_notice_too(published):
    slogan = "slogans:\n  - {id: chao-mung, text: Nhiệt liệt chào mừng Ngày 18/5}\n"
    rewrite(published, slogan, "", "Bỏ khẩu hiệu", "2022-06-02")
    assert [notice.address for notice in published.taken_out()] == ["khau-hieu/2022/chao-mung/"]


def test_an_event_under_a_new_name_is_not_gone(published):
    renamed = EVENT.replace("toa-dam,", "toa-dam-moi, aliases: [toa-dam],")
    rewrite(published, EVENT, renamed, "Đổi mã", "2022-06-02")
    assert published.taken_out() == []
    moves = list(redirects.aliases(published.library()))
    assert moves == [Moved("su-kien/2022/toa-dam/", "su-kien/2022/toa-dam-moi/")]


def test_a_renamed_event_leaves_notices_at_both_its_names(published):
    renamed = EVENT.replace("toa-dam,", "toa-dam-moi, aliases: [toa-dam],")
    rewrite(published, EVENT, renamed, "Đổi mã", "2022-06-01")
    rewrite(published, renamed, OTHER, "Bỏ tọa đàm", "2022-06-02")
    assert {(notice.address, notice.day) for notice in published.taken_out()} == {
        ("su-kien/2022/toa-dam/", date(2022, 6, 2)),
        ("su-kien/2022/toa-dam-moi/", date(2022, 6, 2)),
    }


def test_an_event_that_came_back_is_not_gone(published):
    rewrite(published, EVENT, OTHER, "Bỏ", "2022-06-02")
    rewrite(published, OTHER, EVENT + OTHER, "Đưa lại", "2022-06-03")
    assert published.taken_out() == []


def test_a_plan_that_changes_its_year_takes_no_event_out(published):
    published.move("2022/a", "2023/a", "2022-06-02")
    assert published.taken_out() == []
    rewrite(published, EVENT, OTHER, "Bỏ", "2022-06-03", name="2023/a")
    assert [(notice.address, notice.plan) for notice in published.taken_out()] == [
        ("su-kien/2022/toa-dam/", "ke-hoach/2023/a/"),
        ("su-kien/2023/toa-dam/", "ke-hoach/2023/a/"),
    ]


def test_what_was_a_draft_or_not_valid_took_nothing_out(published):
    rewrite(published, EVENT, EVENT.replace("title", "tiltle"), "Gõ nhầm", "2022-06-01")
    rewrite(published, "tiltle", "title", "Sửa lại", "2022-06-02")
    assert published.taken_out() == []


def test_a_shallow_clone_tells_of_what_it_saw_go(published):
    rewrite(published, EVENT, OTHER, "Bỏ", "2022-06-02")
    rewrite(published, OTHER, OTHER.replace("số,", "số (mới),"), "Sửa", "2022-06-03")
    found = {}
    for depth in (1, 2, 3):
        clone = published.root.parent / f"clone-{depth}"
        published.git("clone", "-q", "--depth", str(depth), published.root.as_uri(), str(clone))
        found[depth] = published.taken_out(clone)
    assert found == {1: [], 2: [], 3: [GONE]}


def test_a_plan_that_is_gone_later_is_not_linked(published):
    rewrite(published, EVENT, OTHER, "Bỏ", "2022-06-02")
    notices = published.taken_out()
    assert settle([], notices, ["ke-hoach/2022/a/"]) == ([], [GONE])
    assert [notice.plan for notice in settle([], notices, [])[1]] == [""]
    plan = Removed(GONE.plan, "Kế hoạch A", date(2022, 6, 9), "trùng")
    assert {n.address: n.plan for n in settle([], [plan, *notices], [])[1]} == {
        "ke-hoach/2022/a/": "",
        "su-kien/2022/toa-dam/": "ke-hoach/2022/a/",
    }


def files(root: Path, released: Iterable[str] = ("su-kien/2022/toa-dam/",)) -> dict[str, str]:
    """The files of the office's site as text, prints apart; its layout is the page's own parts.

    `released` are the addresses of its earlier releases.
    """
    site = Site("Sở", "https://so.vn/", "", datetime(2022, 7, 1, tzinfo=TIMEZONE))
    shelf = Shelf(root / "content", Memory(root / "memory", ""), Traces(None, ""))
    shelf.scan(0)
    project = Project(root, shelf, site, read_head(root)[0], released=frozenset(released))
    layout = Layout.render(lambda **_: "\n".join(map(token, FIELDS)), "")
    templates = Templates(Path(__file__).parents[1] / "theme/pages")
    frame = ByHand(templates, "assets/", lambda section: layout, root / "site")
    shutil.rmtree(root / "site", ignore_errors=True)
    (root / "site").mkdir()
    folder = Folder(root / "site")
    Making(Assembly(project, frame, folder.root, with_prints=False), folder).make()
    return {path: (root / "site" / path).read_text("utf-8", "replace") for path in folder.changed}


def test_the_notice_stands_at_the_event_s_address_and_nowhere_else(published):
    rewrite(published, EVENT, OTHER, "Bỏ\n\nLý do: trùng", "2022-06-02")
    site = files(published.root)
    page = site.pop("su-kien/2022/toa-dam/index.html")
    assert '<meta name="robots" content="noindex">' in page
    assert 'data-notice="removed"' in page
    assert "Sự kiện này đã được gỡ khỏi kế hoạch ngày 02 tháng 6 năm 2022." in page
    assert "Lý do: trùng" in page
    assert '<a href="../../../ke-hoach/2022/a/">Kế hoạch A</a>' in page
    assert "su-kien/2022/hoi-thao/index.html" in site
    assert [path for path, text in site.items() if "su-kien/2022/toa-dam" in text] == []


def test_no_repository_tells_nothing(tmp_path):
    (tmp_path / "content").mkdir()
    assert redirects.read_history(tmp_path, read_library(tmp_path / "content")) == ([], [])


def test_aliases_of_documents_and_events(office):
    office.plan(
        "2022/b",
        "Kế hoạch B",
        more="aliases: [/ke-hoach/2022/a/, ke-hoach/2021/x]\n",
        event=", aliases: [toa-dam-cu]",
    )
    assert list(redirects.aliases(office.library())) == [
        Moved("ke-hoach/2022/a/", "ke-hoach/2022/b/"),
        Moved("ke-hoach/2021/x/", "ke-hoach/2022/b/"),
        Moved("su-kien/2022/toa-dam-cu/", "su-kien/2022/toa-dam/"),
    ]


NOTICE = Removed("c/", "Kế hoạch C", date(2022, 6, 2), "trùng")


@pytest.mark.parametrize(
    ("moves", "addresses", "leading", "noticed"),
    [
        ([Moved("a/", "b/")], ["b/"], [Moved("a/", "b/")], ["c/"]),
        (
            [Moved("a/", "b/"), Moved("b/", "d/")],
            ["d/"],
            [Moved("a/", "d/"), Moved("b/", "d/")],
            ["c/"],
        ),
        ([Moved("a/", "b/")], ["a/", "b/"], [], ["c/"]),  # in use: left alone
        ([Moved("a/", "b/")], ["x/"], [], ["c/"]),  # leads to nothing
        ([Moved("a/", "b/"), Moved("b/", "a/")], ["x/"], [], ["c/"]),
        ([Moved("a/", "c/")], ["x/"], [], ["a/", "c/"]),  # to a removed document
        (
            [Moved("c/", "d/")],
            ["d/"],
            [Moved("c/", "d/")],
            [],
        ),  # removed, but an alias knows better
        ([Moved("a/", "b/"), Moved("a/", "d/")], ["b/", "d/"], [Moved("a/", "b/")], ["c/"]),
        ([], ["c/"], [], []),
    ],
)
def test_moves_are_followed_to_their_end(moves, addresses, leading, noticed):
    settled, notices = settle(moves, [NOTICE], addresses)
    assert settled == leading
    assert [notice.address for notice in notices] == noticed


def test_files_beside_a_moved_page_stay_at_their_old_place_too():
    paths = [
        "ke-hoach/2022/moi/index.html",
        "ke-hoach/2022/moi/moi.pdf",
        "ke-hoach/2022/moi/index.ics",
        "ke-hoach/2022/moi/phu-luc/a.pdf",
        "index.html",
        "feed.xml",
    ]
    assert redirects.copies([Moved("ke-hoach/2021/cu/", "ke-hoach/2022/moi/")], paths) == {
        "ke-hoach/2021/cu/cu.pdf": "ke-hoach/2022/moi/moi.pdf",
        "ke-hoach/2021/cu/index.ics": "ke-hoach/2022/moi/index.ics",
    }


def test_the_page_at_an_old_address_leads_on_and_needs_no_script():
    move = Moved("ke-hoach/2021/cu/", "ke-hoach/2022/moi/")
    html = redirects.moved_page(move, 'Kế hoạch "A" & <B>', "https://so.vn/").decode()
    assert '<meta http-equiv="refresh" content="0; url=../../../ke-hoach/2022/moi/">' in html
    assert '<link rel="canonical" href="https://so.vn/ke-hoach/2022/moi/">' in html
    assert (
        '<a href="../../../ke-hoach/2022/moi/">Kế hoạch &quot;A&quot; &amp; &lt;B&gt;</a>' in html
    )
    assert 'data-notice="moved"' in html
    policy = "default-src 'none'; base-uri 'none'; form-action 'none'"  # it asks for nothing
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in html
    assert "<script" not in html
    assert "style" not in html


def test_the_page_of_a_removed_document_says_when_and_why():
    notice = Removed("ke-hoach/2022/a/", "Kế hoạch <A>", date(2022, 2, 6), "đăng nhầm & trùng")
    page = redirects.removed_page(notice)
    theme = Path(__file__).parents[1] / "theme/pages"
    html = Templates(theme).render(page, page.root)
    assert (page.section, page.indexed) == ("ke-hoach", False)
    assert "<h1>Kế hoạch &lt;A&gt;</h1>" in html
    assert "đã được gỡ khỏi trang ngày 06 tháng 02 năm 2022." in html
    assert "Lý do: đăng nhầm &amp; trùng" in html
    assert 'data-notice="removed"' in html
