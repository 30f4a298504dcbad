"""What a part of the site may look at: what it has declared, and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

import pytest

from kehoach import feeds, pages, rules, search
from kehoach.building import assembling, crew
from kehoach.building.assembling import Assembly, Desk, Part
from kehoach.building.frame import ByHand
from kehoach.building.layout import FIELDS, Layout, token
from kehoach.building.making import Making
from kehoach.building.memory import Memory
from kehoach.building.problem import UndeclaredRead
from kehoach.building.project import Project
from kehoach.building.reads import Printed, Reads, States
from kehoach.building.shelf import MODELS, Shelf
from kehoach.building.traces import Trace, Traces
from kehoach.building.tree import Folder
from kehoach.feeds import sitemap, yearly
from kehoach.pages import calendars
from kehoach.pages.page import Page, Templates
from kehoach.pages.parts import Book
from kehoach.prints import catalogue
from kehoach.records.document import Guide
from kehoach.records.library import Library
from kehoach.site import TIMEZONE, Site

SITE = Site("Sở", "https://so.vn/", "", datetime(2024, 6, 1, tzinfo=TIMEZONE))
PLAN = "ke-hoach/2022/ngay-khcn-quang-ngai.md"
LISTS = dict(zip(MODELS, ("plans", "campaigns", "materials", "guides"), strict=True))
PRINTED = ("the.png", "ke-hoach/2022/ngay-khcn-quang-ngai/the.png", "don-vi/x/the.png")


def opened(root: Path, site: Site = SITE) -> Project:
    shelf = Shelf(root / "content", Memory(None, ""), Traces(None, ""))
    shelf.scan(0)
    return Project(root, shelf, site)


@pytest.fixture(scope="module")
def assembly(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    layout = Layout.render(lambda **_: "\n".join(map(token, FIELDS)), "")
    folder = tmp_path_factory.mktemp("site")
    frame = ByHand(Templates(root / "theme/pages"), "assets/", lambda section: layout, folder)
    return Assembly(opened(root), frame, folder, printed=Printed(PRINTED))


def parts(assembly: Assembly) -> list[Part]:
    """Every part of the site."""
    return [
        *assembly.printing(),
        *chain.from_iterable(
            [one] if isinstance(one, Part) else one.parts() for one in assembly.parts()
        ),
        *assembly.indexes(defaultdict(lambda: Trace("", b"")), lambda group: []),
        *assembly.closing(list),
        assembly.statics(()),
        assembly.public(),
        assembly.moved(list, {}),
    ]


def kinds(assembly: Assembly) -> dict[str, Part]:
    """One part of each kind: "plan", "events", "feeds data", …"""
    return {
        part.name.rpartition(" ")[0] or part.name
        if part.name.endswith((".md", *map(str, range(10))))
        else part.name: part
        for part in parts(assembly)
    }


Look = Callable[[Desk], object]


def forbidden(reads: Reads, shelf: Shelf) -> Iterable[tuple[str, Look]]:
    """A look at something of each sort that `reads` does not declare, where there is such a thing."""
    seen = {file for files in reads.lists.values() for file in files} | {*reads.also}
    files = [file for file in shelf.files if file.endswith(".md")]
    for model in MODELS:
        if model not in reads.lists:
            name = LISTS[model]
            yield f"list {name}", lambda desk, name=name: getattr(desk.library, name)
    for file in [file for file in files if file not in seen][:1]:
        yield "head", lambda desk, file=file: desk.library.document(f"content/{file}")
    for file in [file for file in files if file not in reads.texts][:1]:
        yield "text", lambda desk, file=file: shelf.opened(file).record.body
    for file in [file for file in files if file not in reads.history][:1]:
        yield "history", lambda desk, file=file: desk.history.updated(f"content/{file}")
    if not reads.addresses:
        yield "addresses", lambda desk: desk.library.addresses
    if not reads.clock:
        yield "clock", lambda desk: desk.site.clock
    if "bi-mat" not in reads.prints:
        yield "prints", lambda desk: "bi-mat/x/the.png" in desk.book.prints
    if not reads.given:
        yield "given", lambda desk: desk.is_given("robots.txt")
    yield "template", lambda desk: desk.artefact(Page("a/", "removed-too.html", "A", "", {}))
    template = next(iter(reads.templates), None)
    if template:
        yield "layout", lambda desk: desk.artefact(Page("a/", template, "A", "bi-mat", {}))


def test_every_kind_of_part_is_refused_what_it_has_not_declared(assembly):
    shelf, refused = assembly.project.shelf, {}
    for name, part in kinds(assembly).items():
        desk = assembly.desk(part.reads)
        for what, look in forbidden(part.reads, shelf):
            with desk.open(), pytest.raises(UndeclaredRead):
                look(desk)
            refused.setdefault(name, []).append(what)
    assert refused.keys() >= {
        *("home", "plans", "events", "calendars", "campaigns", "slogans", "units", "materials"),
        *("guides", "plan", "feeds calendars", "feeds news", "feeds data", "feeds description"),
        *("search", "print", "prints", "statics", "public", "photographs", "sitemap", "about"),
        *("moved", "api", "records"),
    }
    assert refused["plan"] == [
        "list guides", "head", "text", "history", "addresses", "prints", "given", "template",
        "layout",
    ]  # fmt: skip


def test_items_that_lists_share_are_made_of_no_more_than_all_may_see(assembly):
    (part,) = (part for part in parts(assembly) if part.name == "home")
    bare = assembly.desk(part.reads).book.bare
    for look in (
        lambda: bare.library.plans,
        lambda: bare.site.clock,
        lambda: bare.history.changes(f"content/{PLAN}"),
        lambda: bare.printed("the.png"),
    ):
        with pytest.raises(UndeclaredRead):
            look()


def planted(listing: Callable, look: Callable) -> Callable:
    """The pages of `listing`, each made after a `look` at the book."""

    def listed(book):
        look(book)
        yield from listing(book)

    return listed


def at_prints(room: str, book: Book, *more: object, **named: object) -> bool:
    return book.printed("bi-mat/x.png") != ""


def at_guides(*given: object) -> list[Guide]:
    return next(one for one in given if isinstance(one, Library)).guides


def at_clock(*given: object) -> datetime:
    return next(one for one in given if isinstance(one, Site)).clock


# Each kind of part, and what makes it: where a look is planted at what the part has not declared.
PLANTED = [
    *((room, (pages, "listing"), at_prints) for room in pages.ROOMS),
    *((f"{room} 2024", (pages, "of_year"), at_prints) for room in ("events", "slogans", "units")),
    ("calendars 2024", (pages, "of_year"), at_prints),
    (f"plan {PLAN}", (assembling, "plan_page"), partial(at_prints, "")),
    (f"plan {PLAN}", (feeds, "own"), at_guides),
    *((f"feeds {kind}", (feeds, "shared"), at_guides) for kind in feeds.KINDS),
    ("api", (feeds, "years"), at_clock),
    ("records chu-de/2024.md", (yearly, "of_run"), at_guides),
    ("api 2024", (yearly, "index_of"), at_clock),
    (f"print {PLAN}", (catalogue, "own"), at_clock),
    ("prints", (catalogue, "shared"), at_guides),
    ("sitemap", (sitemap, "feeds"), at_clock),
]


@pytest.mark.parametrize(("name", "maker", "look"), PLANTED)
def test_a_read_planted_in_any_kind_of_part_fails_at_once(assembly, monkeypatch, name, maker, look):
    module, function = maker
    make = getattr(module, function)

    def curious(*given, **more):
        look(*given, **more)
        return make(*given, **more)

    monkeypatch.setattr(module, function, curious)
    (part,) = (part for part in parts(assembly) if part.name == name)
    desk = assembly.desk(part.reads)
    with desk.open(), pytest.raises(UndeclaredRead):
        list(part.make(desk))


def test_a_read_planted_in_the_index_fails_at_once(root, assembly, monkeypatch):
    make = search.of_year
    monkeypatch.setattr(search, "of_year", lambda *given: at_guides(*given) or make(*given))
    monkeypatch.setattr(crew, "CORES", 1)
    with pytest.raises(UndeclaredRead):
        list(replace(assembly, project=opened(root)).parts())


@pytest.mark.parametrize(
    "look",
    [
        lambda book: book.library.materials,
        lambda book: [plan.body for plan in book.library.plans],
        lambda book: [book.history.changes(plan.path) for plan in book.library.plans],
        lambda book: book.printed("don-vi/x/the.png"),
        lambda book: book.library.addresses,
    ],
)
def test_a_room_that_looks_at_more_than_it_says_ends_the_build(assembly, monkeypatch, look):
    monkeypatch.setattr(crew, "CORES", 1)
    monkeypatch.setattr(calendars, "listing", planted(calendars.listing, look))
    folder = Folder(assembly.folder)
    with pytest.raises(UndeclaredRead):
        Making(replace(assembly, with_prints=False, with_search=False), folder).make()


def test_a_rule_that_looks_at_more_than_it_may_ends_the_check(root, monkeypatch):
    assert opened(root).errors == []
    rule = rules.all_rules()["heading-jump"]
    curious = replace(rule, check=lambda document, library: library.materials, needs=("library",))
    monkeypatch.setattr(rules, "all_rules", lambda: {"heading-jump": curious})
    with pytest.raises(UndeclaredRead, match="documents in truyen-thong"):
        _ = opened(root).findings


def key(root: Path, reads: Reads, site: Site = SITE) -> str:
    return States(opened(root, site), printed=Printed(PRINTED)).key(reads)


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        ("\nMột câu.\n", {"text"}),
        ("title", {"head", "text", "list"}),
    ],
)
def test_a_key_changes_with_what_is_declared_and_with_nothing_else(checkout, edit, changed):
    declared = {
        "head": Reads(also=(PLAN,)),
        "text": Reads(texts=(PLAN,)),
        "list": Reads(lists={MODELS[0]: (PLAN,)}),
        "other": Reads(also=("ke-hoach/2024/ngay-khcn-thanh-hoa.md",), addresses=True),
        "nothing": Reads(),
    }
    before = {name: key(checkout, reads) for name, reads in declared.items()}
    plan = checkout / "content" / PLAN
    text = plan.read_text("utf-8")
    new = text.replace("\ntitle: ", "\ntitle: Bản ") if edit == "title" else text + edit
    plan.write_text(new, "utf-8")
    after = {name: key(checkout, reads) for name, reads in declared.items()}
    assert {name for name in declared if before[name] != after[name]} == changed


def test_the_clock_is_in_the_keys_of_who_asks_for_it(root):
    later = replace(SITE, clock=datetime(2024, 6, 2, tzinfo=TIMEZONE))
    assert key(root, Reads()) == key(root, Reads(), later)
    assert key(root, Reads(clock=True)) != key(root, Reads(clock=True), later)


def test_what_is_printed_counts_in_its_folder_and_below():
    printed = Printed(PRINTED)
    more = Printed((*PRINTED, "ke-hoach/2022/ngay-khcn-quang-ngai/x.pdf", "ke-hoach-khac.pdf"))
    assert printed.state("ke-hoach") != more.state("ke-hoach")
    assert printed.state("ke-hoach/2022") != more.state("ke-hoach/2022")
    assert printed.state("ke-hoach/2021") == more.state("ke-hoach/2021")
    assert printed.state("don-vi") == more.state("don-vi")
    assert printed.state("") != more.state("")
