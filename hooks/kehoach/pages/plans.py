"""Plans: the list by year, department and kind, and each plan as it was signed."""

from collections.abc import Iterable, Iterator

from kehoach.pages import parts, prose
from kehoach.pages.page import Page, View, by_year, link
from kehoach.pages.parts import Book
from kehoach.pages.timeline import timeline
from kehoach.records.body.rendering import Rendered
from kehoach.records.campaign import Reference
from kehoach.records.card import newest_first
from kehoach.records.kinds import about, is_letter
from kehoach.records.library import plan_file
from kehoach.records.period import document_date
from kehoach.records.plan import Plan, PlanStatus, Signer
from kehoach.records.relations import Citation
from kehoach.records.text import alphabetical

SECTION = "ke-hoach"
BESIDE = 4  # notes of one kind beside a section
CRUMB = ("Kế hoạch", "ke-hoach/")


def listing(book: Book) -> Iterator[Page]:
    plans = in_order(book.library.plans)
    yield _list(book, plans)
    for year, group in by_year(plans):
        yield _year(book, year, group)


def page(book: Book, plan: Plan) -> Page:
    """The page of `plan`; those beside it in the library's order stand at its foot."""
    plans = in_order(book.library.plans)
    place = next(index for index, other in enumerate(plans) if other is plan)
    newer = plans[place - 1] if place else None
    older = plans[place + 1] if place + 1 < len(plans) else None
    return _plan(book, plan, newer, older)


def in_order(plans: Iterable[Plan]) -> list[Plan]:
    """The newest first."""
    return sorted(plans, key=newest_first)


def _list(book: Book, plans: list[Plan]) -> Page:
    items = [parts.plan_item(book, plan) for plan in plans]
    view: View = {
        "title": "Kế hoạch",
        "lead": "Toàn văn các kế hoạch đã ban hành, kèm sự kiện, thời hạn và khẩu hiệu của từng kế hoạch.",
        "groups": [
            {"year": year, "plans": [parts.plan_item(book, p) for p in group]}
            for year, group in by_year(plans)
        ],
        "issuers": _choices(issuer["title"] for i in items for issuer in i["issuers"]),
        "kinds": _choices(i["kind"] for i in items),
        "years": [str(year) for year, _ in by_year(plans)],
        "total": len(plans),
    }
    return Page("ke-hoach/", "plans.html", "Kế hoạch", SECTION, view, view["lead"])


def _year(book: Book, year: int, plans: list[Plan]) -> Page:
    items = [parts.plan_item(book, plan) for plan in plans]
    title = f"Kế hoạch năm {year}"
    view: View = {
        "title": title,
        "lead": f"{len(plans)} kế hoạch trong thư mục năm {year}.",
        "groups": [{"year": year, "plans": items}],
        "issuers": _choices(issuer["title"] for i in items for issuer in i["issuers"]),
        "kinds": _choices(i["kind"] for i in items),
        "years": [],
        "total": len(plans),
    }
    return Page(
        f"ke-hoach/{year}/", "plans.html", title, SECTION, view, view["lead"], crumbs=(CRUMB,)
    )


