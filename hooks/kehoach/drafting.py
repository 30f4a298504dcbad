"""A first draft of a plan or of a communication material, from a few answers.

In: the library, today, what is already known, and a way to ask (None where nobody can be asked).
Out: a file in which `check` finds no error; the author writes the rest in it.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kehoach.records.addresses import is_device
from kehoach.records.kinds import KINDS, PLAN, kind_of
from kehoach.records.library import Library
from kehoach.records.material import MaterialKind
from kehoach.records.period import PeriodError, parse_period
from kehoach.records.text import nearest, slug
from kehoach.records.unit import UnitKind
from kehoach.records.years import year_meant

Ask = Callable[[str], str]
Judge = Callable[[str], str]  # what is wrong with an answer, "" where nothing is

PLAN_OPTIONS = ("title", "kind", "issuer", "date", "campaign", "theme", "event", "when", "lead")
MATERIAL_OPTIONS = ("title", "kind", "issuer", "date", "campaign", "plan", "event")
_LONGEST_NAME = 60  # characters of a file name or an event's id
_PLAIN = re.compile(r"[^\W_][^:#\"'{}\[\],&*!|>%@`\n]*(?<!\s)")
_PLAN_BODY = """
## I. MỤC ĐÍCH, YÊU CẦU

### 1. Mục đích

- …

### 2. Yêu cầu

- …

## II. NỘI DUNG

{content}
## III. TỔ CHỨC THỰC HIỆN

1. …
"""


class DraftError(ValueError):
    """An answer is missing or cannot be used; the message says which and what to write."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to know. `key` is its option; on a terminal a number takes one of `proposals`."""

    key: str
    words: str
    proposals: tuple[str, ...] = ()
    default: str = ""
    required: bool = False
    judge: Judge = lambda answer: ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be: its path under `content/`, and its text."""

    file: str
    text: str

    def write(self, content: Path) -> Path:
        """Put the draft under `content`; FileExistsError where there is such a file already."""
        path = content / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(self.text)
        return path


def new_plan(library: Library, today: date, given: Mapping[str, str], ask: Ask | None) -> Draft:
    """The draft of a plan; `given` are answers by PLAN_OPTIONS. Raises DraftError."""
    answer = _Answers(given, ask)
    names = tuple(kind.name for kind in KINDS)
    which = Question("kind", "Loại văn bản", names, PLAN, True, _among(names))
    head = {"title": answer(_TITLE), "kind": answer(which), "issuer": answer(_issuer(library))}
    kind = kind_of(head["kind"])
    beginning = kind.beginning if kind else ""
    head["date"] = answer(_day(today, "Ngày ban hành"))
    year = _year(head["date"])
    head["campaign"] = answer(_campaign(library, year))
    head["status"] = "draft"
    lines = _keys(head)
    contents = []
    if theme := answer(_theme(library, head["campaign"])):
        taken = {slogan.id for slogan in library.slogans if slogan.year == year}
        known = next((s.id for s in library.slogans if s.year == year and s.text == theme), None)
        slogan = {
            "id": known or _unique(theme, taken),
            "text": theme,
            "kind": "chủ đề",
            "section": "" if beginning else "II.1",
        }
        lines += ["slogans:", *_item(slogan)]
        contents.append(f"Chủ đề\n\n- “{_literal(theme)}”.\n")
    if title := answer(Question("event", "Tên một sự kiện (để trống nếu chưa có)")):
        taken = {event.id for event in library.events if event.year == year}
        section = "" if beginning else f"II.{len(contents) + 1}"
        event = {"id": _unique(title, taken), "title": title, "section": section}
        event["when"] = answer(_when(year_meant(head)))
        event["lead"] = answer(_lead(library, head["issuer"]))
        lines += ["events:", *_item(event)]
        lead = library.units.resolve(event["lead"], library.units.resolve(head["issuer"]))
        assert lead  # or `_unit` had not let the answer pass
        said = f"- Đơn vị chủ trì: {lead.name}.\n\n- Thời gian: {event['when']}.\n"
        contents.append(f"{_literal(title)}\n\n{said}")
    if beginning:
        body = "\n".join((beginning, *contents))
        return _draft(library, f"ke-hoach/{year}", head["title"], lines, body)
    numbered = (f"### {number}. {text}\n" for number, text in enumerate(contents or ["…\n"], 1))
    body = _PLAN_BODY.format(content="\n".join(numbered))
    return _draft(library, f"ke-hoach/{year}", head["title"], lines, body)


def new_material(library: Library, today: date, given: Mapping[str, str], ask: Ask | None) -> Draft:
    """The draft of a material; `given` are answers by MATERIAL_OPTIONS. Raises DraftError."""
    answer = _Answers(given, ask)
    kinds = tuple(kind.value for kind in MaterialKind)
    kind = Question("kind", "Loại tài liệu", kinds, kinds[0], True, _among(kinds))
    head = {"title": answer(_TITLE), "kind": answer(kind), "issuer": answer(_issuer(library))}
    head["date"] = answer(_day(today, "Ngày đăng"))
    year = _year(head["date"])
    head["campaign"] = answer(_campaign(library, year))
    plans = tuple(plan.address.rstrip("/") for plan in library.plans if plan.year == year)
    about = "Kế hoạch liên quan (để trống nếu không có)"
    head["plan"] = answer(Question("plan", about, plans, judge=_among(plans)))
    if plan := library.plan(head["plan"]):
        ids = tuple(event.id for event in plan.events)
        about = "Mã sự kiện liên quan (để trống nếu không có)"
        head["event"] = answer(Question("event", about, ids, judge=_among(ids)))
    return _draft(library, f"truyen-thong/{year}", head["title"], _keys(head), "\n…\n")


_TITLE = Question("title", "Tên văn bản (trích yếu)", required=True)


def _issuer(library: Library) -> Question:
    departments = tuple(u.name for u in library.units if u.kind is UnitKind.DEPARTMENT)
    default = departments[0] if len(departments) == 1 else ""
    judge = _unit(library, None)
    return Question("issuer", "Cơ quan ban hành", departments, default, True, judge)


def _lead(library: Library, issuer: str) -> Question:
    unit = library.units.resolve(issuer)
    proposals = tuple(child.name for child in library.units.children(unit)) if unit else ()
    judge = _unit(library, issuer)
    return Question("lead", "Đơn vị chủ trì sự kiện", proposals, issuer, True, judge)


def _unit(library: Library, issuer: str | None) -> Judge:
    within = library.units.resolve(issuer) if issuer else None

    def judge(name: str) -> str:
        if library.units.resolve(name, within):
            return ""
        close = library.units.nearest(name)
        return f"không có đơn vị `{name}`" + (
            f", có phải `{close}`?" if close else ", thêm vào don-vi.yml"
        )

    return judge


def _day(today: date, words: str) -> Question:
    default = f"{today.day:02}/{today.month}/{today.year}"
    return Question("date", words, default=default, required=True, judge=_period(None))


def _year(day: str) -> int:
    """The year of an answer to `_day`."""
    start = parse_period(day).start
    assert start  # or `_period` had not let the answer pass
    return start.year


def _when(year: int | None) -> Question:
    words = "Thời gian sự kiện, ví dụ: từ ngày 04 - 20/5"
    return Question("when", words, required=True, judge=_period(year))


def _period(year: int | None) -> Judge:
    def judge(words: str) -> str:
        try:
            start = parse_period(words, year=year).start
        except PeriodError as error:
            return str(error)
        return "" if start or year else "cần một ngày, tháng hoặc năm"

    return judge


def _campaign(library: Library, year: int) -> Question:
    years = tuple(str(campaign.year) for campaign in reversed(library.campaigns))
    default = str(year) if str(year) in years else ""
    words = "Thuộc Ngày Khoa học và Công nghệ năm (để trống nếu không)"
    return Question("campaign", words, years, default, judge=_among(years))


def _theme(library: Library, campaign: str) -> Question:
    found = library.campaign(int(campaign)) if campaign else None
    themes = tuple(theme.text for theme in found.themes) if found else ()
    return Question("theme", "Chủ đề tuyên truyền (để trống nếu không có)", themes)


def _among(choices: tuple[str, ...]) -> Judge:
    def judge(answer: str) -> str:
        if answer in choices:
            return ""
        close = nearest(answer, choices)
        listed = ", ".join(choices) or "chưa có giá trị nào, hãy để trống"
        return f"`{answer}` không dùng được: " + (f"có phải `{close}`?" if close else listed)

    return judge


class _Answers:
    """Answers to questions: those given, then those asked for, then defaults."""

    def __init__(self, given: Mapping[str, str], ask: Ask | None) -> None:
        self.given = given
        self.ask = ask

    def __call__(self, question: Question) -> str:
        if question.key in self.given or self.ask is None:
            answer = _one_line(self.given.get(question.key, question.default))
            if problem := _problem(question, answer):
                raise DraftError(f"--{question.key}: {problem}")
            return answer
        prompt = _prompt(question)
        while True:
            written = _one_line(self.ask(prompt))
            answer = _chosen(question, written) or question.default
            problem = _problem(question, answer)
            if not problem:
                return answer
            prompt = f"  {problem}\n{_prompt(question)}"


def _one_line(text: str) -> str:
    """`text` without line ends and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _problem(question: Question, answer: str) -> str:
    if not answer:
        return f"thiếu {question.words.lower()}" if question.required else ""
    return question.judge(answer)


