"""What an event says before and after: on its page, in its feeds, in pictures."""

import json
from io import BytesIO

import icalendar
import pytest
from PIL import Image

from kehoach.feeds import jsonld
from kehoach.pages.reaching import linked, linked_html
from website.reading import blocks, tree

pytestmark = pytest.mark.built

BEFORE = "su-kien/2024/viec-thu-2/"
AFTER = "su-kien/2024/viec-thu-1/"


def test_before_an_event_its_page_says_how_to_come_and_whom_to_ask(stressed):
    page = tree(stressed / BEFORE / "index.html")
    text = blocks(page.find(".//main"))
    for words in (
        "Dành cho Học sinh trung học cơ sở",
        "Hạn đăng ký trước ngày 10/5/2024",
        "Số chỗ 150",
        "Nhà văn hóa, 1 Lê Lợi",
        "08:00 Đón tiếp đại biểu",
        "Phí tham dự Miễn phí",
    ):
        assert words in text
    links = set(page.xpath("//main//a/@href"))
    assert {
        "https://dang-ky.example.vn/viec-2",
        "https://hop.example.vn/viec-2",
        "https://ban-do.example.vn/1",
        "tel:02373852123",
        "mailto:van-phong@so.example.vn",
    } <= links
    # Whom to call stands before the programme, the pictures and the facts.
    assert text.index("0237.3852.123") < text.index("Chương trình")


def test_after_an_event_its_result_comes_first_and_no_calendar(stressed):
    page = tree(stressed / AFTER / "index.html")
    sections = page.xpath("//main//h2")
    assert blocks(sections[0]) == "Kết quả"
    text = blocks(page.find(".//main"))
    assert "Thêm vào lịch" not in text
    assert "Đưa vào lịch của bạn" not in text
    assert "320" in text
    assert page.xpath("//section[@aria-labelledby='ket-qua']//img/@alt") == ["Trao giải", "Robot"]
    assert page.xpath("//main//a[@href='https://so.example.vn/ket-qua']")


def test_json_and_calendar_say_the_same(stressed):
    events = json.loads((stressed / "ke-hoach/2024/nhieu-su-kien/index.json").read_text())["plan"][
        "events"
    ]
    told = {event["id"].rsplit("/", 1)[1]: event for event in events}
    before, after = told["viec-thu-2"], told["viec-thu-1"]
    assert before["contact"]["phone"] == "0237.3852.123"
    assert [place["name"] for place in before["places"]] == ["Hội trường Sở", "Nhà văn hóa"]
    assert before["registration"]["until"]["words"] == "trước ngày 10/5/2024"
    assert after["result"]["figures"] == [{"value": "320", "of": "học sinh tham gia"}]
    calendar = icalendar.Calendar.from_ical((stressed / BEFORE / "index.ics").read_bytes())
    (entry,) = calendar.walk("VEVENT")
    assert str(entry["location"]) == "Hội trường Sở; Nhà văn hóa, 1 Lê Lợi"
    assert "Đăng ký: https://dang-ky.example.vn/viec-2; 0237.3852.123" in str(entry["description"])


def test_json_ld_offers_places_and_modes(stressed):
    blocks_ = tree(stressed / BEFORE / "index.html").xpath(
        "//script[@type='application/ld+json']/text()"
    )
    (event,) = (node for node in map(json.loads, blocks_) if node["@type"] == "Event")
    assert event["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert [place["@type"] for place in event["location"]] == ["Place", "Place", "VirtualLocation"]
    assert event["offers"] == {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "VND",
        "url": "https://dang-ky.example.vn/viec-2",
        "description": "Miễn phí",
    }
    assert event["image"][0].endswith("anh/ke-hoach/2024/anh-2.jpg/1600.jpg")
    assert jsonld.script(event)


@pytest.mark.parametrize("width", [480, 960, 1600])
@pytest.mark.parametrize(
    ("extension", "kind"), [("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")]
)
def test_photographs_are_made_smaller_and_tell_nothing_of_the_camera(
    stressed, width, extension, kind
):
    raw = (stressed / f"anh/ke-hoach/2024/anh-1.jpg/{width}.{extension}").read_bytes()
    with Image.open(BytesIO(raw)) as picture:
        assert (picture.format, picture.size) == (kind, (width, width * 1400 // 2000))
        assert dict(picture.getexif()) == {}
    assert "Một máy ảnh".encode() not in raw
    assert not (stressed / "ke-hoach/2024/anh-1.jpg").exists()


@pytest.mark.parametrize(
    ("text", "hrefs"),
    [
        ("Gọi 0237.3852.123.", ["tel:02373852123"]),
        ("Gọi (0255) 3822 456 hoặc 0912345678", ["tel:02553822456", "tel:0912345678"]),
        ("Thư: a.b@so.example.vn, cảm ơn", ["mailto:a.b@so.example.vn"]),
        ("Xem https://so.example.vn/a?b=1&c=2.", ["https://so.example.vn/a?b=1&amp;c=2"]),
        ("Số 08/2022/NĐ-CP, ngày 01/02/2022, 0,5 tỷ, 254/KH-SKHCN, 1.000.000 đồng", []),
    ],
)
def test_what_can_be_reached_in_a_text_is_a_link_and_the_words_stay(text, hrefs):
    markup = linked(text)
    assert [part.split('"')[0] for part in markup.split('href="')[1:]] == hrefs
    assert tree_text(markup) == text


def tree_text(markup: str) -> str:
    from lxml import html

    return html.fromstring(f"<p>{markup}</p>").text_content()


def test_links_and_code_stay_as_they_are():
    markup = '<a href="x">0237.3852.123</a> <code>a@b.vn</code> <b>a@b.vn</b>'
    assert linked_html(markup) == (
        '<a href="x">0237.3852.123</a> <code>a@b.vn</code> <b><a href="mailto:a@b.vn">a@b.vn</a></b>'
    )
