"""The file that an import gives: front matter and body of a plan, and the pictures beside it.

Nothing is settled without a word for it: what the file does not say stays open and is listed.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from kehoach.carried import Carried
from kehoach.importing import proposing, renewing, writing
from kehoach.importing.manuscript import Manuscript, paragraphs
from kehoach.importing.mentions import Naming
from kehoach.importing.proposing import Proposals
from kehoach.importing.understanding import Parts, Signature
from kehoach.importing.writing import Value
from kehoach.records.event import Event as PlannedEvent
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library
from kehoach.records.period import PeriodError, parse_period
from kehoach.records.plan import Plan
from kehoach.records.source import parse
from kehoach.records.text import canonical, capital, fold, slug
from kehoach.records.unit import Unit, UnitKind

_LONGEST_NAME = 60  # characters of a file name or of an id
_ALIKE = 0.7  # of the words of an occasion's name
_AS_SIGNED = "Bản ký ghi như vậy"
_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")
_ITEM = re.compile(r"(?P<list>events|deadlines|slogans|basis)\[(?P<at>\d+)\](?:\.(?P<key>\w+))?")

Judge = Callable[["Draft"], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of whoever imports: "" and None where nothing was said."""

    kind: str = ""
    year: int | None = None
    into: str = ""  # a folder under content/
    campaign: int | None = None
    issuer: str = ""
    keep_original: bool = False


@dataclass(slots=True)
class Draft:
    """A document on its way into `content/`: `values` is its front matter, `files` lie beside it."""

    file: str
    values: dict[str, Value]
    body: str
    files: dict[str, bytes] = field(default_factory=dict)
    proposals: Proposals = field(default_factory=Proposals)
    open: list[str] = field(default_factory=list)  # what somebody must look at or fill in
    units: list[str] = field(default_factory=list)  # lines for don-vi.yml
    whole: str = ""  # the text of the file, where that is not made of `values` and `body`
    base: str = ""  # the text that a Word file of ours was made from

    @property
    def text(self) -> str:
        return self.whole or writing.front_matter(self.values) + "\n" + self.body + "\n"


def draft_of(manuscript: Manuscript, parts: Parts, library: Library, wishes: Wishes) -> Draft:
    """The draft of what `manuscript` says, with everything proposed that the text tells."""
    text = _text(manuscript)
    issuer = _issuer(parts, text, library, wishes)
    date, year = _date(parts, text, wishes)
    title = parts.title or _first_words(parts)
    naming = Naming(library.units, issuer)
    file = _file(library, parts, wishes, title, year, issuer)
    pictures = _pictures(manuscript, parts, file)
    body = writing.body([*parts.body, *parts.annexes], manuscript, pictures)
    found = proposing.propose(body, title=title, year=year, naming=naming, number=parts.number)
    pages = {
        f"{PurePosixPath(file).stem}-trang-{n}.jpg": page
        for n, page in enumerate(manuscript.pages, 1)
    }
    if manuscript.scanned:
        body = _with_pages(body, list(pages))
    draft = Draft(file, {}, body, proposals=found)
    _settle_changes(found, library, draft)
    beside = PurePosixPath(file).parent
    draft.files = {str(beside / new): manuscript.pictures[old] for old, new in pictures.items()}
    draft.files |= {str(beside / name): content for name, content in pages.items()}
    campaign = wishes.campaign or found.campaign
    if campaign and library.campaign(campaign) is None:
        draft.open.append(
            f"chưa có content/chu-de/{campaign}.md, nên chưa ghi `campaign: {campaign}`"
        )
        campaign = None
    draft.values = {
        "title": title,
        "kind": wishes.kind or parts.kind or "Kế hoạch",
        "number": parts.number,
        "issuer": issuer.id if issuer else wishes.issuer or parts.issuer,
        "place": parts.place,
        "date": date,
        "campaign": campaign or "",
        "status": "draft",
        "unverified": "bản quét do máy đọc" if manuscript.scanned else "",
        "supersedes": _address(library, found.supersedes),
        "amends": _names([_address(library, cited) for cited in found.amends]),
        "amended_by": _names([_address(library, cited) for cited in found.amended_by]),
        "basis": [_present(reference) for reference in found.basis],
        "slogans": _slogans(found, library, year),
        "events": _events(found, library, year),
        "deadlines": _deadlines(found),
        "signer": "",
        "signers": "",
        "joint": "",
        "recipients": list(parts.recipients),
    }
    signatures = sorted(_signers(parts, draft), key=lambda sign: not _is_of(sign, parts.issuer))
    draft.values["joint"] = _joint(parts, library, issuer, signatures, draft)
    own = [_signature(sign) for sign in signatures]
    draft.values |= {"signer": own[0] if own else "", "signers": own[1:]}
    _note_what_is_open(draft, parts, issuer, found)
    return draft


