"""Units written by their ids are shown to readers as if they had been written by name."""

from feeds.department import PLAN, SITE, WHOLE, lay
from kehoach import pages, search
from kehoach.history import History
from kehoach.pages import plans
from kehoach.pages.page import Templates
from kehoach.pages.parts import Book
from kehoach.prints import invitations
from kehoach.records.library import Library
from whole import all_feeds

IDS = {
    "lead: Văn phòng Sở": "lead: van-phong",
    "lead: Phòng QLKH": "lead: phong-qlkh",
    "lead: Sở Khoa học và Công nghệ": "lead: so-khcn",
    "partners: Các phòng thuộc Sở": "partners: [cac-phong]",
    "who: Các phòng thuộc Sở": "who: cac-phong",
    "who: Phòng QLKH": "who: phong-qlkh",
    "to: Văn phòng Sở": "to: van-phong",
}


def test_ids_make_the_same_site_as_names(tmp_path, root):
    by_id = WHOLE
    for name, identifier in IDS.items():
        assert name in by_id
        by_id = by_id.replace(name, identifier)
    written, shown = lay(tmp_path / "names"), lay(tmp_path / "ids", {PLAN: by_id})
    assert shown.events[0].lead == ("van-phong",)
    names, ids = made(written, root), made(shown, root)
    assert len(names) > 60
    for name, content in names.items():
        assert ids[name] == content, name
    assert "Chủ trì: Văn phòng Sở" in ids["su-kien/2024/toa-dam/index.ics"].decode()


def made(library: Library, root) -> dict[str, object]:
    """All that readers get to see, by what it is."""
    book = Book(library, SITE, History())
    shown = [page for room in pages.ROOMS for page in pages.listing(room, book)]
    shown += [p for kind in ("events", "slogans") for p in pages.of_year(kind, book, 2024)]
    shown += pages.of_year("calendars", book, 2024, years=[2024])
    shown += [plans.page(book, plan) for plan in library.plans]
    templates = Templates(root / "theme" / "pages")
    found: dict[str, object] = {page.path: templates.render(page, page.root) for page in shown}
    found |= {feed.address: feed.content for feed in all_feeds(library, SITE, History())}
    found |= {f"search {entry.address}": entry for entry in search.entries(library)}
    found |= {e.page: invitations.data(e, library, SITE) for e in library.events}
    return found
