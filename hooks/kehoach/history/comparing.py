"""Two versions of a plan compared: what the later says otherwise, in words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kehoach.records.campaign import Campaign, CampaignTime
from kehoach.records.event import Deadline, Event, EventStatus, Slogan, Theme
from kehoach.records.plan import Plan, PlanStatus

Key = tuple[str, ...]
Part = Event | Deadline | Slogan
Words = tuple[str, str]

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
    "programme": "chương trình",
    "places": "các địa điểm",
    "online": "liên kết trực tuyến",
    "registration": "cách đăng ký",
    "contact": "đầu mối liên hệ",
    "fee": "phí tham dự",
    "image": "ảnh",
    "result": "kết quả",
}
_DEADLINE_FIELDS = {
    "what": "việc",
    "when": "thời gian",
    "who": "đơn vị thực hiện",
    "to": "nơi nhận",
}
_SLOGAN_FIELDS = {"text": "nguyên văn", "when": "thời gian treo", "where": "nơi treo"}
FIELDS: dict[type[Part], dict[str, str]] = {
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
    "signers": "những người cùng ký",
    "joint": "cơ quan cùng ban hành",
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


def key(record: Part) -> Key:
    """The lasting name of a record: an event keeps the first one it had (its first alias)."""
    if isinstance(record, Event):
        return "su-kien", str(record.year), (*record.aliases, record.id)[0]
    anchor = record.anchor if isinstance(record, Deadline) else f"khau-hieu-{record.id}"
    return (*record.owner.address.strip("/").split("/"), anchor)


def time_key(campaign: Campaign, time: CampaignTime) -> Key:
    """The lasting name of a time of a campaign."""
    return (*campaign.address.strip("/").split("/"), time.name)


def compare(before: Plan, after: Plan) -> Iterator[Words]:
    """The changes between two versions of a plan, in words, the weightiest first."""
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
            yield f"thêm {noun} {_quoted(title(part))}", f"{shelf}.{part.id}"
            continue
        for words, field_name in compare(old[name], part):
            yield words, f"{shelf}.{part.id}.{field_name}"
    for name, part in old.items():
        if name not in new:
            yield f"gỡ {noun} {_quoted(title(part))}", f"{shelf}.{part.id}"


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
    for key_name, label in FIELDS[type(after)].items():
        old, new = getattr(before, key_name), getattr(after, key_name)
        if key_name not in skipped and old != new:
            yield _edited(f"{label} của {name}", old, new), key_name


def _named(event: Event) -> str:
    """An event after its kind, where that says something which the title does not open with."""
    kind = event.kind.value
    if kind == "khác" or event.title.casefold().startswith(kind):
        return _quoted(event.title)
    return f"{kind} {_quoted(event.title)}"


def title(part: Part) -> str:
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