def attach_original(draft: Draft, suffix: str, content: bytes) -> None:
    """Keep the file that was brought in beside the draft, for readers to download."""
    beside = PurePosixPath(draft.file)
    name = f"{beside.stem}-ban-goc{suffix}"
    draft.files[str(beside.parent / name)] = content
    draft.values["attachments"] = [{"file": name, "title": "Bản gốc"}]


def draft_again(manuscript: Manuscript, parts: Parts, carried: Carried, wishes: Wishes) -> Draft:
    """The draft of a Word file that the site itself made: its own Markdown, where the words are the same."""
    source = parse(carried.text.encode(), carried.file)
    name = PurePosixPath(carried.file).name
    file = f"{wishes.into.strip('/')}/{name}" if wishes.into else carried.file
    if manuscript.is_as_carried:
        return Draft(file, {}, source.body, whole=carried.text, base=carried.text)
    pictures = _pictures(manuscript, parts, file)
    body = writing.body([*parts.body, *parts.annexes], manuscript, pictures)
    body = renewing.renewed(source.body, body)
    head = carried.text.removesuffix(source.body)
    between = source.body[: len(source.body) - len(source.body.lstrip("\n"))]
    draft = Draft(file, {}, body, whole=f"{head}{between}{body}\n", base=carried.text)
    draft.open.append(
        "tệp Word này do trang trích ra và đã được sửa: nội dung lấy theo tệp, phần khai báo giữ như cũ; "
        "hãy xem lại `events`, `deadlines`, `date`, `number` …"
    )
    return draft


def settle(draft: Draft, judge: Judge) -> list[Finding]:
    """Mend `draft` until `judge` finds no error that a proposal made; what is left is given back.

    A proposal that the site's rules refuse goes, and is listed; of what was signed and is against a
    rule the draft says so itself (`allow`).
    """
    for _ in range(8):
        errors = [found for found in judge(draft) if found.severity is Severity.ERROR]
        if not any(
            _mend(draft, error) for error in sorted(errors, key=_from_the_end, reverse=True)
        ):
            return errors
    return errors


def _mend(draft: Draft, error: Finding) -> bool:
    if item := _ITEM.match(error.field):
        listed = draft.values.get(item["list"])
        at, key = int(item["at"]), item["key"]
        if not isinstance(listed, list) or at >= len(listed):
            return False
        entry = listed[at]
        needed = {"id", "title", "text", "what", "number"}
        if key and key not in needed and isinstance(entry, dict) and (key in entry):
            draft.open.append(
                f"{item['list']}, mục {entry.get('section', '?')}: bỏ `{key}: {entry[key]}` vì {error.message}"
            )
            del entry[key]
            if item["list"] == "deadlines" and key == "when":
                del listed[at]
        else:
            draft.open.append(f"{item['list']}: bỏ một đề xuất vì {error.message}")
            del listed[at]
        return True
    if error.rule in (
        "number-format",
        "numbering-gap",
        "missing-glyph",
        "heading-jump",
        "too-deep",
    ):
        allowed = draft.values.setdefault("allow", [])
        assert isinstance(allowed, list)
        if any(isinstance(a, Mapping) and a.get("rule") == error.rule for a in allowed):
            return False
        allowed.append({"rule": error.rule, "why": _AS_SIGNED})
        draft.open.append(f"{error.message}: giữ nguyên như bản ký, đã ghi trong `allow`")
        return True
    return False


