"""What became of the records over time, from Git: in words, computed from records, not from lines.

In: the project's folder and its library. Out: plain data, which can be kept between builds.

The line of history is that of first parents: what the published branch held, one commit after the
other. A draft, or a version of a file that is not valid, was never on the site, so it is passed
over. Where Git knows less, so does this: without a repository nothing is told; in a shallow clone
nothing is told that rests on the commits cut off; of a file that differs from the last commit only
what is committed is told.
"""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.event import Deadline, Event, EventStatus, Slogan, Theme
from kehoach.records.library import Library, parse_document
from kehoach.records.plan import Plan, PlanStatus
from kehoach.site import TIMEZONE

Key = tuple[str, ...]
State = tuple[Any, ...]
Part = Event | Deadline | Slogan

# What people are told of an event; a change of any of it is a new revision (RFC 5545 §3.8.7.4).
_EVENT_FIELDS = {
    "title": "tên",
    "when": "thời gian",
    "place": "địa điểm",
    "address": "địa chỉ tổ chức",
    "lead": "đơn vị chủ trì",
    "partners": "đơn vị phối hợp",
    "audience": "thành phần tham dự",
    "attendance": "số lượng dự kiến",
    "kind": "loại sự kiện",
    "theme": "chủ đề",
    "description": "nội dung tóm tắt",
    "documents": "tài liệu",
    "status": "tình trạng",
    "previous_when": "thời gian trước khi đổi",
    "reason": "lý do",
}
_DEADLINE_FIELDS = {
    "what": "việc",
    "when": "thời gian",
    "who": "đơn vị thực hiện",
    "to": "nơi nhận",
}
_SLOGAN_FIELDS = {"text": "nguyên văn", "when": "thời gian treo", "where": "nơi treo"}
_FIELDS: dict[type[Part], dict[str, str]] = {
    Event: _EVENT_FIELDS,
    Deadline: _DEADLINE_FIELDS,
    Slogan: _SLOGAN_FIELDS,
    Theme: _SLOGAN_FIELDS,
}
_PLAN_FIELDS = {
    "title": "trích yếu",
    "kind": "tên loại",
    "number": "số, ký hiệu",
    "issuer": "cơ quan ban hành",
    "place": "địa danh",
    "date": "ngày ban hành",
    "effective": "ngày có hiệu lực",
    "basis": "căn cứ ban hành",
    "signer": "người ký",
    "recipients": "nơi nhận",
    "attachments": "tệp đính kèm",
}
_PLAN_STATUS = {
    PlanStatus.ISSUED: "ban hành",
    PlanStatus.AMENDED: "sửa đổi kế hoạch",
    PlanStatus.SUPERSEDED: "kế hoạch được thay thế",
    PlanStatus.WITHDRAWN: "thu hồi kế hoạch",
}
_EVENT_STATUS = {
    EventStatus.SCHEDULED: "tổ chức trở lại {}",
    EventStatus.RESCHEDULED: "ghi rõ đã đổi thời gian {}",
    EventStatus.POSTPONED: "hoãn {}",
    EventStatus.CANCELLED: "huỷ {}",
    EventStatus.DONE: "ghi nhận đã tổ chức {}",
}


class Commit(NamedTuple):
    """One commit; `when` is the committer's time, in Asia/Ho_Chi_Minh."""

    hash: str
    when: datetime


class Change(NamedTuple):
    """What one commit changed, in words; `field` names what ("events.toa-dam.when", "body", "")."""

    when: datetime
    words: str
    field: str
    commit: str


class Revision(NamedTuple):
    """How often a record has changed since it appeared, when last; None where Git cannot tell."""

    sequence: int | None = None
    modified: datetime | None = None


class Version(NamedTuple):
    """A file as one commit left it; `blob` is "" where it deleted the file.

    `known` is False at the edge of a shallow clone: so by then, but since who knows when.
    """

    commit: Commit
    path: str
    blob: str
    known: bool


class Departure(NamedTuple):
    """An event or slogan that a commit took out of its plan: every address that it had, its last
    words, and the plan as it was last published."""

    addresses: tuple[str, ...]
    title: str
    plan: str
    plan_title: str
    commit: Commit