def _choices(values: Iterator[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in sorted(set(values), key=alphabetical)]


def _plan(book: Book, plan: Plan, newer: Plan | None, older: Plan | None) -> Page:
    library = book.library
    rendered = prose.body(book, plan)
    campaign = library.campaign(plan.campaign)
    item = parts.plan_item(book, plan)
    events, deadlines = parts.events_of(book, plan.events), parts.deadlines_of(book, plan.deadlines)
    view: View = {
        **item,
        "letterhead": letterhead(book, plan),
        "facts": _facts(book, plan),
        "body": rendered.html,
        "annexes": rendered.annexes,
        "margin": _margin(rendered, events, deadlines),
        "contents": _contents(rendered),
        "signers": [_signature(signer) for signer in plan.signatures],
        "recipients": list(plan.recipients),
        "events": events,
        "deadlines": deadlines,
        "timeline": timeline([*plan.events, *plan.deadlines]),
        "slogans": [parts.slogan_item(book, slogan) for slogan in plan.slogans],
        "basis": [_reference(book, plan, r) for r in plan.basis],
        "campaign_page": link(campaign.title, campaign.address) if campaign else None,
        "jumps": _jumps(plan),
        "tally": parts.tally(plan.events),
        "changes": [
            {
                "day": c.when.date().isoformat(),
                "when": c.when.strftime("%d/%m/%Y"),
                "words": c.words,
            }
            for c in book.history.changes(plan.path)
        ],
        "notices": [*_status(plan), *_replaced(book, plan)],
        "relations": _relations(book, plan),
        "citation": citation(book, plan),
        "attachments": parts.files(plan, plan.attachments),
        "materials": [
            link(m.title, m.address)
            for m in library.materials
            if m.plan and plan_file(m.plan) == plan.file
        ],
        "newer": link(newer.title, newer.address) if newer else None,
        "older": link(older.title, older.address) if older else None,
        "calendar": f"{plan.address}index.ics",
        "json": f"{plan.address}index.json",
        "pdf": book.printed(f"{plan.address}{plan.slug}.pdf"),
        "word": book.printed(f"{plan.address}{plan.slug}.docx"),
    }
    crumbs = (CRUMB, (f"Năm {plan.year}", f"ke-hoach/{plan.year}/"))
    feeds = (
        ("Lịch của kế hoạch", view["calendar"], "text/calendar"),
        ("Dữ liệu JSON", view["json"], "application/json"),
    )
    return Page(
        plan.address,
        "plan.html",
        plan.title,
        SECTION,
        view,
        plan.summary or plan.title,
        subject=plan,
        feeds=feeds,
        crumbs=crumbs,
        indexed=plan.status is not PlanStatus.DRAFT,
    )


def _jumps(plan: Plan) -> list[View]:
    """From the head of the page to what the plan sets going: "8 sự kiện", "1 thời hạn"."""
    counts = (
        (len(plan.events), "sự kiện", "#su-kien"),
        (len(plan.deadlines), "thời hạn", "#thoi-han"),
        (len(plan.slogans), "khẩu hiệu, chủ đề", "#khau-hieu"),
        (len(plan.attachments), "tệp đính kèm", "#tep"),
    )
    return [{"count": count, "noun": noun, "address": at} for count, noun, at in counts if count]


def letterhead(book: Book, plan: Plan) -> View:
    """The head of the document (Decree 30/2020/NĐ-CP, Appendix I, part II), as signed."""
    library = book.library
    superior, names = library.units.heading(library.issuers(plan))
    letter = is_letter(plan.kind)
    dated = document_date(plan.date) if plan.place else ""
    return {
        "issuer": names,
        "parent": superior,
        "number": plan.number or "",
        "numbered": plan.is_numbered,
        "place_and_date": f"{plan.place}, {dated}" if plan.place and dated else "",
        "numbers": plan.numbers[1:],
        "about": about(plan.title) if letter else "",
        "kind": "" if letter else plan.kind.upper(),
        "title": plan.title,
    }


def _signature(signer: Signer) -> View:
    return {**signer.model_dump(), "authority": (signer.authority or "").split("\n")}


def citation(book: Book, plan: Plan) -> str:
    """The plan as other documents cite it: "Kế hoạch số 254/KH-SKHCN ngày 16 tháng 3 năm 2021 của …"."""
    name = " và ".join(book.library.issuer_names(plan))
    numbers = [number.replace(" ", "") for number in plan.numbers]
    numbered = f" số {', '.join(numbers)}" if plan.is_numbered else ""
    dated = " ".join(document_date(plan.date).split())
    return (
        f"{plan.kind}{numbered} {dated} của {name} về việc {plan.title[:1].lower()}{plan.title[1:]}"
    )


def _contents(rendered: Rendered) -> list[View]:
    """The table of contents: the two upper levels of headings, as a tree."""
    tree: list[View] = []
    for entry in rendered.toc:
        item = {
            "anchor": entry.anchor,
            "number": entry.number,
            "title": entry.title,
            "children": [],
        }
        if entry.level == 1 or not tree:
            tree.append(item)
        elif entry.level == 2:
            tree[-1]["children"].append(item)
    return tree


def _margin(rendered: Rendered, events: list[View], deadlines: list[View]) -> list[View]:
    """The notes beside the text, in its order; `beside` of each is the id of the place that it belongs to.

    Of many things in one section the first are shown and the others counted, so that the margin does not
    outgrow the sheet.
    """
    notes: list[View] = []
    for kind, items in (("event", events), ("deadline", deadlines)):
        groups: dict[str, list[View]] = {}
        for item in items:
            beside = item["section"]["address"].partition("#")[2] if item["section"] else ""
            groups.setdefault(beside, []).append(item)
        for beside, group in groups.items():
            shown = group if len(group) <= BESIDE else group[: BESIDE - 1]
            notes += [{"kind": kind, "beside": beside, "item": item} for item in shown]
            if more := len(group) - len(shown):
                notes.append({"kind": "more", "beside": beside, "count": more, "of": kind})
    for note in rendered.footnotes:
        number = note.id.removeprefix("fn-")
        notes.append(
            {
                "kind": "footnote",
                "beside": f"fnref-{number}",
                "number": number,
                "html": note.html.replace("<a ", '<a tabindex="-1" '),
            }
        )
    text = rendered.html + rendered.annexes
    places = {note["beside"]: text.find(f'id="{note["beside"]}"') for note in notes}
    standing = [note for note in notes if places[note["beside"]] >= 0]
    return sorted(standing, key=lambda note: places[note["beside"]])


def _facts(book: Book, plan: Plan) -> list[View]:
    """The facts that Decree 42/2022/NĐ-CP asks to be shown of a published document."""
    issuer = book.library.issuer(plan)
    facts = [
        ("Hình thức văn bản", link(plan.kind, "")),
        ("Cơ quan ban hành", parts.unit_link(issuer, "" if issuer else plan.issuer)),
        *(("Cơ quan cùng ban hành", parts.party(book, party.issuer, plan)) for party in plan.joint),
        ("Số, ký hiệu", link(_numbers(plan), "")),
        ("Ngày ban hành", link(plan.date.words, "")),
        ("Ngày có hiệu lực", link(plan.effective.words, "") if plan.effective else None),
        ("Trích yếu", link(plan.title, "")),
        (
            "Người ký",
            link("; ".join(s.name for s in plan.signatures), "") if plan.signatures else None,
        ),
        ("Tình trạng", link(plan.status.label, "")),
        ("Nguồn", link(plan.source, "") if plan.source else None),
    ]
    return [{"term": term, **value} for term, value in facts if value]


def _numbers(plan: Plan) -> str:
    if not plan.is_numbered:
        return "Chưa ghi số"
    return "; ".join(" ".join(number.split()) for number in plan.numbers)


def _reference(book: Book, plan: Plan, reference: Reference) -> View:
    day = reference.date.start if reference.date and reference.date.exact else None
    meant = book.library.cited(Citation(reference.number, day))
    return {
        "address": meant.address if meant and meant is not plan else "",
        "number": reference.number,
        "date": reference.date.words if reference.date else "",
        "issuer": reference.issuer or "",
        "title": reference.title or "",
    }


def _status(plan: Plan) -> Iterator[View]:
    """Notices about the document itself that a reader needs before reading on."""
    if plan.status is PlanStatus.WITHDRAWN:
        words = f"{_called(plan)} đã được thu hồi. {plan.reason or ''}".strip()
        yield {"kind": "withdrawn", "words": words, "links": []}
    if plan.status is PlanStatus.DRAFT:
        yield {"kind": "draft", "words": "Dự thảo, chưa ban hành.", "links": []}


def _replaced(book: Book, plan: Plan) -> Iterator[View]:
    """Notices about documents that came after this one."""
    successors = book.library.successors(plan)
    if successors or plan.status is PlanStatus.SUPERSEDED:
        words = f"{_called(plan)} đã được thay thế bởi"
        yield {"kind": "superseded", "words": words, "links": _links(successors)}
    amenders = book.library.amenders(plan)
    if amenders:
        words = f"{_called(plan)} đã được sửa đổi, bổ sung bởi"
        yield {"kind": "amended", "words": words, "links": _links(amenders)}
    elif plan.status is PlanStatus.AMENDED:
        words = f"{_called(plan)} đã được sửa đổi; xem lịch sử thay đổi ở cuối trang."
        yield {"kind": "amended", "words": words, "links": []}


def _called(plan: Plan) -> str:
    return f"{plan.kind} này"


def _relations(book: Book, plan: Plan) -> list[View]:
    """The documents that this one amends and replaces, or is amended and replaced by."""
    library = book.library
    elsewhere = library.elsewhere(plan)
    found = {
        "Sửa đổi, bổ sung": (library.amended(plan), elsewhere["amends"]),
        "Được sửa đổi, bổ sung bởi": (library.amenders(plan), elsewhere["amended_by"]),
        "Thay thế": (library.predecessors(plan), elsewhere["supersedes"]),
        "Được thay thế bởi": (library.successors(plan), elsewhere["superseded_by"]),
    }
    told = []
    for term, (others, names) in found.items():
        if items := [*_links(others), *(link(name, "") for name in names)]:
            told.append({"term": term, "links": items})
    return told


def _links(plans: Iterable[Plan]) -> list[View]:
    return [link(parts.plan_label(plan), plan.address) for plan in plans]
