"""Search as readers meet it: typed in every way, by keyboard, by thumb, without a network."""

import re
import unicodedata
from collections import defaultdict
from itertools import count
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from content.sources import PLANS
from kehoach import search
from kehoach.building.shelf import read_library
from kehoach.records.addresses import address_of
from kehoach.search.documents import PLAN, Entry, Passage, entries
from kehoach.search.shards import shard
from kehoach.search.words import words

pytestmark = pytest.mark.browser

QUERIES = Path(__file__).parents[1] / "search" / "queries.yml"
LABELLED = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))["queries"]
KINDS = sorted({query["kind"] for query in LABELLED})
ADDRESSES = {Path(name).stem: address_of(file) for name, file in PLANS.items()}


@pytest.fixture(scope="module")
def texts(root):
    """The text behind each address that a result can open."""
    return {
        f"{entry.address}#{passage.anchor}": passage.text
        for entry in entries(read_library(root / "content"))
        for passage in entry.passages
    }


def settled(page):
    page.wait_for_selector('[data-search-results][aria-busy="false"]', state="attached")


def ask(page, text):
    """Type `text` over what stands in the field of the search page; wait for the answer."""
    page.locator("#tim").fill("")
    page.locator("#tim").press_sequentially(text)
    settled(page)


def until(page, condition):
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(200)
    pytest.fail(f"never: {condition}")


def opened(page, server):
    """What each result opens: its address with the section, less what is marked there."""
    links = page.locator(".result h2 a").evaluate_all("links => links.map(a => a.href)")
    return [re.sub(r"\?[^#]*", "", link.removeprefix(server)) for link in links]


def holds(text, phrase):
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(text))} "


@pytest.mark.parametrize("kind", KINDS)
def test_every_way_of_typing_opens_the_right_section_first(page, server, texts, kind):
    page.goto(server + "tim-kiem/")
    for query in LABELLED:
        if query["kind"] != kind:
            continue
        ask(page, unicodedata.normalize("NFD" if query.get("nfd") else "NFC", query["q"]))
        found = opened(page, server)
        if not query["expect"]:
            assert found == []
            continue
        address, anchor = (found[0] + "#").split("#")[:2]
        assert address in [ADDRESSES[name] for name in query["expect"]], query["q"]
        assert any(holds(texts[f"{address}#{anchor}"], p) for p in query["anchor"]), query["q"]


def test_one_description_of_the_search_for_the_browser_and_no_other_index(page, server, site):
    page.goto(server)
    address = page.locator("link[rel=search]").get_attribute("href")
    described = [
        file.name for file in site.rglob("*.xml") if b"opensearch/1.1" in file.read_bytes()
    ]
    assert described == ["opensearch.xml"]
    assert address.endswith("/opensearch.xml")
    names = {file.name for file in site.rglob("*")}
    assert not [name for name in names if "lunr" in name or name.startswith("search_index")]


def test_nothing_is_fetched_before_the_first_key(page, server):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(server)))
    page.goto(server, wait_until="networkidle")
    page.locator("#q").focus()
    assert [url for url in fetched if "/js/search/" in url or url.startswith("tim-kiem/")] == []
    page.keyboard.type("sá")
    page.wait_for_selector("[role=option]")
    assert any(url.startswith("tim-kiem/chi-muc/") for url in fetched)
    assert not any("lunr" in url or "search_index" in url for url in fetched)