@dataclass(frozen=True, slots=True)
class Story:
    """What the versions of one file tell: changes, newest first; for each record of it the commits
    that touched it and its last state; whether all begins within the history at hand; and what
    left it."""

    changes: tuple[Change, ...] = ()
    touched: Mapping[Key, tuple[Commit, ...]] = field(default_factory=dict)
    states: Mapping[Key, State] = field(default_factory=dict)
    whole: bool = True
    departures: tuple[Departure, ...] = ()


Told = MutableMapping[tuple[Version, ...], Story]


@dataclass(frozen=True, slots=True)
class History:
    """The history of the content, as plain data."""

    versions: Mapping[str, tuple[Commit, ...]] = field(default_factory=dict)
    stories: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    revisions: Mapping[Key, Revision] = field(default_factory=dict)
    departures: tuple[Departure, ...] = ()

    @classmethod
    def read(
        cls,
        root: Path,
        library: Library,
        *,
        told: Told | None = None,
    ) -> "History":
        """The history of `library`, whose files lie under `root`.

        One `git log` for all files; older versions are read only of plans and campaigns that have
        several. `told` keeps their stories between builds: it is read, and written to.
        """
        return _read(root, library, {} if told is None else told)

    def commits(self, path: str) -> tuple[Commit, ...]:
        """The commits that touched the file `path`, under its older names too, newest first."""
        return self.versions.get(path, ())

    def changes(self, path: str) -> tuple[Change, ...]:
        """What changed in the plan `path`, in words, newest first."""
        return self.stories.get(path, ())

    def updated(self, path: str) -> datetime | None:
        """When the content of `path` last changed, as far as Git tells."""
        told = self.changes(path) or self.commits(path)
        return told[0].when if told else None

    def revision(self, record: Part) -> Revision:
        """Where an event, deadline or slogan stands in its own history."""
        return self.revisions.get(key(record), Revision())


def key(record: Part) -> Key:
    """What a record is called for good: an event keeps the first name it had (the first alias)."""
    if isinstance(record, Event):
        return "su-kien", str(record.year), (*record.aliases, record.id)[0]
    anchor = record.anchor if isinstance(record, Deadline) else f"khau-hieu-{record.id}"
    return (*record.owner.address.strip("/").split("/"), anchor)


def state(root: Path, library: Library) -> tuple[list[str], list[str]]:
    """What `History.read` rests on beside the last commit: the files of `library` that are not as it
    has them, and the commits that a shallow clone was cut at; nothing without a repository."""
    try:
        return sorted(_changed(root, os.path.relpath(library.root, root))), sorted(_edge(root))
    except (OSError, subprocess.CalledProcessError):
        return [], []


def _read(root: Path, library: Library, told: Told) -> History:
    name = os.path.relpath(library.root, root)
    try:
        chains = read_chains(root, name)
        changed = _changed(root, name)
        with Blobs(root, name) as blobs:
            stories = {
                document.path: _story_of(document, chain, document.path in changed, blobs, told)
                for document in _told_of(library)
                if (chain := chains.get(document.path))
            }
            gone = [
                _retold(chain, blobs, told)
                for path, chain in chains.items()
                if path not in stories and path.startswith(f"{name}/{Plan.folder}/")
            ]
    except (OSError, subprocess.CalledProcessError):
        return History()
    return History(
        {path: tuple(v.commit for v in chain if v.known) for path, chain in chains.items()},
        {path: story.changes for path, story in stories.items() if story.changes},
        _revisions(library, stories, gone, changed),
        tuple(left for story in (*stories.values(), *gone) for left in story.departures),
    )


def _told_of(library: Library) -> Iterator[Document]:
    """The documents whose records have a revision."""
    yield from library.plans
    yield from library.campaigns


