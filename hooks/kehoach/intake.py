"""`build.py import`: files of other programs become drafts in `content/`, each with its report."""

import difflib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kehoach import rules
from kehoach.importing import drafts, proof, reading, reports, understanding, updating
from kehoach.importing.drafts import Draft, Wishes, is_date
from kehoach.importing.problem import ImportProblem
from kehoach.records import relations
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library, Shared, read_record
from kehoach.records.plan import Plan
from kehoach.records.source import Source

REPORTS = "bao-cao-nhap"  # the folder of the reports, beside content/

D = TypeVar("D", bound=Document)
Ask = Callable[[str], str]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one file: where its draft is, whether that is whole, written, unchanged."""

    path: Path
    whole: bool
    written: bool


def bring_in(
    path: Path,
    root: Path,
    library: Library,
    wishes: Wishes,
    *,
    today: date,
    say: Say,
    ask: Ask | None = None,
    update: bool = False,
    html: str = "",
) -> Outcome:
    """Bring the file at `path` in: a draft under `library.root`, a report under `root`.

    `html` is what came through a pipe instead of a file. `ask`
    answers questions at a terminal. A document that is there already is changed where `update`
    says so, or `ask` does. Raises ImportProblem.
    """
    found = reading.from_html(html) if html else reading.read(path)
    if not any(letter.isalnum() for p in found.manuscript.paragraphs() for letter in p.line):
        raise ImportProblem(f"{path.name} không có chữ nào; hãy xem lại tệp")
    parts = understanding.understand(found.manuscript)
    if carried := found.manuscript.carried:
        draft = drafts.draft_again(found.manuscript, parts, carried, wishes)
    else:
        wishes = _asked(parts, library, wishes, ask)
        draft = drafts.draft_of(found.manuscript, parts, library, wishes)
    if not draft.file.removeprefix(f"{Plan.folder}/")[:4].isdigit() and not wishes.into:
        raise ImportProblem(f"{path.name} không cho biết năm; hãy thêm --year, ví dụ --year 2022")
    if wishes.keep_original and not html and not draft.whole:
        drafts.attach_original(draft, path.suffix.lower(), path.read_bytes())
    errors = [] if draft.whole else drafts.settle(draft, lambda of: _judged(of, library, today))
    proved = proof.prove(found.words, found.road, found.manuscript, parts, draft.body, found.unit)
    if not proved.holds and not draft.whole:
        draft.values["unverified"] = reports.verdict(proved)
    written = reports.report(path.name, found.manuscript, parts, draft, proved, errors)
    kept = _keep_report(root, draft, written)
    say(f"{path.name}: {reports.verdict(proved)}")
    target = library.root / draft.file
    put = _put(draft, target, root, say=say, ask=ask, update=update)
    for line in (*draft.open, *found.manuscript.remarks):
        say(f"  - {line}")
    say(f"  Báo cáo: {os.path.relpath(kept)}")
    return Outcome(target, proved.holds and not errors, put)


def _asked(parts: understanding.Parts, library: Library, wishes: Wishes, ask: Ask | None) -> Wishes:
    """`wishes` with what somebody at a terminal adds where the file leaves something open."""
    if ask is None:
        return wishes
    if not parts.kind and not wishes.kind:
        wishes = replace(wishes, kind=ask("Loại văn bản [Kế hoạch]\n> ").strip())
    if not parts.title:
        parts.title = ask("Trích yếu (tên văn bản)\n> ").strip()
    if not parts.date and wishes.year is None:
        parts.date = _asked_date(ask)
    if not parts.issuer and not wishes.issuer:
        names = [unit.name for unit in library.units if unit.kind == "sở"]
        listed = "".join(f"  {at}. {name}\n" for at, name in enumerate(names, 1))
        answer = ask(f"Cơ quan ban hành (số hoặc tên, để trống để máy đoán)\n{listed}> ").strip()
        chosen = int(answer) if answer.isascii() and answer.isdigit() else 0
        name = names[chosen - 1] if 0 < chosen <= len(names) else answer
        wishes = replace(wishes, issuer=name)
    return wishes


def _asked_date(ask: Ask) -> str:
    """A date that somebody at a terminal types, asked for until it is one or nothing."""
    told = ask("Ngày ban hành, ví dụ 16/3/2021 (để trống nếu chưa rõ)\n> ").strip()
    while told and not is_date(told):
        told = ask(f"chưa hiểu “{told}”; ngày ban hành, ví dụ 16/3/2021\n> ").strip()
    return told


def _judged(draft: Draft, library: Library, today: date) -> Sequence[Finding]:
    """The findings of the site's rules in `draft`, as if it were in the library."""
    name = library.root.name
    source, document = read_record(draft.text.encode(), draft.file, name)
    if not isinstance(document, Plan):
        return source.findings
    judged = _With(library, document, source, draft).library()

    def only_this(tasks: list[rules.Task]) -> list[list[Finding]]:
        others = {path for path in judged.paths if path != source.path}
        return [task.make() for task in tasks if task.name.removeprefix(rules.PREFIX) not in others]

    found = rules.check(judged, today=today, recall=only_this)
    return [finding for finding in found if finding.path == source.path]