def _from_the_end(error: Finding) -> tuple[str, int]:
    item = _ITEM.match(error.field)
    return (item["list"], int(item["at"])) if item else ("", 0)


def earlier(library: Library, values: Mapping[str, Value], year: int) -> Plan | None:
    """The plan that an earlier import of the same document gave, or somebody wrote by hand."""
    number, title = (
        letters_of(str(values.get("number", ""))),
        canonical(str(values.get("title", ""))),
    )
    issuer = library.units.resolve(str(values.get("issuer", "")))
    for plan in library.plans:
        if plan.year != year or (issuer and library.issuer(plan) is not issuer):
            continue
        if canonical(plan.title) == title:
            return plan
        own = letters_of(plan.number or "")
        if number and re.match(r"\d", number) and own == number:
            return plan
    return None


def letters_of(number: str) -> str:
    """A document's number without spaces, in one case."""
    return "".join(number.split()).casefold()


# --- the head


def _text(manuscript: Manuscript) -> str:
    return "\n".join(paragraph.line for paragraph in manuscript.paragraphs())


def _issuer(parts: Parts, text: str, library: Library, wishes: Wishes) -> Unit | None:
    units = library.units
    if wishes.issuer:
        return units.resolve(wishes.issuer)
    if parts.issuer:
        return _called(parts.issuer, parts, library)
    departments = [unit for unit in units if unit.kind is UnitKind.DEPARTMENT]
    placed = [unit for unit in departments if parts.place and units.province(unit) == parts.place]
    if len(placed) == 1:
        return placed[0]
    folded = fold(text)
    counts = Counter(
        {unit.id: folded.count(fold(units.province(unit) or unit.name)) for unit in departments}
    )
    best = counts.most_common(2)
    if best and best[0][1] and (len(best) == 1 or best[0][1] > best[1][1]):
        return units.by_id[best[0][0]]
    return None


def _called(name: str, parts: Parts, library: Library) -> Unit | None:
    """The unit that a letterhead calls `name`, under the body above it or at the place that it tells."""
    units = library.units
    above = next((u for named in _spellings(parts.above) if (u := units.resolve(named))), None)
    areas = (f"{name} {area} {parts.place}" for area in ("tỉnh", "thành phố") if parts.place)
    for named in (*_spellings(name), *areas):
        if unit := units.resolve(named, above):
            return unit
        near = [
            u for u in units.candidates(named) if parts.place and units.province(u) == parts.place
        ]
        if len(near) == 1:
            return near[0]
    return None


def _spellings(name: str) -> list[str]:
    if not name:
        return []
    short = re.sub(r"ủy ban nhân dân", "UBND", canonical(name), flags=re.I)
    long = re.sub(r"\bubnd\b", "ủy ban nhân dân", canonical(name))
    return list(dict.fromkeys((name, short, long)))


def _date(parts: Parts, text: str, wishes: Wishes) -> tuple[str, int]:
    """The written date and the year whose folder the document goes to; 0 where nothing tells one."""
    if start := _start(parts.date):
        return parts.date, wishes.year or start.year
    years = _YEAR.findall(parts.title) or [
        year for year, _ in Counter(_YEAR.findall(text)).most_common(1)
    ]
    year = wishes.year or (int(years[-1]) if years else 0)
    return (f"năm {year}" if year else ""), year


def is_date(words: str) -> bool:
    """Whether `words` say when something is."""
    return _start(words) is not None


