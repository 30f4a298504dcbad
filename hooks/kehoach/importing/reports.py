"""The report of an import, on the terminal and in a file of its own."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kehoach.importing.drafts import Draft
from kehoach.importing.manuscript import LeftOut, Manuscript
from kehoach.importing.proof import Proof
from kehoach.importing.understanding import Parts
from kehoach.records.finding import Finding

_LONGEST = 160


def report(
    name: str,
    manuscript: Manuscript,
    parts: Parts,
    draft: Draft,
    proof: Proof,
    errors: Sequence[Finding],
) -> str:
    """The whole report on the import of the file `name`."""
    return "\n".join(_lines(name, manuscript, parts, draft, proof, errors)) + "\n"


def verdict(proof: Proof) -> str:
    """The proof in a sentence."""
    counts = f"{proof.source} {proof.unit} trong tệp = {proof.result} trong kết quả + {proof.left_out} đã liệt kê"
    if proof.holds:
        return f"Trọn vẹn: {counts}; {proof.counted} số mục bằng nhau."
    return (
        f"CHƯA TRỌN VẸN: thiếu {sum(proof.missing.values())} {proof.unit}, thừa {sum(proof.added.values())}, "
        f"{len(proof.numbers)} số mục khác nhau."
    )


def _lines(
    name: str,
    manuscript: Manuscript,
    parts: Parts,
    draft: Draft,
    proof: Proof,
    errors: Sequence[Finding],
) -> Iterator[str]:
    yield f"Nhập {name} thành content/{draft.file}"
    yield ""
    yield verdict(proof)
    yield f"Cách đếm: {proof.road}."
    for title, words in (("Từ bị thiếu", proof.missing), ("Từ thừa ra", proof.added)):
        if words:
            yield f"{title}: {_counted(words)}"
    for signed, written in proof.numbers:
        yield f"Số mục: trong tệp `{signed or '(không có)'}`, trong kết quả `{written or '(không có)'}`"
    yield from _section("Việc còn phải làm", [*draft.open, *manuscript.remarks])
    yield from _section(
        "Lỗi mà check còn báo", [f"dòng {e.line}: {e.message} ({e.rule})" for e in errors]
    )
    yield from _section("Từ có thể đọc sai", manuscript.uncertain)
    if draft.units:
        yield ""
        yield "Thêm vào content/don-vi.yml nếu đúng là đơn vị mới:"
        yield from (f"  {line}" for line in draft.units)
    yield from _section("Đề xuất trong phần khai báo, lấy từ mục nào", list(_proposed(draft)))
    yield from _section("Vào phần khai báo", [f"{t.key}: {_short(t.text)}" for t in parts.taken])
    yield from _section(
        "Không đưa vào", [_left(out) for out in (*manuscript.left_out, *parts.left_out)]
    )


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{title}:"
        yield from (f"  - {line}" for line in lines)


def _proposed(draft: Draft) -> Iterator[str]:
    found = draft.proposals
    for event in found.events:
        yield f"mục {event.section or '(cả văn bản)'}: sự kiện “{_short(event.title)}”{_when(event.when)}"
    for deadline in found.deadlines:
        yield f"mục {deadline.section or '(cả văn bản)'}: thời hạn “{_short(deadline.what)}”{_when(deadline.when)}"
    for slogan in found.slogans:
        kind = slogan.kind or "khẩu hiệu"
        yield f"mục {slogan.section}: {kind} “{_short(slogan.text)}”{_when(slogan.when)}"


def _when(words: str) -> str:
    return f", {words}" if words else ", chưa rõ thời gian"


def _left(out: LeftOut) -> str:
    return f"“{_short(out.text)}”: {out.why}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"


def _counted(words: Counter[str]) -> str:
    named = [f"{word} ×{count}" if count > 1 else word for word, count in sorted(words.items())]
    more = f" … và {len(named) - 60} từ nữa" if len(named) > 60 else ""
    return ", ".join(named[:60]) + more