def _revisions(
    library: Library, stories: Mapping[str, Story], gone: Iterable[Story], changed: set[str]
) -> dict[Key, Revision]:
    """The revision of every record; one that moved from plan to plan counts through."""
    commits: dict[Key, set[Commit]] = {}
    partial: set[Key] = set()
    for story in (*stories.values(), *gone):
        for name, touched in story.touched.items():
            commits.setdefault(name, set()).update(touched)
        if not story.whole:
            partial.update(story.touched)
    revisions = {
        name: Revision(
            sequence=None if name in partial else len(found) - 1,
            modified=max((commit.when for commit in found), default=None),
        )
        for name, found in commits.items()
    }
    for document in _told_of(library):
        story = stories.get(document.path)
        if story is None or document.path in changed:
            for name, state in _states(document).items():
                if story is None or story.states.get(name) != state:
                    revisions.pop(name, None)
    return revisions


def _story_of(
    document: Document,
    chain: tuple[Version, ...],
    changed: bool,
    blobs: "Blobs",
    told: Told,
) -> Story:
    """The story of a file; one with a single version tells it without that version being read."""
    if len(chain) > 1 or changed:
        return _retold(chain, blobs, told)
    return _tell(chain, lambda version: document)


def _retold(chain: tuple[Version, ...], blobs: "Blobs", told: Told) -> Story:
    if chain not in told:
        told[chain] = _tell(chain, blobs.document)
    return told[chain]


def _tell(chain: tuple[Version, ...], document: Callable[[Version], Document | None]) -> Story:
    whole = chain[-1].known
    changes: list[Change] = []
    touched: dict[Key, list[Commit]] = {}
    states: dict[Key, State] = {}
    before: Document | None = None
    published = False
    plans: list[tuple[Version, Plan]] = []
    for version in reversed(chain):
        after = document(version) if version.blob else None
        if version.blob and not _published(after):
            continue
        known = version.known and (whole or published)
        now = _states(after) if after else {}
        for name in {**states, **now}:
            moments = touched.setdefault(name, [])
            if known and states.get(name) != now.get(name):
                moments.append(version.commit)
        if known and isinstance(after, Plan):
            told = (
                _compare(before, after)
                if before
                else [("đăng lại" if published else "đăng lần đầu", "")]
            )
            changes[:0] = [Change(version.commit.when, w, f, version.commit.hash) for w, f in told]
        if isinstance(after, Plan):
            plans.append((version, after))
        published = published or after is not None
        before, states = after, now
    frozen = {name: tuple(moments) for name, moments in touched.items()}
    return Story(tuple(changes), frozen, states, whole, tuple(_departures(plans)))


def _departures(plans: list[tuple[Version, Plan]]) -> Iterator[Departure]:
    """What once stood in a plan and does not any more; `plans` are its published versions, oldest
    first. What goes on under another name says so by its aliases."""
    if len(plans) < 2:
        return
    addresses: dict[Name, list[str]] = {}
    left: dict[Name, tuple[Event | Slogan, Commit]] = {}
    before: list[Event | Slogan] = []
    for version, plan in plans:
        parts = [*plan.events, *plan.slogans]
        present = {name for part in parts for name in _names(part)}
        for part in before:
            if present.isdisjoint(_names(part)):
                left[_names(part)[0]] = part, version.commit
        for part in parts:
            for folder, name in _names(part):
                addresses.setdefault((folder, name), []).append(f"{folder}/{part.year}/{name}/")
        left = {name: found for name, found in left.items() if name not in present}
        before = parts
    for part, commit in left.values():
        had = dict.fromkeys(one for name in _names(part) for one in addresses[name])
        yield Departure(tuple(had), _title(part), plan.address, plan.title, commit)


Name = tuple[str, str]


def _names(part: Event | Slogan) -> list[Name]:
    """The folder of its address with every name that it answers to, its own first."""
    folder = part.page.split("/", 1)[0]
    return [(folder, name) for name in (part.id, *getattr(part, "aliases", ()))]


def _published(document: Document | None) -> bool:
    """Whether a version was on the site: one with errors never was, nor is a draft."""
    return document is not None and getattr(document, "status", None) is not PlanStatus.DRAFT