def _start(words: str) -> date | None:
    try:
        return parse_period(words).start if words else None
    except PeriodError:
        return None


def _first_words(parts: Parts) -> str:
    lines = (p.line for p in paragraphs(parts.body) if p.line)
    first = next(lines, "Văn bản chưa có trích yếu")
    return first if len(first) < 200 else first[:200].rsplit(" ", 1)[0] + "…"


def _file(
    library: Library, parts: Parts, wishes: Wishes, title: str, year: int, issuer: Unit | None
) -> str:
    folder = wishes.into.strip("/") or f"ke-hoach/{year or 'chua-ro-nam'}"
    values: dict[str, Value] = {
        "title": title,
        "number": parts.number,
        "issuer": issuer.id if issuer else "",
    }
    if known := earlier(library, values, year):
        return known.file
    named = f"{folder}/{unique(title, set())}.md"
    if named in library.files and library.document(f"{library.name}/{named}") is None:
        return named  # nobody can read it, so it may be this one
    taken = {PurePosixPath(file).stem for file in library.files if file.startswith(f"{folder}/")}
    return f"{folder}/{unique(title, taken)}.md"


def unique(text: str, taken: set[str]) -> str:
    """A name for `text` as a file or id, at most 60 letters, other than those `taken`."""
    name = slug(text)
    name = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME + 1].rsplit("-", 1)[0]
    name = name or "chua-dat-ten"
    return next(n for n in (name, *(f"{name}-{i}" for i in range(2, 10_000))) if n not in taken)


def _pictures(manuscript: Manuscript, parts: Parts, file: str) -> dict[str, str]:
    """The name of each picture beside the document, in the order in which they are called."""
    stem = PurePosixPath(file).stem
    notes = [paragraph for note in manuscript.notes.values() for paragraph in note]
    called = dict.fromkeys(
        run.picture
        for paragraph in paragraphs([*parts.body, *parts.annexes, *notes])
        for run in paragraph.runs
        if run.picture
    )
    names = {}
    for number, name in enumerate(called, 1):
        suffix = PurePosixPath(name).suffix.lower().replace(".jpeg", ".jpg")
        names[name] = f"{stem}-hinh-{number}{suffix}"
    return names


def _signers(parts: Parts, draft: Draft) -> list[Signature]:
    whole = [sign for sign in parts.signatures if sign.title and sign.name]
    if len(whole) < len(parts.signatures):
        draft.open.append("chữ ký không có họ tên hoặc chức vụ, hãy ghi `signer`")
    return whole


def _joint(
    parts: Parts,
    library: Library,
    issuer: Unit | None,
    signatures: list[Signature],
    draft: Draft,
) -> list[Value]:
    """The further issuers with their numbers and signatures, which leave `signatures`."""
    entries: list[Value] = []
    numbers = [*parts.joint_numbers, *([""] * len(parts.joint_issuers))]
    has_own = len(signatures) > len(parts.joint_issuers)
    for name, number in zip(parts.joint_issuers, numbers, strict=False):
        unit = _called(name, parts, library)
        if unit is None:
            draft.open.append(
                f"cơ quan cùng ban hành “{name}” chưa có trong don-vi.yml; thêm rồi ghi `joint`"
            )
            draft.units += _unit_lines(_capitalised(name, parts.place), issuer, parts.place)
            continue
        sign = next((sign for sign in signatures if _is_of(sign, name)), None)
        if sign is None and has_own:
            sign = next((s for s in signatures[1:] if not _is_of(s, parts.issuer)), None)
        if sign:
            signatures.remove(sign)
        signer = _signature(sign) if sign else ""
        entries.append(_present({"issuer": unit.id, "number": number, "signer": signer}))
    return entries


def _is_of(sign: Signature, issuer: str) -> bool:
    """Whether a signature says in whose name it is, and that is `issuer`."""
    told = canonical(f"{sign.authority} {sign.title}")
    return any(canonical(name) in told for name in _spellings(issuer) if name)