def _prompt(question: Question) -> str:
    listed = "".join(f"  {n}. {text}\n" for n, text in enumerate(question.proposals, 1))
    default = f" [{question.default}]" if question.default else ""
    return f"{question.words}{default}\n{listed}> "


def _chosen(question: Question, written: str) -> str:
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    return question.proposals[number - 1] if 0 < number <= len(question.proposals) else written


def _keys(values: Mapping[str, str]) -> list[str]:
    return [f"{key}: {_scalar(value)}" for key, value in values.items() if value]


def _item(values: Mapping[str, str]) -> Iterator[str]:
    for index, line in enumerate(_keys(values)):
        yield f"  {' ' if index else '-'} {line}"


def _scalar(text: str) -> str:
    """`text` as a YAML scalar, in quotes where it could be taken for something else."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _literal(text: str) -> str:
    """`text` in Markdown, as it stands."""
    return re.sub(r"([\\`*_\[\]<>#|&])", r"\\\1", text)


def _unique(text: str, taken: set[str]) -> str:
    name = slug(text)
    name = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME + 1].rsplit("-", 1)[0]
    name = name or "chua-dat-ten"
    names = (name, *(f"{name}-{i}" for i in range(2, 10_000)))
    return next(n for n in names if n not in taken and not is_device(n))


def _draft(library: Library, folder: str, title: str, lines: list[str], body: str) -> Draft:
    taken = {Path(file).stem for file in library.files if file.startswith(f"{folder}/")}
    head = "\n".join(lines)
    return Draft(f"{folder}/{_unique(title, taken)}.md", f"---\n{head}\n---\n{body}")
