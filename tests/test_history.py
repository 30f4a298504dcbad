"""The history of records, from real commits in scratch repositories."""

import os
import pickle
import subprocess
from datetime import datetime
from pathlib import Path

import icalendar
import pytest

from feeds.department import BODY, DEADLINES, EVENT, FUZZY, HEAD, PLAN, SITE, SLOGANS, lay, read
from kehoach.history import Commit, History, Revision, Story
from kehoach.site import TIMEZONE
from whole import all_feeds

FILE = f"content/{PLAN}"
START = 1_714_500_000  # 1 May 2024, 01:00 in Vietnam
DAY = 86_400


class Repository:
    """A scratch repository; its n-th commit is made on the n-th of May 2024."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.commits = 0
        lay(root)
        (root / FILE).unlink()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        moment = f"{START + self.commits * DAY} +0700"
        environment = {
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_DATE": moment,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.vn", *arguments]
        done = subprocess.run(
            command, cwd=self.root, env=os.environ | environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")
        self.commits += 1
        return self.git("rev-parse", "HEAD").strip()

    def put(self, text: str, path: str = PLAN) -> None:
        (self.root / "content" / path).write_text(text, "utf-8")

    def write(self, text: str, path: str = PLAN) -> str:
        """Commit a plan with this text."""
        self.put(text, path)
        return self.commit()

    def history(self, **options) -> History:
        return History.read(self.root, read(self.root), **options)

    def words(self, path: str = FILE) -> list[str]:
        return [change.words for change in self.history().changes(path)]

    def revision(self, name: str) -> Revision:
        return revision_in(self.history(), name)

    def entry(self, name: str = "toa-dam") -> icalendar.Event | None:
        """The event in the site's calendar."""
        made = all_feeds(read(self.root), SITE, self.history())
        calendar = icalendar.Calendar.from_ical(next(made).content)
        uid = f"su-kien.2024.{name}@kehoach.example.vn"
        return next((e for e in calendar.walk("VEVENT") if e["UID"] == uid), None)


def revision_in(history: History, name: str) -> Revision:
    """Of the event that was first called `name`."""
    key = ("su-kien", "2024", name)
    return next((found[key] for found in history.revisions.values() if key in found), Revision())


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "main")


def may(day: int) -> datetime:
    return datetime(2024, 5, day, 1, tzinfo=TIMEZONE)


PUBLISHED = HEAD + EVENT + FUZZY + BODY
MOVED = PUBLISHED.replace(
    "when: ngày 16/5/2024",
    "when: ngày 20/5/2024\n    status: rescheduled\n    previous_when: ngày 16/5/2024\n"
    "    reason: Mưa lớn",
)
CANCELLED = PUBLISHED.replace(
    "when: ngày 16/5/2024", "when: ngày 16/5/2024\n    status: cancelled\n    reason: Bão số 1"
)
TITLE = "“Tọa đàm về cải cách hành chính”"


def test_a_plan_that_never_changed(repository):
    first = repository.write(PUBLISHED)
    history = repository.history()
    assert history.commits(FILE) == (Commit(first, may(1)),)
    assert [(c.when, c.words, c.field) for c in history.changes(FILE)] == [
        (may(1), "đăng lần đầu", "")
    ]
    assert repository.revision("toa-dam") == Revision(0, may(1))


def test_moving_an_event(repository):
    repository.write(PUBLISHED)
    repository.write(MOVED)
    assert repository.words() == [
        f"đổi thời gian {TITLE} từ “ngày 16/5/2024” sang “ngày 20/5/2024”: Mưa lớn",
        "đăng lần đầu",
    ]
    assert repository.revision("toa-dam") == Revision(1, may(2))
    assert repository.revision("hoi-thao") == Revision(0, may(1))
    event = repository.entry()
    assert (event["SEQUENCE"], event["STATUS"]) == (1, "CONFIRMED")
    assert event.start.isoformat() == "2024-05-20"
    assert event["LAST-MODIFIED"].dt == may(2)


def test_cancelling_an_event_that_had_moved(repository):
    for text in (PUBLISHED, MOVED, CANCELLED):
        repository.write(text)
    assert repository.words()[:2] == [
        f"đổi thời gian {TITLE} từ “ngày 20/5/2024” sang “ngày 16/5/2024”",
        f"huỷ sự kiện {TITLE}: Bão số 1",
    ]
    event = repository.entry()
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")


def test_postponing_and_taking_up_again(repository):
    postponed = CANCELLED.replace("cancelled", "postponed")
    for text in (PUBLISHED, postponed, PUBLISHED):
        repository.write(text)
    assert repository.words() == [
        f"tổ chức trở lại sự kiện {TITLE}",
        f"hoãn sự kiện {TITLE}: Bão số 1",
        "đăng lần đầu",
    ]
    assert repository.entry()["SEQUENCE"] == 2


def test_deleting_an_event_and_adding_another(repository):
    repository.write(HEAD + EVENT + BODY)
    repository.write(HEAD + "events:\n" + FUZZY + BODY)
    assert repository.words() == [
        "thêm sự kiện “Hội thảo, “đổi mới; sáng tạo””",
        f"gỡ sự kiện {TITLE}",
        "đăng lần đầu",
    ]
    assert repository.entry() is None
    assert repository.entry("hoi-thao")["SEQUENCE"] == 0


