"""Proposals for the front matter of a plan, found in its body: events, deadlines, slogans.

Each proposal says which section it was taken from. A plan says of an activity who leads it and when
in lines of their own ("- Đơn vị chủ trì: …"); such a line belongs to the item or section above it that
is not itself such a line. Nothing is proposed that the text does not say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import html as lxml_html

from kehoach.importing import amending
from kehoach.importing.mentions import Naming, bounds_in, references_in, time_in
from kehoach.records import relations
from kehoach.records.body.blocks import SECTIONS, Block, Shape, scan
from kehoach.records.body.inline import plain
from kehoach.records.body.outlining import Section, outline_of
from kehoach.records.text import canonical, capital

# What an activity is, by the word that comes first in its name.
_KINDS = {
    "băng rôn": r"băng rôn|băng-rôn|băng zôn|pa\s?nô|áp phích|treo khẩu hiệu",
    "cuộc thi": r"cuộc thi|hội thi|giải thưởng",
    "tập huấn": r"tập huấn|đào tạo|bồi dưỡng|lớp học|khóa học",
    "tọa đàm": r"tọa đàm",
    "hội thảo": r"hội thảo|diễn đàn",
    "hội nghị": r"hội nghị|cuộc họp|phiên họp",
    "văn hóa, thể thao": r"văn hóa|văn nghệ|thể thao",
    "truyền thông": r"tuyên truyền|truyền thông|đăng tải|phóng sự|tin,? bài|bài viết|ấn phẩm|bản tin|viết bài|phim",
    "khác": r"lễ |mít tinh|trưng bày|triển lãm|ngày hội|hội chợ|gặp mặt|tham quan|giao lưu|techfest|techmart|"
    r"techdemo|phát động|chương trình|đoàn công tác|thăm hỏi",
}
_OTHER = "khác"
_KIND = re.compile("|".join(f"(?P<k{i}>{words})" for i, words in enumerate(_KINDS.values())), re.I)
# One occasion, not "các hội thảo".
_OCCASION = re.compile(
    r"(?:Tổ chức|Tham mưu tổ chức|Phối hợp tổ chức)\s+(?:01\s+|một\s+)?(?:buổi\s+|cuộc\s+)?(?P<name>"
    r"(?:hội nghị|hội thảo|tọa đàm|diễn đàn|cuộc thi|hội thi|lễ|lớp tập huấn|khóa (?:đào tạo|tập huấn)|"
    r"tập huấn|mít tinh|triển lãm|ngày hội|gặp mặt|họp|giao lưu)\b)",
    re.I,
)
_BANNER = re.compile(
    r"(?:(?:Tổ chức|Thực hiện|Tiến hành)\s+)*treo\s+(?:băng|khẩu hiệu|pa\s?nô|cờ|áp phích)", re.I
)
_LONGEST_TITLE = 160  # letters of the name of an occasion in front of its time
_LONGEST_NAME = 70  # letters in the name of a unit
_MOST_IN_A_SENTENCE = 50  # days; nobody writes more
_LEAST = 3  # words in the name of an occasion without a time of its own
_MORE = r"(?:\s+[^:.;“”]{1,40}?)?"  # "Thời gian tổ chức Tọa đàm"
_WHO = r"(?:Đơn vị|Cơ quan|Bộ phận|Phòng)"
_LABELS = {
    "when": rf"(?:Thời gian|Thời điểm){_MORE}",
    "lead": rf"{_WHO}\s+(?:chủ trì|thực hiện|tổ chức|đầu mối){_MORE}|Chủ trì{_MORE}|Phân công|Người phụ trách",
    "partners": rf"(?:{_WHO}\s+)?phối hợp(?:\s+(?:thực hiện|tổ chức))?",
    "place": rf"(?:Địa điểm|Nơi tổ chức){_MORE}",
    "audience": rf"(?:Thành phần|Đối tượng|Đại biểu){_MORE}",
    "theme": rf"Chủ đề{_MORE}",
    "attendance": rf"(?:Số lượng|Quy mô|Dự kiến khoảng){_MORE}",
}
_FACET = re.compile("|".join(f"(?P<{key}>{words})" for key, words in _LABELS.items()), re.I)
# Parts of an activity, and of a plan for one activity: what stands in them is said of what is above.
_PART = re.compile(
    r"(?:Thời gian|Địa điểm|Thành phần|Đối tượng|Nội dung|Mục đích|Yêu cầu|Tổ chức thực hiện|Phân công|"
    r"Kinh phí|Dự toán|Hình thức|Chủ đề|Chủ trì|Các bước|Cách thức|Số lượng|Quy mô|Đơn vị|Kết quả|Sản phẩm|"
    r"Thể lệ|Tiến độ|Chương trình(?:\s*:|$)|Nhiệm vụ|Điểm cầu|Công tác)",
    re.I,
)
_ASKED = re.compile(r"(?:Đề nghị|Giao|Yêu cầu)\s", re.I)
_DUTIES = re.compile(
    r"(?:Tổ chức thực hiện|Phân công|Trách nhiệm|Chế độ báo cáo|Triển khai thực hiện)", re.I
)
_INLINE_TIME = re.compile(r"thời gian\s*(?:thực hiện|treo)?\s*:?\s*\(?(?P<time>[^.;)]+)", re.I)
_AT = re.compile(r"\btại\s+(?P<place>[^,;.“]+?(?:\([^)]*\))?)(?=[,;.“:]|\s+Khẩu hiệu|$)", re.I)
_OWED = re.compile(
    r"\b(?:gửi|nộp|báo cáo|trình|đăng ký|hoàn thành|hoàn thiện|tổng hợp|cung cấp|phản hồi|góp ý|đề xuất|phê duyệt|"
    r"biên tập|chuẩn bị|xây dựng|triển khai|thực hiện)\b",
    re.I,
)
_HANDED = re.compile(r"\b(?:gửi|nộp|báo cáo|trình|đăng ký|cung cấp|phản hồi)\b", re.I)
_TO = re.compile(r"\b(?:gửi|nộp|trình|báo cáo|về|đến|tới|cho|qua)\b", re.I)
_QUOTED = re.compile(r"“(?P<text>[^“”]{8,300})”")
_SAYING = re.compile(r"(?:\W*)(?P<kind>khẩu hiệu|chủ đề)\b", re.I)
_SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-ZĐÀ-Ỹ“-])")
_CAMPAIGN = re.compile(r"ngày\s+(?:khoa học(?:,|\s+và)\s+công nghệ|KH\s?&\s?CN|KHCN)", re.I)
# How names of units begin.
_UNIT = re.compile(
    r"(?:Sở|Phòng|Trung tâm|Chi cục|Văn phòng|Ban|Hội|Đài|Báo|Trường|Viện|UBND|Liên hiệp|Công đoàn|Đoàn|Thanh tra)\s"
)
_LABELLED = re.compile(r"(?P<label>[^:“”]{3,60}?)\s*:\s*(?P<value>.+)", re.S)
_SINGLE = re.compile(
    r"(?:Kế hoạch\s+|về việc\s+|V/v\s+)*(?:(?:triển khai\s+)?tổ chức|(?P<attending>(?:(?:kính )?mời|đăng ký|"
    r"cử [^,;]{2,30}?|danh sách)?\s*(?:tham dự|tham gia|dự)))\s+"
    r"(?!các |những |một số |chuỗi |tuần lễ |tháng |đợt |\d\d? )(?P<name>.+)",
    re.I | re.S,
)
# "Tọa đàm …, 14h00 - 16h30, ngày 11/10/2025, …": where the time begins.
_THEN = re.compile(
    r"[,(]\s*(?P<time>(?:vào\s+|từ\s+|dự kiến\s+)*(?:lúc\s+|hồi\s+)?"
    r"(?:\d{1,2}\s*(?:giờ|h|g)|ngày\s+\d|thứ\s|tháng\s+\d).*)",
    re.I | re.S,
)
_LED = re.compile(r"(?P<who>[^.;:()“”]+?)\s+chủ trì\b")
_TIMED = re.compile(r"\W*(?:\d+[.)]\s*)?(?:Thời gian|Thời điểm)\b[^:]{0,30}:", re.I)


# What comes before and behind the name of an activity.
_BEGUN = re.compile(
    r"^(?:Tổ chức|Thực hiện|Tham mưu|Phối hợp)\s+(?:(?:triển khai|thực hiện|tổ chức)\s+)?"
    r"(?:các hoạt động\s+(?=thông tin|tuyên truyền))?",
    re.I,
)
_CUT = re.compile(
    r"[,;]?\s+(?:với\s+)?chủ đề:?\s*“|[,;]\s*thời gian\b|\s+Khẩu hiệu:|\s+\((?:có|kèm|Chương trình)",
    re.I,
)


_COLUMNS = {
    "partners": r"phối hợp",
    "lead": r"chủ trì|đơn vị|thực hiện|phụ trách",
    "when": r"thời gian|thời hạn|tiến độ|hoàn thành|hạn",
    "place": r"địa điểm",
    "what": r"nội dung|nhiệm vụ|công việc|hoạt động",
}


@dataclass(slots=True)
class Event:
    """An activity as the text has it; the fields are those of an event in the front matter."""

    section: str
    title: str
    kind: str
    when: str = ""
    place: str = ""
    lead: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    audience: str = ""
    attendance: str = ""
    theme: str = ""


@dataclass(slots=True)
class Deadline:
    """Something owed by a day."""

    section: str
    what: str
    when: str
    who: list[str] = field(default_factory=list)
    to: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Slogan:
    """Words for banners."""

    section: str
    text: str
    kind: str = ""
    when: str = ""
    where: str = ""


@dataclass(slots=True)
class Proposals:
    """All that was found; `unknown` are names of units that don-vi.yml lacks, with their section,
    `unread` times that nobody understood. What an amendment says of occasions is in `changes`."""

    events: list[Event] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    slogans: list[Slogan] = field(default_factory=list)
    basis: list[dict[str, str]] = field(default_factory=list)
    campaign: int | None = None
    unknown: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    amends: list[str] = field(default_factory=list)
    amended_by: list[str] = field(default_factory=list)
    supersedes: str = ""
    changes: list[tuple[Event, bool]] = field(default_factory=list)  # and whether it is a new one


@dataclass(slots=True)
class _Line:
    """A line of the text with the section that it stands in (None before the first)."""

    text: str
    section: int | None
    mark: str = ""
    begins: bool = False  # whether it begins its section


@dataclass(slots=True)
class _Activity:
    """An activity on its way: its first line, and what lines below say of it."""

    head: int | None  # index of a line; None for the whole document
    section: str
    facets: dict[str, list[str]] = field(default_factory=dict)


def propose(body: str, *, title: str, year: int, naming: Naming, number: str = "") -> Proposals:
    """The proposals in the Markdown `body` of the plan called `title`, times of `year` where they name none.

    `number` is its own, which it may cite.
    """
    return _Finder(body, title, year, naming, number).proposals()


class _Finder:
    def __init__(self, body: str, title: str, year: int, naming: Naming, number: str) -> None:
        blocks = scan(body)
        self.sections = outline_of(blocks).sections
        self.lines = list(_lines(blocks))
        self.firsts = {line.section: at for at, line in enumerate(self.lines) if line.begins}
        self.tables = list(_tables(blocks))
        self.title, self.year, self.naming, self.number = title, year, naming, number
        self.found = Proposals()

    def proposals(self) -> Proposals:
        if _CAMPAIGN.search(self.title):
            years = re.findall(r"\b(20\d\d|19\d\d)\b", self.title)
            self.found.campaign = int(years[-1]) if years else self.year
        self.basis()
        self.relations()
        activities = self.activities()
        for activity in activities:
            if event := self.event(activity):
                self.found.events.append(event)
        self.slogans()
        self.deadlines()
        for rows, section in self.tables:
            self.read_table(rows, section)
        return self.found

    def relations(self) -> None:
        texts = [line.text for line in self.lines]
        self.found.amends = amending.amends(self.title, texts, self.number)
        self.found.supersedes = amending.supersedes(self.title, texts, self.number)
        self.found.amended_by = amending.amended_by(texts, self.number)
        for line in self.lines if self.found.amends else ():
            for change in amending.changes(line.text, self.year):
                if title := _title_of(change.name):
                    event = Event(self.ref(line.section), title, _kind_of(title), change.when)
                    event.place = capital(change.place)
                    event.lead = self.names(change.lead, event.section, [])
                    self.found.changes.append((event, change.is_new))

    # --- tables of tasks

    def read_table(self, rows: list[list[str]], section: int | None) -> None:
        """Propose from a table with a column of tasks and one of times: a row is an activity or a deadline."""
        columns = {key: at for at, cell in enumerate(rows[0]) if (key := _column(cell))}
        if "what" not in columns or "when" not in columns:
            return
        ref = self.ref(section)
        for row in rows[1:]:
            told = {key: row[at] if at < len(row) else "" for key, at in columns.items()}
            when = time_in(told["when"], self.year)
            if not when or not told["what"]:
                continue
            lead = self.names(told.get("lead", ""), ref, [])
            if any(True for _ in bounds_in(f"{when} ", self.year)):
                self.found.deadlines.append(Deadline(ref, capital(told["what"]), when, lead))
            elif (kind := _kind_of(told["what"])) and re.search(r"\d", when):
                event = Event(ref, _title_of(told["what"]), kind, when, lead=lead)
                event.partners = self.names(told.get("partners", ""), ref, lead)
                event.place = told.get("place", "")
                self.found.events.append(event)

    # --- sections

    def ref(self, index: int | None) -> str:
        return "" if index is None else self.sections[index].ref

    def above(self, index: int | None) -> Iterator[Section]:
        """The section `index` and those it stands in, from the nearest."""
        while index is not None:
            yield self.sections[index]
            index = self.sections[index].parent

    def first_line(self, index: int) -> int:
        return self.firsts[index]

    # --- activities

    def activities(self) -> list[_Activity]:
        found: dict[tuple[int | None, str], _Activity] = {}
        single = self.single()
        for at, line in enumerate(self.lines):
            for key, value in _facets(line.text):
                head, section = self.head_of(at)
                if head is None and single is None and key not in ("when", "place"):
                    continue
                activity = found.setdefault(
                    (head, "" if head is None else section),
                    _Activity(head, "" if head is None else section),
                )
                if head is None and key in ("when", "place"):
                    activity.section = _shared(activity.section, section)
                activity.facets.setdefault(key, []).append(value)
        if single is not None:
            whole = found.get((None, "")) or _Activity(None, "")
            return [whole]
        found = {key: a for key, a in found.items() if a.head is not None}
        for at, line in enumerate(self.lines):
            if self.is_occasion(at, line, found):
                section = self.ref(line.section)
                found.setdefault((at, section), _Activity(at, section))
        return sorted(found.values(), key=lambda activity: activity.head or 0)

    def single(self) -> str | None:
        """The name of the one activity that the whole document is about."""
        match = _SINGLE.match(self.title)
        if match and match["attending"] and not any(_TIMED.match(line.text) for line in self.lines):
            return None
        if match and (kind := _KIND.search(match["name"])) and kind.start() < 25:
            return match["name"]
        return None

    def head_of(self, at: int) -> tuple[int | None, str]:
        """The line that the facet at line `at` speaks of, and its section."""
        line = self.lines[at]
        if line.mark in ("+", "-"):
            for before in range(at - 1, -1, -1):
                other = self.lines[before]
                if other.section != line.section or other.begins:
                    break
                is_higher = line.mark == "+" and other.mark == "-"
                if is_higher and not any(True for _ in _facets(other.text)):
                    return before, self.ref(line.section)
        last = ""
        for section in self.above(line.section):
            head = self.first_line(section.index)
            own = any(True for _ in _facets(self.lines[head].text))
            if not own and not _PART.match(section.title):
                return head, section.ref
            last = section.ref
        return None, last

    def is_occasion(
        self, at: int, line: _Line, found: dict[tuple[int | None, str], _Activity]
    ) -> bool:
        """Whether a line without lines of its own below names an activity."""
        if any(True for _ in _facets(line.text)) or self.is_within(at, found):
            return False
        asked = any(_ASKED.match(section.title) for section in self.above(line.section))
        timed = _INLINE_TIME.search(line.text) is not None
        if _BANNER.match(line.text):
            return timed
        if asked and not timed:
            return False
        if any(_DUTIES.match(section.title) for section in self.above(line.section)):
            return False
        if line.begins and self.named_and_timed(line.text)[1]:
            return True
        match = _OCCASION.match(line.text)
        if match and not line.begins:
            return True
        if match and line.section is not None and not line.text.rstrip().endswith(":"):
            return not any(
                a.head is not None and a.section == self.ref(line.section) for a in found.values()
            )
        return self.is_of_units(at, line)

    def named_and_timed(self, text: str) -> tuple[str, str]:
        """The name and the time of an occasion whose line tells both, with a comma between."""
        found = _THEN.search(re.sub(r"“[^”]*”", lambda quoted: "_" * len(quoted[0]), text))
        name = text[: found.start()] if found else ""
        if found is None or len(name) > _LONGEST_TITLE or re.search(r"[.;:]\s", name):
            return "", ""
        when = time_in(text[found.start("time") :], self.year)
        is_known = _kind_of(name) or _LED.search(text) or re.search(r"\btại\b", text)
        return (name, when) if is_known and re.search(r"\d", when) else ("", "")

    def is_of_units(self, at: int, line: _Line) -> bool:
        """Whether a section named after units alone says here what these organise."""
        if line.begins or line.section is None or not re.match(r"Tổ chức\s+", line.text):
            return False
        section = self.sections[line.section]
        return bool(self.units_alone(section.title)) and _KIND.search(line.text) is not None

    def is_within(self, at: int, found: dict[tuple[int | None, str], _Activity]) -> bool:
        """Whether line `at` is the head of an activity, or stands in one that is a whole section."""
        heads = {activity.head for activity in found.values()}
        if at in heads:
            return True
        above = self.above(self.lines[at].section)
        return any(self.first_line(section.index) in heads for section in above)

    def units_alone(self, text: str) -> list[str]:
        """The units of `text` where it is nothing but their names, else none."""
        text = text.strip(" :.;")
        mentions = self.naming(text)
        rest = " ".join(text.split())
        for mention in sorted(mentions, key=lambda m: m.start, reverse=True):
            rest = rest[: mention.start] + rest[mention.end :]
        return (
            [] if re.sub(r"[\s,;:.]|\bvà\b", "", rest) else [mention.name for mention in mentions]
        )

    def event(self, activity: _Activity) -> Event | None:
        single = self.single() if activity.head is None else None
        line = self.lines[activity.head] if activity.head is not None else None
        name = single or (line.text if line else "")
        title = _title_of(name)
        kind = _kind_of(title)
        facets = activity.facets
        named, timed = self.named_and_timed(name) if line and line.begins else ("", "")
        title = _title_of(named) if named else title
        if not title or (not kind and "when" not in facets and not timed):
            return None
        if "when" not in facets and len(title.split()) < _LEAST:
            return None  # "Chương II. TỔ CHỨC CUỘC THI" names none
        event = Event(activity.section, title, kind or "khác")
        for words in facets.get("when", []):
            if when := time_in(words, self.year):
                event.when = event.when or when
            else:
                self.found.unread.append((words, activity.section))
        event.when = event.when or timed
        if not event.when and (told := _INLINE_TIME.search(name)):
            event.when = time_in(told["time"], self.year)
        self.add_units(event, activity)
        self.add_rest(event, facets, name)
        if not event.lead:
            told = next(filter(None, map(_LED.search, (*facets.get("when", []), name))), None)
            event.lead = [mention.name for mention in self.naming(told["who"])] if told else []
        if not event.lead and line is not None and line.section is not None:
            event.lead = self.units_alone(self.sections[line.section].title) or self.asked(line)
        return event

    def asked(self, line: _Line) -> list[str]:
        """The units that the heading above `line` asks: "2. Đề nghị các ngành, địa phương …"."""
        for section in self.above(line.section):
            if _ASKED.match(section.title):
                title = self.lines[self.first_line(section.index)].text
                return [mention.name for mention in self.naming(title)]
        return []

    def add_units(self, event: Event, activity: _Activity) -> None:
        for words in activity.facets.get("lead", []):
            leading, _, joining = re.sub(r"\bchủ trì,?\s*", "", words).partition("phối hợp")
            event.lead += self.names(leading, activity.section, event.lead)
            event.partners += self.names(joining, activity.section, event.partners)
        for words in activity.facets.get("partners", []):
            event.partners += self.names(words, activity.section, event.partners)

    def names(self, words: str, section: str, known: list[str]) -> list[str]:
        """The units in `words` that `known` lacks; what is no known unit is noted as unknown."""
        words = " ".join(words.split())
        mentions = self.naming(words)
        have = {canonical(name) for name in known}
        rest = words
        for mention in sorted(mentions, key=lambda m: m.start, reverse=True):
            rest = rest[: mention.start] + "|" + rest[mention.end :]
        for piece in re.split(r"[,;|.]|\bcùng\b|\bvới\b", rest):
            name = piece.strip(" :()-")
            if _UNIT.match(name):
                self.found.unknown.append((name, section))
        return [mention.name for mention in mentions if canonical(mention.name) not in have]

    def add_rest(self, event: Event, facets: dict[str, list[str]], name: str) -> None:
        for key in ("place", "audience", "attendance", "theme"):
            if words := facets.get(key):
                value = words[0].strip(" .;“”")
                setattr(event, key, value)
        event.place = re.sub(r"^Tại\s+", "", event.place)
        event.place = event.place[:1].upper() + event.place[1:]
        if event.kind == "băng rôn" and not event.place and (at := _AT.search(name)):
            event.place = capital(at["place"].strip())
        if not event.theme and (about := re.search(r"chủ đề:?\s*“([^”]+)”", name, re.I)):
            event.theme = about[1]

    # --- slogans

    def slogans(self) -> None:
        """Quoted lines behind "Khẩu hiệu" or "Chủ đề", there or in the lines below."""
        seen: set[str] = set()
        heads = {canonical(event.theme) for event in self.found.events if event.theme}
        saying: str = ""
        section: int | None = None
        for line in self.lines:
            if line.section != section:
                saying, section = "", line.section
            text = line.text
            begins = _SAYING.match(text)
            inside = re.search(r"\bKhẩu hiệu\s*:\s*“", text)
            if begins and not _facet_of_event(text):
                saying = begins["kind"].lower()
            elif inside:
                saying = "khẩu hiệu"
            elif not text.startswith("“"):
                saying = "" if not _QUOTED.fullmatch(text.strip(" .;")) else saying
            if not saying:
                continue
            at = text.casefold().find("khẩu hiệu") if inside and not begins else 0
            for quoted in _QUOTED.finditer(text, max(at, 0)):
                words = quoted["text"].strip()
                if canonical(words) in seen or (
                    canonical(words) in heads and saying == "chủ đề" and not self.found.campaign
                ):
                    continue
                seen.add(canonical(words))
                self.found.slogans.append(self.slogan(words, saying, line.section))

    def slogan(self, text: str, kind: str, section: int | None) -> Slogan:
        ref = self.ref(section)
        event = next(
            (e for e in self.found.events if e.kind == "băng rôn" and e.section == ref), None
        )
        found = Slogan(ref, text, "chủ đề" if kind == "chủ đề" else "")
        if event:
            found.when, found.where = event.when, event.place
        return found

    # --- deadlines

    def deadlines(self) -> None:
        seen: set[tuple[str, str]] = set()
        for line in self.lines:
            facet = next((key for key, _ in _facets(line.text)), "")
            for sentence in _SENTENCE.split(line.text):
                if re.match(r"\W*(?:Thời gian|Thời điểm)", sentence, re.I) or facet == "when":
                    continue
                for when, start in islice(bounds_in(sentence, self.year), _MOST_IN_A_SENTENCE):
                    if not self.is_owed(sentence, start, when):
                        continue
                    key = canonical(when), self.ref(line.section)
                    if key not in seen:
                        seen.add(key)
                        self.found.deadlines.append(self.deadline(sentence, start, when, line))

    @staticmethod
    def is_owed(sentence: str, start: int, when: str) -> bool:
        before = sentence[:start]
        if re.match(r"(?:định kỳ|hằng|hàng)", when, re.I):
            return (
                _HANDED.search(before) is not None
                and re.search(r"báo cáo|gửi", before, re.I) is not None
            )
        return _OWED.search(before) is not None

    def deadline(self, sentence: str, start: int, when: str, line: _Line) -> Deadline:
        before = sentence[:start].strip(" ,;(")
        clause = before.rsplit("; ", 1)[-1]
        clause = clause if _OWED.search(clause) else before
        to = self.receivers(clause)
        first = _verb(before)
        owing = self.naming(before[: first.start()] if first else "")
        who = [mention.name for mention in owing if mention.name not in to]
        if owing and (verb := _verb(clause)) and verb.start() >= owing[0].start:
            clause = clause[verb.start() :]
        if not who:
            earlier = line.text[: line.text.find(sentence)]
            opening = re.split(r"\b(?:căn cứ|chuẩn bị|phối hợp|có trách nhiệm)\b", earlier)[0]
            who = [mention.name for mention in self.naming(opening) if mention.name not in to]
        if not who:
            clause = self.without_unknown(clause, before[: first.start()] if first else "", line)
        if not who:
            titles = (self.units_alone(section.title) for section in self.above(line.section))
            who = next((names for names in titles if names), [])
        return Deadline(self.ref(line.section), capital(_shortened(clause, 240)), when, who, to)

    def without_unknown(self, clause: str, owing: str, line: _Line) -> str:
        """`clause` without the name of a unit in front that don-vi.yml lacks, which is noted."""
        name = owing.strip(" :,;")
        if _UNIT.match(name) and len(name) < _LONGEST_NAME and clause.startswith(owing.strip()):
            self.found.unknown.append((name, self.ref(line.section)))
            return clause[len(owing.strip()) :].strip(" :,;")
        return clause

    def receivers(self, text: str) -> list[str]:
        """Whom something is handed to: in brackets behind "qua", else behind the last of "về", "cho"."""
        through = re.search(r"\(qua\s+([^)]+)\)", text)
        if through and (names := self.naming(through[1])):
            return [names[0].name]
        for match in reversed(list(_TO.finditer(text))):
            names = self.naming(text[match.end() : match.end() + 120])
            if names and names[0].start < 12:
                return [names[0].name]
        return []

    # --- basis

    def basis(self) -> None:
        seen: set[str] = set()
        for line in self.lines:
            for reference in references_in(line.text):
                if relations.key(reference["number"]) == relations.key(self.number):
                    continue
                if reference["number"] not in seen:
                    seen.add(reference["number"])
                    self.found.basis.append(reference)


def _verb(text: str) -> re.Match[str] | None:
    """The first verb of owing in `text`; one in capitals is a part of a name: "Phòng Tổng hợp"."""
    for verb in _OWED.finditer(text):
        if verb[0][0].islower() or not text[: verb.start()].rstrip(" -").strip():
            return verb
        if text[: verb.start()].rstrip()[-1:] in ":;.,":
            return verb
    return None


def _lines(blocks: list[Block]) -> Iterator[_Line]:
    section: int | None = None
    count = -1
    for block in blocks:
        begins = block.shape in SECTIONS
        if begins:
            count += 1
            section = count
        if block.shape in (Shape.CODE, Shape.HTML, Shape.RULE):
            continue
        if block.shape is Shape.TABLE:
            continue
        text = plain(block.text)
        yield _Line(text, section, block.mark if block.shape is Shape.ITEM else "", begins)


def _tables(blocks: list[Block]) -> Iterator[tuple[list[list[str]], int | None]]:
    """The tables as rows of plain cells, each with its section."""
    count = -1
    for block in blocks:
        count += block.shape in SECTIONS
        section = count if count >= 0 else None
        if block.shape is Shape.HTML and "<table" in block.text:
            yield _cells(block.text), section
        if block.shape is Shape.TABLE:
            rows = (line.text.strip().removeprefix("|").removesuffix("|") for line in block.lines)
            cells = [[plain(cell) for cell in re.split(r"(?<!\\)\|", row)] for row in rows]
            yield [cells[0], *cells[2:]], section


def _cells(table: str) -> list[list[str]]:
    """The texts of an HTML table by their places; what spans stands in each place that it covers."""
    rows = list(lxml_html.fragment_fromstring(table, create_parent=True).iter("tr"))
    grid: list[dict[int, str]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[at]:
                column += 1
            text = " ".join(" ".join(cell.itertext()).split())
            down, right = (int(cell.get(name) or 1) for name in ("rowspan", "colspan"))
            for covered in grid[at : at + down]:
                covered.update((column + i, text) for i in range(right))
            column += right
    return [[row.get(at, "") for at in range(max(row, default=-1) + 1)] for row in grid]


def _column(head: str) -> str:
    """The facet that a column holds, by its head: "what", "lead", "partners", "when", "place"; "" for others."""
    return next((key for key, words in _COLUMNS.items() if re.search(words, head, re.I)), "")


def _facets(text: str) -> Iterator[tuple[str, str]]:
    """The facets of an activity in a line: ("lead", "Phòng A") of "- Đơn vị chủ trì: Phòng A."."""
    for piece in re.split(r"(?<=[.;])\s+(?=[A-ZĐ][^:.;]{2,40}:)", text):
        labelled = _LABELLED.match(piece)
        if labelled is None:
            continue
        facet = _FACET.fullmatch(labelled["label"].strip(" *-+"))
        if facet and facet.lastgroup:
            yield facet.lastgroup, labelled["value"].strip().rstrip(".;").strip()


def _facet_of_event(text: str) -> bool:
    """Whether "Chủ đề …:" speaks of one occasion rather than of banners."""
    return (
        re.match(r"\W*chủ đề\s+(?:của\s+)?(?:hội|tọa|cuộc|diễn|buổi|lễ|lớp)", text, re.I)
        is not None
    )


def _shared(one: str, other: str) -> str:
    """The section that holds both."""
    if not one or one == other:
        return other
    both = []
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        both.append(a)
    return ".".join(both) or one


def _kind_of(title: str) -> str:
    """The kind of an activity by its name: the first word that tells one, other kinds before "khác"."""
    kinds = [
        list(_KINDS)[int(match.lastgroup[1:])] for match in _KIND.finditer(title) if match.lastgroup
    ]
    return next((kind for kind in kinds if kind != _OTHER), kinds[0] if kinds else "")


def _title_of(text: str) -> str:
    """The name of an activity out of the line that begins it."""
    text = " ".join(text.split()).strip(" -+*")
    text = _BEGUN.sub("", text, count=1)
    text = _CUT.split(text, maxsplit=1)[0]
    lead, colon, rest = text.partition(":")
    if (colon and len(lead) > 40) or (colon and not rest.strip()):
        text = lead
    text = re.split(r"(?<=[\w”)])[.;]\s+", text, maxsplit=1)[0]
    return capital(_shortened(text.strip(" .;:,"), 250))


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split()).strip(" .;:,")
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