def _signature(sign: Signature) -> Value:
    lines = [line for line in sign.authority.split("\n") if line]
    authority = _names(lines) if lines else ""
    return _present({"authority": authority, "title": sign.title, "name": sign.name})


def _with_pages(body: str, names: Sequence[str]) -> str:
    """`body` with the pictures of a scan's pages in front, for whoever compares them."""
    shown = [f"![Trang {number} của bản quét]({name})" for number, name in enumerate(names, 1)]
    return "\n\n".join([*shown, body])


def _address(library: Library, cited: str) -> str:
    """The document that is `cited`: its address where the site has it, else as it is cited."""
    plan = library.meant(cited)
    return plan.address.strip("/") if plan else cited


def _settle_changes(found: Proposals, library: Library, draft: Draft) -> None:
    """Turn what an amendment moves into hints about the amended plan, where the site has it."""
    amended = [plan for cited in found.amends if (plan := library.meant(cited))]
    for event, is_new in found.changes:
        known = None if is_new else _occasion(event.title, amended)
        if known is None and not event.kind:
            draft.open.append(
                f"mục {event.section or '(cả văn bản)'}: đổi thời gian “{event.title}” thành “{event.when}”; "
                "hãy xem sự kiện, thời hạn của văn bản được sửa đổi"
            )
        elif known is None:
            found.events = [e for e in found.events if e.section != event.section] + [event]
        else:
            plan, before = known
            told = f"; `previous_when: {before.when.words}`" if before.when else ""
            draft.open.append(
                f"mục {event.section or '(cả văn bản)'}: trong content/{plan.file}, sự kiện `{before.id}` "
                f"ghi `status: rescheduled`{told}; `when: {event.when}`"
            )


def _occasion(name: str, plans: Sequence[Plan]) -> tuple[Plan, PlannedEvent] | None:
    """The event of `plans` that is called `name`, or has most of its words."""
    wanted = set(canonical(name).split())
    shares = [
        (len(wanted & set(canonical(event.title).split())) / max(len(wanted), 1), plan, event)
        for plan in plans
        for event in plan.events
    ]
    share, plan, event = max(shares, key=lambda found: found[0], default=(0, None, None))
    return (plan, event) if share >= _ALIKE and plan and event else None


# --- proposals


def _present(entry: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in entry.items() if value not in ("", [], ())}


def _names(names: Sequence[str]) -> Value:
    return names[0] if len(names) == 1 else list(names)


def _events(found: Proposals, library: Library, year: int) -> list[Value]:
    taken: set[str] = set()
    entries: list[Value] = []
    for event in found.events:
        identifier = unique(event.title, taken)
        taken.add(identifier)
        entry: dict[str, Value] = {
            "id": identifier,
            "title": event.title,
            "kind": event.kind,
            "section": event.section,
        }
        entry |= {
            "when": event.when,
            "place": event.place,
            "lead": _names(event.lead),
            "partners": _names(event.partners),
        }
        entry |= {"audience": event.audience, "attendance": event.attendance, "theme": event.theme}
        entries.append(_present(entry))
    return entries


def _deadlines(found: Proposals) -> list[Value]:
    taken: set[str] = set()
    entries: list[Value] = []
    for deadline in found.deadlines:
        identifier = unique(deadline.what, taken)
        taken.add(identifier)
        entry: dict[str, Value] = {"id": identifier, "what": deadline.what, "when": deadline.when}
        entry |= {
            "who": _names(deadline.who),
            "to": _names(deadline.to),
            "section": deadline.section,
        }
        entries.append(_present(entry))
    return entries