def _states(document: Document) -> dict[Key, State]:
    """What people are told of each record of a document, to be compared."""
    if isinstance(document, Plan):
        withdrawn = document.status is PlanStatus.WITHDRAWN
        parts: Iterable[Part] = (*document.events, *document.deadlines, *document.slogans)
    elif isinstance(document, Campaign):
        withdrawn = False
        parts = (*document.themes, *document.slogans)
    else:
        return {}
    return {
        key(part): (withdrawn, *(getattr(part, name) for name in _FIELDS[type(part)]))
        for part in parts
    }


Words = tuple[str, str]


def _compare(before: Plan, after: Plan) -> Iterator[Words]:
    """What changed between two versions of a plan, in words, the weightiest first."""
    if before.status is not after.status:
        yield _because(_PLAN_STATUS[after.status], after.reason), "status"
    yield from _parts("events", "sự kiện", before.events, after.events, _event)
    yield from _parts("deadlines", "thời hạn", before.deadlines, after.deadlines, _deadline)
    yield from _parts("slogans", "khẩu hiệu", before.slogans, after.slogans, _slogan)
    for name, label in _PLAN_FIELDS.items():
        if getattr(before, name) != getattr(after, name):
            yield _edited(label, getattr(before, name), getattr(after, name)), name
    if before.body.split() != after.body.split():
        yield "đính chính nội dung", "body"


def _parts(
    shelf: str,
    noun: str,
    before: Iterable[Part],
    after: Iterable[Part],
    compare: Callable[[Any, Any], Iterator[Words]],
) -> Iterator[Words]:
    old = {key(part)[-1]: part for part in before}
    new = {key(part)[-1]: part for part in after}
    for name, part in new.items():
        if name not in old:
            yield f"thêm {noun} {_quoted(_title(part))}", f"{shelf}.{part.id}"
            continue
        for words, field_name in compare(old[name], part):
            yield words, f"{shelf}.{part.id}.{field_name}"
    for name, part in old.items():
        if name not in new:
            yield f"gỡ {noun} {_quoted(_title(part))}", f"{shelf}.{part.id}"


def _event(before: Event, after: Event) -> Iterator[Words]:
    moved = before.when != after.when
    turned = before.status is not after.status
    rescheduled = moved and after.status is EventStatus.RESCHEDULED
    if moved:
        words = _moved(f"thời gian {_named(after)}", before.when, after.when)
        yield _because(words, after.reason if rescheduled or not turned else ""), "when"
    if turned and not rescheduled:
        words = _EVENT_STATUS[after.status].format(f"sự kiện {_quoted(after.title)}")
        yield _because(words, after.reason), "status"
    skipped = {"when", "status", "previous_when"} | ({"reason"} if moved or turned else set())
    yield from _fields(before, after, _named(after), skipped)


def _deadline(before: Deadline, after: Deadline) -> Iterator[Words]:
    name = f"thời hạn {_quoted(after.what)}"
    if before.when != after.when:
        yield _moved(name, before.when, after.when), "when"
    yield from _fields(before, after, name, {"when"})


def _slogan(before: Slogan, after: Slogan) -> Iterator[Words]:
    name = f"khẩu hiệu {_quoted(after.text)}"
    if before.when != after.when:
        yield _moved(f"thời gian treo {name}", before.when, after.when), "when"
    yield from _fields(before, after, name, {"when"})


def _fields(before: Part, after: Part, name: str, skipped: set[str]) -> Iterator[Words]:
    for key_name, label in _FIELDS[type(after)].items():
        old, new = getattr(before, key_name), getattr(after, key_name)
        if key_name not in skipped and old != new:
            yield _edited(f"{label} của {name}", old, new), key_name


def _named(event: Event) -> str:
    """An event after its kind, where that says something which the title does not open with."""
    kind = event.kind.value
    if kind == "khác" or event.title.casefold().startswith(kind):
        return _quoted(event.title)
    return f"{kind} {_quoted(event.title)}"


def _title(part: Part) -> str:
    match part:
        case Event():
            return part.title
        case Deadline():
            return part.what
    return part.text


def _moved(name: str, before: Any, after: Any) -> str:
    if before is None:
        return f"ấn định {name}: {_quoted(after.words)}"
    if after is None:
        return f"bỏ {name}, trước là {_quoted(before.words)}"
    return f"đổi {name} từ {_quoted(before.words)} sang {_quoted(after.words)}"