def test_a_deleted_event_that_comes_back_goes_on_counting(repository):
    for text in (PUBLISHED, HEAD + "events:\n" + FUZZY + BODY, PUBLISHED):
        repository.write(text)
    assert repository.entry()["SEQUENCE"] == 2


def test_an_event_that_moves_to_another_plan_goes_on_counting(repository):
    repository.write(PUBLISHED)
    repository.put(HEAD + "events:\n" + FUZZY + BODY)
    repository.write(HEAD + EVENT + BODY, "ke-hoach/2024/khac.md")
    assert repository.entry()["SEQUENCE"] == 1


def test_a_renamed_event_goes_on_counting(repository):
    repository.write(PUBLISHED)
    renamed = PUBLISHED.replace("id: toa-dam", "id: toa-dam-moi\n    aliases: [toa-dam]")
    repository.write(renamed.replace("Hội trường Sở", "Hội trường lớn"))
    words = "sửa địa điểm của “Tọa đàm về cải cách hành chính” từ “Hội trường Sở” thành"
    assert repository.words() == [f"{words} “Hội trường lớn”", "đăng lần đầu"]
    assert repository.entry()["SEQUENCE"] == 1


def test_what_changes_besides_events_is_told_in_words(repository):
    repository.write(HEAD + EVENT + DEADLINES + SLOGANS + BODY)
    changed = (
        (HEAD + EVENT + DEADLINES + SLOGANS + BODY)
        .replace("254 /KH-SKHCN", "255/KH-SKHCN")
        .replace("when: trước ngày 14/5/2024", "when: trước ngày 15/5/2024")
        .replace("when: 10 - 12/5/2024", "when: 10 - 13/5/2024")
        .replace("Khoa học & công nghệ", "Khoa học và công nghệ")
        .replace("Tọa đàm, hội thảo.", "Tọa đàm và hội thảo.")
        .replace("    lead: Văn phòng Sở\n", "    lead: Phòng QLKH\n")
        .replace("signer:", "recipients: [Lưu VT]\nsigner:")
    )
    repository.write(changed)
    changes = repository.history().changes(FILE)
    assert [(change.field, change.words) for change in changes] == [
        (
            "events.toa-dam.lead",
            f"sửa đơn vị chủ trì của {TITLE} từ “Văn phòng Sở” thành “Phòng QLKH”",
        ),
        (
            "deadlines.tham-luan.when",
            "đổi thời hạn “Gửi báo cáo tham luận” từ “trước ngày 14/5/2024”"
            " sang “trước ngày 15/5/2024”",
        ),
        (
            "slogans.rieng.when",
            "đổi thời gian treo khẩu hiệu “Khoa học và công nghệ” từ “10 - 12/5/2024”"
            " sang “10 - 13/5/2024”",
        ),
        (
            "slogans.rieng.text",
            "sửa nguyên văn của khẩu hiệu “Khoa học và công nghệ” từ “Khoa học & công nghệ”"
            " thành “Khoa học và công nghệ”",
        ),
        ("number", "sửa số, ký hiệu từ “254 /KH-SKHCN” thành “255/KH-SKHCN”"),
        ("recipients", "ghi thêm nơi nhận: “Lưu VT”"),
        ("body", "đính chính nội dung"),
        ("", "đăng lần đầu"),
    ]


def test_lines_that_move_without_a_word_are_no_change(repository):
    repository.write(PUBLISHED)
    repository.write(
        PUBLISHED.replace("kind: tọa đàm", 'kind: "tọa đàm"').replace(
            "Tọa đàm, hội", "Tọa đàm,\nhội"
        )
    )
    assert len(repository.history().commits(FILE)) == 2
    assert repository.words() == ["đăng lần đầu"]
    assert repository.history().updated(FILE) == may(1)
    assert repository.revision("toa-dam") == Revision(0, may(1))


def test_withdrawing_a_plan_revises_its_events(repository):
    repository.write(PUBLISHED)
    repository.write(PUBLISHED.replace("campaign:", "status: withdrawn\nreason: Nhầm\ncampaign:"))
    assert repository.words()[0] == "thu hồi kế hoạch: Nhầm"
    event = repository.entry()
    assert (event["SEQUENCE"], event["STATUS"]) == (1, "CANCELLED")


def test_drafts_and_invalid_versions_were_never_published(repository):
    repository.write(PUBLISHED.replace("campaign:", "status: draft\ncampaign:"))
    repository.write("---\ntitle: [\n---\n")
    repository.write(PUBLISHED)
    repository.write(PUBLISHED.replace("16/5/2024", "31/2/2024"))
    repository.write(MOVED)
    assert [change.when for change in repository.history().changes(FILE)] == [may(5), may(3)]
    assert repository.words()[1] == "đăng lần đầu"
    assert repository.revision("toa-dam") == Revision(1, may(5))