def test_the_box_is_a_combobox_for_the_keyboard_alone(page, server):
    page.goto(server + "lich/")
    page.keyboard.press("/")
    field = page.locator("#q")
    expect(field).to_be_focused()
    page.keyboard.type("b")
    expect(page.locator("[role=option]")).to_have_count(0)
    page.keyboard.type("ang ron")
    expect(field).to_have_attribute("role", "combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = page.locator("[role=option][aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", active.get_attribute("id"))
    assert (
        page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    )
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("bang ron")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ke-hoach/2024/ngay-khcn-thanh-hoa/#ii-2-6")
    mark = page.locator("#ii-2-6 mark, #ii-2-6 ~ * mark").first
    expect(mark).to_have_text("băng rôn")
    expect(mark).to_be_in_viewport()


def test_enter_without_a_choice_leads_to_all_results(page, server):
    page.goto(server)
    page.locator("#q").press_sequentially("bang ron")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=bang+ron")
    settled(page)
    assert page.locator(".result").count() > 2
    assert "băng rôn" in page.locator(".result").first.locator("mark").first.inner_text()


def test_filters_and_order_stand_in_the_address(page, server):
    page.goto(server + "tim-kiem/")
    ask(page, "hội thảo")
    every = page.locator(".result").count()
    page.select_option("#loc-loai", "Sự kiện")
    settled(page)
    page.select_option("#loc-nam", "2022")
    settled(page)
    found = opened(page, server)
    assert 0 < len(found) < every
    assert all(address.startswith("su-kien/2022/") for address in found)
    page.select_option("#loc-xep", "ngay")
    page.fill("#loc-den", "2022-06-30")
    page.locator("#loc-den").dispatch_event("change")
    settled(page)
    shared = page.url
    assert shared.endswith(
        "q=h%E1%BB%99i+th%E1%BA%A3o&loai=S%E1%BB%B1+ki%E1%BB%87n&nam=2022&den=2022-06-30&xep=ngay"
    )
    early = opened(page, server)
    assert set(early) < set(found)
    page.goto("about:blank")
    page.goto(shared)
    settled(page)
    assert opened(page, server) == early
    assert page.input_value("#loc-loai") == "Sự kiện"
    page.click("[data-search-filters] [type=reset]")
    page.wait_for_url("**/tim-kiem/?q=h%E1%BB%99i+th%E1%BA%A3o")
    settled(page)
    page.go_back()
    settled(page)
    assert opened(page, server) == early


def test_what_fits_less_says_so(page, server):
    page.goto(server + "tim-kiem/")
    fits = {
        "băng rôn": "khớp nguyên cụm",
        "bằng ron": "khớp nguyên cụm, khác dấu",
        "cong nge sinh hoc": "gần đúng",
    }
    for query, words_ in fits.items():
        ask(page, query)
        expect(page.locator(".result .badge").first).to_have_text(words_)
    ask(page, "hành chính cải cách tọa đàm")
    expect(page.locator(".result .badge").first).to_have_text("khớp từng từ")
    ask(page, "cải cách xyzqwk")
    expect(page.locator("[data-search-status]")).to_contain_text("Không có trang nào chứa “xyzqwk”")
    expect(page.locator("[data-search-years] a").first).to_be_visible()
    ask(page, "cải cách")
    expect(page.locator("[data-search-years]")).to_be_hidden()


def indexed(page, texts):
    """Have `page` search plans of one section each, `texts` by title, instead of the site's."""
    found = [
        Entry(PLAN, f"ke-hoach/{at}/", title, "", 2022, (Passage("", "", text),))
        for at, (title, text) in enumerate(texts.items())
    ]
    bundle = shard(found)
    made = search.files([search.Shard.of(2022, "", bundle)], {}, lambda _: bundle)
    index = {file.address: file.make() for file in made}

    def give(route):
        route.fulfill(body=index[f"{search.FOLDER}/{route.request.url.partition('/chi-muc/')[2]}"])

    page.route("**/tim-kiem/chi-muc/**", give)


def fitting(page):
    results = page.locator(".result").all()
    return [(r.locator("h2").inner_text(), r.locator(".badge").inner_text()) for r in results]


def test_a_phrase_stands_in_a_row_not_in_pairs(page, server):
    apart = "Phòng Quản lý cơ sở chủ trì cùng Văn phòng Sở."
    near = "Phòng Quản lý cơ sở chủ trì cùng Văn phòng Sở chuẩn bị."
    rows = {f"Rời {at}": near if at % 2 else apart for at in range(14)}
    indexed(page, rows | {"Liền": f"{'Kinh phí. ' * 40}Văn phòng Sở chủ trì."})
    page.goto(server + "tim-kiem/")
    ask(page, "Văn phòng Sở chủ")
    assert fitting(page)[:2] == [
        ("Liền", "khớp nguyên cụm"),
        ("Rời 1", "khớp chữ đang gõ"),
    ]
    ask(page, "Văn phòng Sở chủ tri")
    assert [title for title, fit in fitting(page) if fit == "khớp nguyên cụm"] == ["Liền"]


def test_a_month_is_a_month_in_any_writing(page, server):
    indexed(
        page,
        {
            "Số": "Từ ngày 06/10/2025, 25 người",
            "Chữ": "Cuối tháng 10 năm 2025",
            "Không": "10 người, tháng 9 năm 2025, mục 11",
        },
    )
    page.goto(server + "tim-kiem/")
    for typed in ("tháng 10", "thang 10/2025", "tháng 10 năm 2025", "10-2025"):
        ask(page, typed)
        whole = [title for title, fit in fitting(page) if fit == "khớp nguyên cụm"]
        assert sorted(whole) == ["Chữ", "Số"], typed
        assert page.locator(".result").nth(1).locator("mark").count() == 1
    ask(page, "tháng 10 năm")
    assert fitting(page)[0] == ("Chữ", "khớp nguyên cụm")


def test_a_phone_shows_results_and_never_scrolls_sideways(page, server):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(server + "tim-kiem/")
    ask(page, "254/KH-SKHCN")
    assert opened(page, server)[0].startswith(
        "ke-hoach/2021/hoi-nghi-nong-thon-mien-nui-quang-ngai/"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.goto(server)
    page.keyboard.press("/")
    page.keyboard.type("sang kien")
    page.wait_for_selector("[role=option]")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box = page.locator("[role=option]").first.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_an_input_method_composes_and_its_keys_are_its_own(page, server):
    page.goto(server + "lich/")
    page.locator("#q").focus()
    device = page.context.new_cdp_session(page)
    for text in ("b", "ba", "bă", "băn", "băng"):
        at = len(text)
        device.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": at, "selectionEnd": at}
        )
    page.wait_for_selector("[role=option]")
    composing = "{key: 'ArrowDown', isComposing: true, bubbles: true}"
    page.locator("#q").evaluate(f"q => q.dispatchEvent(new KeyboardEvent('keydown', {composing}))")
    assert page.locator("[role=option][aria-selected=true]").count() == 0
    device.send("Input.insertText", {"text": "băng rôn"})
    expect(page.locator("[role=option]").first).to_contain_text("băng rôn")
    assert page.input_value("#q") == "băng rôn"


def test_after_the_first_search_it_works_without_a_network(browser, server, assets):
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(server + "tim-kiem/?q=bang+ron")
    settled(page)
    context.set_offline(True)
    ask(page, "công nghệ sinh học")
    assert page.locator(".result mark").first.inner_text() == "công nghệ sinh học"
    ask(page, "cong nge sinh hoc")
    assert page.locator(".result .badge").first.inner_text() == "gần đúng"
    context.set_offline(False)
    # What is stored last, once the page has been quiet for a while.
    until(page, f"caches.match('../{assets}/js/search/box.js').then(Boolean)")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    context.set_offline(True)
    page.goto(server + "tim-kiem/?q=sang+kien")
    settled(page)
    assert page.locator(".result").count() > 0
    context.close()


HOSTILE = [
    "a" * 10_000,
    "bang ron " * 1_200,
    "\"'“”()[]{}+-*/\\|&^~:!?",
    "AND OR NOT NEAR",
    "😀🎉👩‍👩‍👧‍👦",
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "__proto__",
    "constructor toString hasOwnProperty",
    "%00%ff&q=1#x",
    "\u202e\u200b\ufeff",
    "0/0/0000",
    "ử" * 3_000,
]


@pytest.mark.parametrize("query", HOSTILE, ids=count())
def test_hostile_queries_find_nothing_to_run(page, server, query):
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(server + "tim-kiem/")
    page.fill("#tim", query)
    settled(page)
    page.fill("#q", query)
    page.wait_for_timeout(300)
    assert page.locator("#noi-dung img, #noi-dung script, .suggestions-panel img").count() == 0
    assert page.title().startswith("Tìm kiếm")


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("index.json", {"status": 404}),
        ("index.json", {"body": "{"}),
        ("index.json", {"body": "null"}),
        ("index.json", {"body": '{"kinds": [], "shards": [{}]}'}),
        ("*/all.bin", {"status": 500}),
        ("*/all.bin", {"body": "kehoach"}),
        ("*/all.bin", {"body": b'{"meta": 4}\n\x1f\x8b\x00\x00'}),
    ],
    ids=count(),
)
def test_a_missing_or_damaged_index_is_said_and_plans_are_listed_by_year(
    browser, server, file, fault
):
    context = browser.new_context()
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(f"**/chi-muc/{file}", lambda route: route.fulfill(**fault))
    page.goto(server + "tim-kiem/")
    ask(page, "bang ron")
    expect(page.locator("[data-search-status]")).to_contain_text(
        "Chỉ mục tìm kiếm" if "status" not in fault or fault["status"] == 404 else "Không tải được"
    )
    expect(page.locator("[data-search-years] a").first).to_be_visible()
    page.unroute(f"**/chi-muc/{file}")
    page.click("text=Thử lại")
    page.wait_for_selector(".result")
    assert errors == []
    context.close()