def _slogans(found: Proposals, library: Library, year: int) -> list[Value]:
    entries: list[Value] = []
    taken: set[str] = set()
    known = {canonical(slogan.text): slogan.id for slogan in library.slogans if slogan.year == year}
    for slogan in found.slogans:
        identifier = known.get(canonical(slogan.text)) or unique(slogan.text, taken)
        taken.add(identifier)
        entry: dict[str, Value] = {"id": identifier, "text": slogan.text, "kind": slogan.kind}
        entry |= {"when": slogan.when, "where": slogan.where, "section": slogan.section}
        entries.append(_present(entry))
    return entries


# --- what is open


def _note_what_is_open(draft: Draft, parts: Parts, issuer: Unit | None, found: Proposals) -> None:
    if not parts.title:
        draft.open.append("không thấy trích yếu; `title` tạm lấy dòng đầu của nội dung")
    if not parts.number:
        draft.open.append("không thấy số, ký hiệu; hãy ghi `number`")
    if not parts.date:
        draft.open.append("không thấy ngày ban hành; `date` tạm ghi theo năm, hãy xem bản ký")
    if issuer is None:
        name = parts.issuer or _department_in(draft.body, parts.place)
        draft.open.append(f"chưa rõ cơ quan ban hành {name}".rstrip() + "; hãy ghi `issuer`")
        if name:
            draft.units += _unit_lines(_capitalised(name, parts.place), None, parts.place)
    if not parts.signatures:
        draft.open.append("không thấy chữ ký; hãy ghi `signer`")
    if not parts.recipients:
        draft.open.append("không thấy Nơi nhận; hãy ghi `recipients`")
    for words, section in found.unread:
        draft.open.append(f"mục {section}: chưa hiểu thời gian “{words}”, hãy ghi `when`")
    seen: set[str] = set()
    for name, section in found.unknown:
        if canonical(name) not in seen:
            seen.add(canonical(name))
            draft.open.append(f"mục {section}: đơn vị “{name}” chưa có trong don-vi.yml")
            draft.units += _unit_lines(name, issuer, parts.place)


def _department_in(body: str, place: str) -> str:
    """The department of `place` as the text calls it; "" where it calls none."""
    area = (
        rf"(?:tỉnh|thành phố)\s+{re.escape(place)}" if place else r"(?:tỉnh|thành phố)\s+\S+\s+\S+"
    )
    found = re.search(rf"Sở\s+(?:Khoa học và Công nghệ|KH&CN)\s+{area}", body)
    return found[0].replace("KH&CN", "Khoa học và Công nghệ") if found else ""


def _capitalised(name: str, place: str) -> str:
    """A name in capitals as it is written in a text."""
    lowered = name.lower() if name.isupper() else name
    if place:
        lowered = re.sub(re.escape(place), place, lowered, flags=re.I)
    return capital(lowered)


def _unit_lines(name: str, issuer: Unit | None, place: str) -> list[str]:
    """The lines to add to don-vi.yml for the unit `name`."""
    kinds = {
        "sở": "sở",
        "phòng": "phòng",
        "trung tâm": "trung tâm",
        "chi cục": "chi cục",
        "bộ": "bộ",
    }
    kinds |= {
        "ủy ban": "ủy ban",
        "ubnd": "ủy ban",
        "thanh tra": "thanh tra",
        "đài": "báo chí",
        "báo": "báo chí",
    }
    kinds |= {"văn phòng": "phòng", "công đoàn": "đoàn thể", "đoàn": "đoàn thể"}
    kind = next(
        (kind for start, kind in kinds.items() if canonical(name).startswith(start)), "tổ chức"
    )
    province = (issuer.province if issuer else "") or place
    lines = [
        f"- id: {slug(name + ' ' + province)}",
        f"  name: {writing.quoted(name)}",
        f"  kind: {kind}",
    ]
    if issuer and kind in ("phòng", "trung tâm", "chi cục", "thanh tra"):
        lines.append(f"  parent: {issuer.id}")
    elif province:
        lines.append(f"  province: {province}")
    return lines
