"""The records cut by year: whole, small, and unchanged where nothing changed."""

import json

from feeds.department import BODY, HEAD, SITE, lay
from kehoach import feeds
from kehoach.feeds import yearly
from kehoach.history import Commit, History, Revision
from kehoach.releasing.manifest import is_lent
from whole import records_of


def files(library, history=None, year=2024):
    """The year's files by their addresses, its index last."""
    made = records_of(year, library, SITE, history or History())
    return {feed.address: json.loads(feed.content) for feed in made}


def records(library, history=None):
    found = [r for data in files(library, history).values() for r in data.get("records", ())]
    return {(record["type"], record["id"]): record for record in found}


def test_every_record_is_there_with_its_address_and_its_text(library):
    found = records(library)
    assert [kind for kind, _ in found] == [
        "campaign",
        "plan",
        *["event"] * 5,
        *["slogan"] * 2,
        "material",
    ]
    plan = found["plan", "ke-hoach/2024/ngay-khcn"]
    assert plan["url"] == "https://kehoach.example.vn/ke-hoach/2024/ngay-khcn/"
    assert "Tọa đàm, hội thảo." in plan["text"]
    assert set(plan["events"]) == {id for kind, id in found if kind == "event"}
    assert "Nội dung." in found["material", "truyen-thong/2024/thong-cao"]["text"]
    assert {record["modified"] for record in found.values()} == {None}


def test_each_tells_when_it_changed(library):
    when = SITE.clock
    path = library.plans[0].path
    history = History(
        {path: (Commit("a" * 40, when),)},
        {},
        {path: {("su-kien", "2024", "toa-dam"): Revision(2, when)}},
    )
    found = records(library, history)
    assert found["plan", "ke-hoach/2024/ngay-khcn"]["modified"] == when.isoformat()
    assert found["event", "su-kien/2024/toa-dam"]["modified"] == when.isoformat()
    assert found["event", "su-kien/2024/hoi-thao"]["modified"] is None


def test_the_index_leads_to_each_file_and_says_what_it_holds(library):
    made = list(records_of(2024, library, SITE, History()))
    told = json.loads(made[-1].content)["files"]
    assert made[-1].address == "api/v1/2024/index.json"
    assert told == [
        {
            "url": SITE.absolute(feed.address),
            "records": len(json.loads(feed.content)["records"]),
            "bytes": len(feed.content),
        }
        for feed in made[:-1]
    ]
    years = json.loads(feeds.years([2025, 2024], SITE).content)["years"]
    assert years == [
        {"year": 2024, "url": "https://kehoach.example.vn/api/v1/2024/index.json"},
        {"year": 2025, "url": "https://kehoach.example.vn/api/v1/2025/index.json"},
    ]


def test_a_year_of_500_plans_is_cut_small_and_one_edit_changes_one_file(tmp_path):
    events = "events:\n" + "".join(
        f"  - {{id: e-NUMBER-{n}, title: Hội thảo về chuyển đổi số lần {n}, when: ngày {n + 10}/5/2024}}\n"
        for n in range(8)
    )
    body = BODY + "\n" + "Tuyên truyền về Ngày Khoa học và Công nghệ Việt Nam. " * 90 + "\n"
    texts = {
        f"ke-hoach/2024/k{number:03}.md": HEAD.replace("254 /", f"{number} /")
        + events.replace("NUMBER", str(number))
        + body
        for number in range(500)
    }
    library = lay(tmp_path, texts)
    made = list(records_of(2024, library, SITE, History()))
    assert sum(len(json.loads(f.content).get("records", ())) for f in made) > 500 * 9
    assert max(len(feed.content) for feed in made) < 300_000
    addresses = [feed.address for feed in made[:-1]]
    assert all(map(is_lent, addresses))
    assert not is_lent(made[-1].address)
    name = "ke-hoach/2024/k250.md"

    def new(edited):
        again = {feed.address for feed in records_of(2024, lay(tmp_path, edited), SITE, History())}
        return len(again - set(addresses) - {"api/v1/2024/index.json"})

    assert new(texts | {name: texts[name].replace("Tọa đàm, hội", "Tọa đàm, đối")}) == 1
    assert new(texts | {name: texts[name] + "Tuyên truyền. " * 3_000}) < 5
    assert new(texts | {"ke-hoach/2024/k250-b.md": texts[name].replace("e-250-", "e-b-")}) < 5


def test_where_a_year_is_cut_depends_on_names_nearby_alone():
    names = [f"ke-hoach/2024/k{number:03}.md" for number in range(500)]
    whole = yearly.runs(names)
    assert [name for run in whole for name in run] == names
    assert {len(run) >= 8 for run in whole[:-1]} == {True}
    assert len(whole) > 20
    for number in (0, 7, 250, 499):
        others = yearly.runs(names[:number] + names[number + 1 :])
        assert len([run for run in others if run not in whole]) < 5
    assert yearly.runs([]) == []