def test_a_file_keeps_its_history_under_a_new_name(repository):
    first = repository.write(PUBLISHED)
    new = "ke-hoach/2024/tên-mới.md"
    repository.git("mv", FILE, f"content/{new}")
    second = repository.commit()
    third = repository.write(MOVED, new)
    history = repository.history()
    assert [commit.hash for commit in history.commits(f"content/{new}")] == [third, second, first]
    assert [change.when for change in history.changes(f"content/{new}")] == [may(3), may(1)]
    assert revision_in(history, "toa-dam") == Revision(1, may(3))


def test_a_new_file_at_an_old_name_begins_anew(repository):
    repository.write(PUBLISHED)
    repository.git("mv", FILE, "content/ke-hoach/2024/cu.md")
    repository.commit()
    other = HEAD.replace("254", "300") + "events:\n" + FUZZY.replace("hoi-thao", "khac") + BODY
    repository.write(other)
    history = repository.history()
    assert len(history.commits("content/ke-hoach/2024/cu.md")) == 2
    assert [change.when for change in history.changes(FILE)] == [may(3)]


def test_a_merge_counts_once_when_it_reaches_the_published_branch(repository):
    repository.write(PUBLISHED)
    repository.git("checkout", "-q", "-b", "sua")
    repository.write(MOVED)
    repository.write(MOVED.replace("20/5/2024", "21/5/2024"))
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "x", "sua")
    repository.commits += 1
    assert repository.words() == [
        f"đổi thời gian {TITLE} từ “ngày 16/5/2024” sang “ngày 21/5/2024”: Mưa lớn",
        "đăng lần đầu",
    ]
    assert repository.revision("toa-dam") == Revision(1, may(4))


def shallow(repository: Repository, depth: int) -> Repository:
    clone = repository.root.parent / f"depth-{depth}"
    repository.git("clone", "-q", "--depth", str(depth), repository.root.as_uri(), str(clone))
    found = Repository.__new__(Repository)
    found.root, found.commits = clone, repository.commits
    return found


def test_a_shallow_clone_says_less_and_nothing_wrong(repository):
    for text in (PUBLISHED, PUBLISHED.replace("Hội trường Sở", "Nhà A"), MOVED):
        repository.write(text)
    repository.write(HEAD + BODY, "ke-hoach/2024/moi.md")
    clone = shallow(repository, 3)
    history = clone.history()
    assert [change.words.split(" từ ")[0] for change in history.changes(FILE)] == [
        f"đổi thời gian {TITLE}",
        f"sửa địa điểm của {TITLE}",
    ]
    assert [change.when for change in history.changes(FILE)] == [may(3)] * 2
    assert len(history.commits(FILE)) == 1
    assert clone.revision("toa-dam") == Revision(None, may(3))
    assert clone.revision("hoi-thao") == Revision(None, None)
    assert "SEQUENCE" not in clone.entry()
    assert clone.words("content/ke-hoach/2024/moi.md") == ["đăng lần đầu"]


def test_the_edge_of_a_shallow_clone_is_no_first_publication(repository):
    repository.write(PUBLISHED)
    repository.write("---\ntitle: [\n---\n")
    repository.write(PUBLISHED)
    for depth in (1, 2):
        clone = shallow(repository, depth)
        assert clone.words() == []
        assert clone.revision("toa-dam") == Revision(None, None)
        assert clone.history().updated(FILE) == (None if depth == 1 else may(3))


def test_what_is_not_committed_is_not_told(repository):
    repository.write(PUBLISHED)
    repository.put(MOVED)
    assert repository.words() == ["đăng lần đầu"]
    assert repository.revision("toa-dam") == Revision()
    assert repository.revision("hoi-thao") == Revision(0, may(1))
    repository.git("add", "-A")
    assert repository.words() == ["đăng lần đầu"]
    assert repository.revision("toa-dam") == Revision()
    repository.put(HEAD + BODY, "ke-hoach/2024/moi.md")
    assert repository.words("content/ke-hoach/2024/moi.md") == []


def test_no_repository_no_history(tmp_path):
    assert History.read(tmp_path, lay(tmp_path)) == History()
    Repository(tmp_path)
    assert History.read(tmp_path, read(tmp_path)) == History()


def test_no_git_no_history(tmp_path, monkeypatch):
    Repository(tmp_path).write(PUBLISHED)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert History.read(tmp_path, read(tmp_path)) == History()


def test_a_project_may_stand_inside_a_larger_repository(repository):
    inside = repository.root / "so" / "khcn"
    library = lay(inside, {PLAN: PUBLISHED})
    repository.commit()
    assert [c.words for c in History.read(inside, library).changes(FILE)] == ["đăng lần đầu"]


def test_stories_that_were_told_are_not_read_again(repository):
    repository.write(PUBLISHED)
    repository.write(MOVED)
    told: dict = {}
    first = repository.history(told=told)
    assert len(told) == 1
    assert pickle.loads(pickle.dumps(told)) == told
    told.update((chain, Story()) for chain in told)
    assert first.changes(FILE)
    assert repository.history(told=told).changes(FILE) == ()