def test_a_network_that_fails_for_a_moment_is_tried_again(browser, server):
    context = browser.new_context()
    page = context.new_page()
    tries = defaultdict(int)

    def flaky(route):
        tries[route.request.url] += 1
        route.abort() if tries[route.request.url] == 1 else route.continue_()

    page.route("**/chi-muc/**", flaky)
    page.goto(server + "tim-kiem/?q=bang+ron")
    page.wait_for_selector(".result")
    assert set(tries.values()) == {2}
    context.close()


@pytest.mark.parametrize(
    ("address", "field", "status", "found"),
    [
        ("tim-kiem/", "#tim", "[data-search-status]", ".result"),
        ("lich/", "#q", ".suggestions__status", "[role=option]"),
    ],
)
def test_a_slow_network_is_said_while_it_lasts(page, server, address, field, status, found):
    held = []
    page.route("**/chi-muc/index.json", lambda route: held.append(route))
    page.goto(server + address)
    page.locator(field).press_sequentially("bang ron")
    expect(page.locator(status)).to_have_text("Đang tìm …")
    for route in held:
        route.continue_()
    page.wait_for_selector(found)
    expect(page.locator(status)).to_contain_text("kết quả")


def test_the_last_searches_stay_on_the_device_and_can_be_forgotten(page, server):
    sent = []
    page.goto(server + "tim-kiem/")
    page.on("request", lambda request: sent.append(request.url))
    ask(page, "khẩu hiệu")
    page.keyboard.press("Enter")
    settled(page)
    page.locator(".result a").first.click()
    page.wait_for_load_state()
    assert not any("kh%E1%BA%A9u" in url and "tim=" not in url for url in sent)
    assert page.context.cookies() == []
    page.goto(server)
    page.locator("#q").press("ArrowDown")
    expect(page.locator("[role=option]").first).to_have_text("khẩu hiệu")
    page.goto(server + "tim-kiem/")
    page.locator("#tim").press("ArrowDown")
    expect(page.locator("[data-search-recent] a")).to_have_text(["khẩu hiệu"])
    page.click("[data-search-recent] button")
    assert page.evaluate("localStorage.searches") == "[]"