def _edited(label: str, before: Any, after: Any) -> str:
    """Both sides where they are short words, else only that something changed."""
    old, new = _plain(before), _plain(after)
    if new and not before:
        return f"ghi thêm {label}: {_quoted(new)}"
    if old and new:
        return f"sửa {label} từ {_quoted(old)} thành {_quoted(new)}"
    return f"sửa {label}" if after else f"bỏ {label}"


_SHORT = 160  # characters that a change note quotes at most


def _plain(value: Any) -> str:
    """A value in words, "" where there are none or too many."""
    if isinstance(value, tuple):
        listed = len(value) <= 3 and all(isinstance(item, str) for item in value)
        value = ", ".join(value) if listed else ""
    words = getattr(value, "words", value)
    return words if isinstance(words, str) and len(words) <= _SHORT else ""


def _quoted(words: str) -> str:
    return f"“{words}”"


def _because(words: str, reason: str | None) -> str:
    return f"{words}: {reason}" if reason else words


def git(root: Path, *arguments: str) -> str:
    command = ["git", *_PLAIN, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape")


# What a user's own settings would add to the output, or leave out of it.
_PLAIN = ("-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "color.ui=false")
_LOG = (
    *("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "-M", "--no-ext-diff"),
    *("--relative", "--format=%x01%H %ct", "--"),
)


def _changed(root: Path, name: str) -> set[str]:
    """The files in the folder `name` that differ from the last commit."""
    return set(git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", name).split("\0"))


def read_chains(root: Path, name: str) -> dict[str, tuple[Version, ...]]:
    """The versions of every file in the folder `name`, newest first, by its last path."""
    edge = _edge(root)
    log = git(root, *_LOG, name)
    chains: dict[str, list[Version]] = {}
    later: dict[str, str] = {}  # a path of the past -> the path it has now
    for block in log.split("\x01")[1:]:
        head, *entries = block.split("\0")
        commit_hash, seconds = head.split()
        commit = Commit(commit_hash, datetime.fromtimestamp(int(seconds), TIMEZONE))
        renamed: dict[str, str] = {}
        for blob, before, after in _raw(entries):
            now = later.get(after, after)
            chains.setdefault(now, []).append(Version(commit, after, blob, commit_hash not in edge))
            if before:
                renamed[before] = now
        later.update(renamed)
    return {path: tuple(chain) for path, chain in chains.items()}


def _raw(entries: list[str]) -> Iterator[tuple[str, str, str]]:
    """(blob or "", old path of a renamed file or "", path) of the records of `git log --raw -z`."""
    fields = iter(entries)
    for entry in fields:
        if entry.startswith((":", "\n:")):
            _, _, _, blob, status = entry.split()
            before = next(fields) if status[0] == "R" else ""
            yield ("" if status == "D" else blob), before, next(fields)


def _edge(root: Path) -> set[str]:
    """The commits that a shallow clone was cut at: they seem to add every file."""
    shallow = root / git(root, "rev-parse", "--git-path", "shallow").strip()
    return set(shallow.read_text().split()) if shallow.exists() else set()


class Blobs:
    """Older versions of files, as records, by one `git cat-file --batch`, started when asked.

    `name` is the content's folder as Git calls it.
    """

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        self._name = name
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Blobs":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.communicate()

    def document(self, version: Version) -> Document | None:
        """The record that the version was; None where it was not valid."""
        raw = self._read(version.blob)
        file = version.path.removeprefix(f"{self._name}/")
        return None if raw is None else parse_document(raw, file, name=self._name)

    def _read(self, blob: str) -> bytes | None:
        if self._process is None:
            command = ["git", "cat-file", "--batch"]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(command, cwd=self._root, stdin=pipe, stdout=pipe)
        self._process.stdin.write(f"{blob}\n".encode())
        self._process.stdin.flush()
        _, kind, *size = self._process.stdout.readline().split()
        if kind != b"blob":
            return None
        raw = self._process.stdout.read(int(size[0]))
        self._process.stdout.read(1)
        return raw