class _With:
    """The documents of a library, and a draft among them."""

    def __init__(self, library: Library, plan: Plan, source: Source, draft: Draft) -> None:
        self._before, self._plan, self._source, self._draft = library, plan, source, draft
        self._plans = [*(p for p in library.plans if p.file != draft.file), plan]

    def library(self) -> Library:
        before = self._before
        state = before.root.stat()
        new = {
            name: (str(before.root / name), state)
            for name in (self._draft.file, *self._draft.files)
        }
        listing = replace(before.listing, files=dict(sorted((before.listing.files | new).items())))
        shared = Shared(
            before.units,
            before.unit_rows,
            before.units_source,
            before.abbreviations,
            before.abbreviations_source,
        )
        return Library(before.root, before.name, listing, shared, self)

    def of(self, model: type[D]) -> list[D]:
        every = (
            *self._plans,
            *self._before.campaigns,
            *self._before.materials,
            *self._before.guides,
        )
        return [document for document in every if type(document) is model]

    def at(self, file: str) -> Document | None:
        if file == self._draft.file:
            return self._plan
        return self._before.document(f"{self._before.name}/{file}")

    def called(self, number: str) -> list[Document]:
        return [plan for plan in self._plans if number in map(relations.key, plan.numbers)]

    def pointing(self, name: str) -> list[Document]:
        return [plan for plan in self._plans if name]

    def sources(self) -> list[Source]:
        others = (source for source in self._before.sources if source.path != self._source.path)
        return [*others, self._source]

    def source(self, file: str) -> Source | None:
        if file == self._draft.file:
            return self._source
        return self._before.source(f"{self._before.name}/{file}")

    def pages(self) -> Iterable[str]:
        for plan in self._plans:
            yield from (event.page for event in plan.events)
            yield from (slogan.page for slogan in plan.slogans)
        yield from (slogan.page for slogan in self._before.slogans)

    def years(self) -> Iterable[int]:
        return {document.year for document in (*self._plans, *self._before.campaigns)}


def _keep_report(root: Path, draft: Draft, text: str) -> Path:
    path = _beside_report(root, draft, ".txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _beside_report(root: Path, draft: Draft, suffix: str) -> Path:
    name = PurePosixPath(draft.file).with_suffix(suffix).as_posix().replace("/", "-")
    return root / REPORTS / name


def _put(
    draft: Draft, target: Path, root: Path, *, say: Say, ask: Ask | None, update: bool
) -> bool:
    """Write `draft`, where nothing is in the way or somebody agrees; whether it was written.

    What stands there already takes up what the file says anew (`updating`); the import itself is kept
    beside the report, to tell later what the file changed and what staff did.
    """
    shown, text = os.path.relpath(target), draft.text
    kept = _beside_report(root, draft, ".md")
    if target.exists():
        before = target.read_text(encoding="utf-8")
        base = draft.base or (kept.read_text(encoding="utf-8") if kept.exists() else "")
        text, told = updating.updated(before, draft.text, base, shown)
        for line in told:
            say(f"  - {line}")
        if before == text:
            say(f"  {shown} đã có, không có gì thay đổi.")
            kept.write_text(draft.text, encoding="utf-8")
            return False
        say(f"  {shown} đã có; bản nhập này khác ở:")
        for line in _difference(before, text):
            say(f"    {line}")
        if not update and not (ask and ask("  Cập nhật như trên? [c/K] ").strip().lower() == "c"):
            say("  Giữ nguyên bản đang có; thêm --update để cập nhật.")
            return False
    target.parent.mkdir(parents=True, exist_ok=True)
    for name, content in draft.files.items():
        (target.parent / PurePosixPath(name).name).write_bytes(content)
    target.write_text(text, encoding="utf-8")
    kept.write_text(draft.text, encoding="utf-8")
    say(f"  Đã ghi {shown}")
    return True


def _difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(
        before.split("\n"), after.split("\n"), "đang có", "bản nhập", n=0, lineterm=""
    )
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))][:200]