def test_search_holds_under_a_strict_policy(browser, server):
    context = browser.new_context()
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    own = ("script", "style", "font", "connect", "worker")
    policy = "default-src 'none'; img-src 'self' data:; form-action 'self'; " + "; ".join(
        f"{kind}-src 'self'" for kind in own
    )

    def strict(route):
        answer = route.fetch()
        route.fulfill(
            response=answer, headers={**answer.headers, "content-security-policy": policy}
        )

    page.route(f"{server}tim-kiem/**", strict)
    page.goto(server + "tim-kiem/?q=dmst")
    page.wait_for_selector(".result")
    assert complaints == []
    context.close()


def test_without_javascript_there_are_a_message_and_the_years(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "tim-kiem/?q=bang+ron")
    expect(page.get_by_text("Tìm kiếm cần JavaScript")).to_be_visible()
    expect(page.locator("[data-search-years] a").first).to_be_visible()
    context.close()


def test_browser_and_build_split_words_alike(page, server, assets, texts):
    page.goto(server)
    together = "\n".join(texts.values())
    split = """async ([text, module]) => {
      const { words } = await import(module);
      return words(text).map(({ word, key }) => [word, key]);
    }"""
    found = page.evaluate(split, [together, f"{server}{assets}/js/search/text.js"])
    from kehoach.search.words import key

    assert found == [[word, key(word)] for word in words(together)]
