"""Banners: the largest letters that read well, inside the hem, none of their marks cut."""

import io
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image

from kehoach.prints import banners, formats, slogans
from kehoach.prints.lines import groups
from kehoach.prints.outlines import DISPLAY, capital_height
from kehoach.prints.typesetting import compile_pages
from prints import pdf

LABEL = "Sở Khoa học và Công nghệ tỉnh Quảng Ngãi"
TEXTS = [
    "Nhiệt liệt chào mừng Ngày Khoa học và Công nghệ Việt Nam 18-5",
    "Khoa học, công nghệ và đổi mới sáng tạo - Đẩy nhanh quá trình phục hồi,"
    " phát triển kinh tế - xã hội",
    "Phát triển khoa học, công nghệ và đổi mới sáng tạo trên nền tảng văn hóa Việt Nam",
    "Khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số: Đột phá đưa đất nước bước vào"
    " kỷ nguyên giàu mạnh, thịnh vượng",
]
EVERY = [
    pytest.param(text, format, id=f"{format.id}-{number}")
    for number, text in enumerate(TEXTS)
    for format in formats.FORMATS
]
STREET = formats.BY_ID["bang-ron-6000x800"]


def data(text, format, output, *, scheme="do-vang", label="", emblem=""):
    return {
        "text": text,
        "format": format.id,
        "scheme": scheme,
        "output": output,
        "label": label,
        "emblem": emblem,
    }


def ink(texts):
    """Ink of each line at 1000 pt by Typst itself: width, height above and below the baseline."""
    drawn = [{"text": text, "font": "Anton", "weight": 400} for text in texts]
    for svg in compile_pages("outline", drawn, format="svg"):
        root = ElementTree.fromstring(svg)
        glyphs = {
            s.get("id"): bounds(s[0].get("d")) for s in root.iter() if s.tag.endswith("symbol")
        }
        uses = [
            (float(use.get("x")), glyphs[use.get("{http://www.w3.org/1999/xlink}href")[1:]])
            for use in root.iter()
            if use.tag.endswith("use")
        ]
        left = min(x + box[0] for x, box in uses)
        right = max(x + box[1] for x, box in uses)
        yield right - left, max(box[3] for _, box in uses), -min(box[2] for _, box in uses)


def bounds(path):
    """The box of relative path data by walking its curves in small steps."""
    x = y = 0.0
    xs, ys = [], []
    start = (0.0, 0.0)
    for letter, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        n = [float(value) for value in rest.split()]
        if letter == "M":
            x, y = n
        elif letter == "m":
            x, y = x + n[0], y + n[1]
            start = (x, y)
        elif letter in "hvl":
            dx, dy = {"h": (n[0], 0), "v": (0, n[0]), "l": tuple(n)}[letter] if n else (0, 0)
            xs.append(x)
            ys.append(y)
            x, y = x + dx, y + dy
        elif letter == "q":
            for i in range(33):
                t = i / 32
                xs.append(x + 2 * t * (1 - t) * n[0] + t * t * n[2])
                ys.append(y + 2 * t * (1 - t) * n[1] + t * t * n[3])
            x, y = x + n[2], y + n[3]
        else:
            x, y = start
        if letter not in "Mm":
            xs.append(x)
            ys.append(y)
    return min(xs), max(xs), min(ys), max(ys)


def optimum(text, width, height, most, tall):
    """The largest size in the box by brute force over all splits that read fairly."""
    parts = groups(text.upper(), fine=tall)[0]
    height *= banners.ROOM_OF_TALL if tall else 1
    stub = banners.STUB_OF_TALL if tall else banners.STUB
    stops = {i for i, part in enumerate(parts) if i and parts[i - 1][-1] in "-:"}
    cuts = [c for n in range(min(most, len(parts))) for c in combinations(range(1, len(parts)), n)]
    runs = {(a, b): " ".join(parts[a:b]) for b in range(len(parts) + 1) for a in range(b)}
    boxes = dict(zip(runs, ink(runs.values()), strict=True))
    sizes = {}
    for cut in cuts:
        edges = [0, *cut, len(parts)]
        lines = [boxes[edge] for edge in pairwise(edges)]
        widest, narrowest = max(line[0] for line in lines), min(line[0] for line in lines)
        pitch = max((above[2] + below[1] for above, below in pairwise(lines)), default=0) + (
            banners.LEADING * 1000 if len(lines) > 1 else 0
        )
        tall = lines[0][1] + lines[-1][2] + pitch * (len(lines) - 1)
        sizes[cut] = (
            min(width / widest, height / tall) * 1000,
            (narrowest / widest >= stub and (not cut or stops <= set(cut))),
        )
    largest = max(size for size, _ in sizes.values())
    best = max((size for size, fair in sizes.values() if fair), default=0)
    return best if best >= banners.FAIR * largest else largest


@pytest.mark.parametrize(("text", "format"), EVERY)
def test_capitals_are_within_5_percent_of_the_best_split(text, format):
    width, height = format.width - 2 * format.safe, format.height - 2 * format.safe
    made = banners.arrange(text, format).fit
    best = optimum(text, width, height, format.lines, format.tall)
    assert made.size >= 0.95 * best * 0.999
    assert made.size <= best * 1.001


@pytest.mark.parametrize(("text", "format"), EVERY)
def test_ink_stays_inside_the_safe_area(text, format):
    page = banners.sheet(data(text, format, "svg", label=LABEL))
    scale = page["width"] / format.width
    safe = format.safe * scale - 0.01
    words = [layer for layer in page["layers"] if len(layer["path"]) > 5]
    assert len(words) == 2
    for layer in words:
        xs = [x for step in layer["path"] for x in step[1::2]]
        ys = [y for step in layer["path"] for y in step[2::2]]
        assert safe <= min(xs)
        assert max(xs) <= page["width"] - safe
        assert safe <= min(ys)
        assert max(ys) <= page["height"] - safe


@pytest.mark.parametrize(("text", "format"), EVERY)
def test_no_mark_leaves_the_box_of_its_line(text, format):
    layout = banners.arrange(text, format, LABEL)
    boxes = list(ink([line.line for line in layout.slogan]))
    lines = list(zip(layout.slogan, boxes, strict=True))
    for (upper, (_, _, below)), (lower, (_, above, _)) in pairwise(lines):
        room = lower.y - upper.y - (below + above) * upper.size / 1000
        assert room >= 0.02 * upper.size


@pytest.mark.parametrize("format", formats.FORMATS, ids=lambda format: format.id)
def test_official_slogans_are_legible(format, library, department):
    for slogan in slogans.slogans(library):
        label = slogans.label(slogan, library, department)
        assert banners.arrange(slogan.text, format, label).fit.capitals >= format.lowest


def test_anton_s_capitals_are_859_thousandths():
    assert capital_height(DISPLAY) == pytest.approx(0.859375)


def test_a_street_banner_is_a_tenth_and_says_so(library):
    made = banners.draw(data(TEXTS[0], STREET, "pdf"))
    boxes = pdf.tool(made, "pdfinfo", "-box", "FILE")
    trim = [float(n) for n in re.search(r"TrimBox:\s+(.*)", boxes)[1].split()]
    assert (trim[2] - trim[0]) * 25.4 / 72 == pytest.approx(600, abs=0.1)
    assert (trim[3] - trim[1]) * 25.4 / 72 == pytest.approx(80, abs=0.1)
    slogan = slogans.slogans(library)[0]
    assert slogans.file_name(slogan, STREET, "pdf").endswith("-6000x800-ty-le-1-10.pdf")
    poster = formats.BY_ID["ap-phich-a2"]
    assert slogans.file_name(slogan, poster, "pdf").endswith("-a2.pdf")


def test_a_print_shop_gets_outlines_in_cmyk():
    made = banners.draw(data(TEXTS[0], STREET, "pdf", label=LABEL))
    assert pdf.tool(made, "pdffonts", "FILE").splitlines()[2:] == []
    content = pdf.tool(made, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-")
    assert re.search(r" 0 1 0\.90\d* 0\.10\d* k ", content)
    assert not re.search(r" rg ", content)
    assert "No syntax or stream encoding errors" in pdf.tool(made, "qpdf", "--check", "FILE")


@pytest.mark.parametrize("format", formats.FORMATS, ids=lambda format: format.id)
def test_pictures_have_the_size_they_promise(format):
    png = banners.draw(data(TEXTS[0], format, "png"))
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert width == format.preview
    assert (width, height) == format.pixels
    density = png.find(b"pHYs")
    if format.id in ("ap-phich-a2", "ap-phich-a3"):  # a sheet of paper at 150 dots an inch
        dots = int.from_bytes(png[density + 4 : density + 8], "big")
        assert dots == 5906
        assert width / dots * 1000 == pytest.approx(format.width, abs=0.3)
        with Image.open(io.BytesIO(png)) as picture:
            picture.load()
            assert picture.info["dpi"] == pytest.approx((150, 150), abs=0.1)
    else:
        assert density == -1


def test_eyelets_sit_in_the_hem_at_every_corner_and_no_further_apart_than_said():
    centres = banners.eyelets(STREET)
    top = sorted(x for x, y in centres if y == STREET.hem / 2)
    assert (top[0], top[-1]) == (STREET.hem / 2, STREET.width - STREET.hem / 2)
    assert max(b - a for a, b in pairwise(top)) <= STREET.eyelets
    assert len(centres) == len(set(centres)) == 24


def test_the_author_s_break_mark_wins():
    made = banners.arrange("Khoa học và\ncông nghệ", STREET).fit
    assert made.lines == ("KHOA HỌC VÀ", "CÔNG NGHỆ")


@pytest.mark.parametrize("output", ["pdf", "svg", "png"])
def test_the_same_banner_gives_the_same_bytes(output):
    one = data(TEXTS[1], STREET, output, label=LABEL)
    assert banners.draw(one) == banners.draw(one)


@pytest.mark.parametrize("scheme", formats.SCHEMES)
def test_text_stands_out_from_its_ground(scheme):
    colours = formats.SCHEMES[scheme]

    def luminance(ink):
        channels = [int(ink.rgb[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    ground = luminance(colours.ground)
    for ink_of in (colours.text, colours.label):
        dark, light = sorted((ground, luminance(ink_of)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    "text", ['#eval("1")', "$x^2$ \\ *a* `b` <c> @d", "</svg><script>", "{{ x }} & “y”"]
)
def test_hostile_text_is_drawn_as_text(text):
    svg = banners.draw(data(text, STREET, "svg"))
    root = ElementTree.fromstring(svg)
    assert root[0].tag.endswith("title")
    assert root[0].text == text
    assert b"<script" not in svg


def test_one_word_of_500_letters_is_drawn_in_one_tiny_line():
    made = banners.arrange("Ă" * 500, STREET).fit
    assert made.lines == ("Ă" * 500,)
    assert made.capitals < STREET.lowest


@pytest.mark.parametrize(
    ("number", "format", "lines"),
    [
        (0, "ap-phich-a2", "NHIỆT LIỆT/CHÀO MỪNG/NGÀY KHOA HỌC/VÀ CÔNG NGHỆ/VIỆT NAM 18-5"),
        (0, "dau-trang-1920x600", "NHIỆT LIỆT CHÀO MỪNG NGÀY KHOA HỌC/VÀ CÔNG NGHỆ VIỆT NAM 18-5"),
        (
            1,
            "bang-ron-6000x800",
            "KHOA HỌC, CÔNG NGHỆ VÀ ĐỔI MỚI SÁNG TẠO -"
            "/ĐẨY NHANH QUÁ TRÌNH PHỤC HỒI, PHÁT TRIỂN KINH TẾ - XÃ HỘI",
        ),
        (
            2,
            "the-1200x630",
            "PHÁT TRIỂN KHOA HỌC, CÔNG NGHỆ/VÀ ĐỔI MỚI SÁNG TẠO/TRÊN NỀN TẢNG VĂN HÓA VIỆT NAM",
        ),
        (
            3,
            "bang-ron-8000x1000",
            "KHOA HỌC, CÔNG NGHỆ, ĐỔI MỚI SÁNG TẠO VÀ CHUYỂN ĐỔI SỐ:"
            "/ĐỘT PHÁ ĐƯA ĐẤT NƯỚC BƯỚC VÀO KỶ NGUYÊN GIÀU MẠNH, THỊNH VƯỢNG",
        ),
    ],
)
def test_official_lines_read_well_aloud(number, format, lines):
    made = banners.arrange(TEXTS[number], formats.BY_ID[format], LABEL).fit
    assert "/".join(made.lines) == lines


VERTICAL = formats.BY_ID["phuon-800x2400"]


@pytest.mark.parametrize(
    ("text", "lines", "share"),
    [
        (
            "Khoa học, công nghệ và đổi mới sáng tạo kiến tạo tương lai",
            ("KHOA HỌC,", "CÔNG NGHỆ", "VÀ ĐỔI MỚI", "SÁNG TẠO", "KIẾN TẠO", "TƯƠNG LAI"),
            0.76,
        ),
        (
            "Nhiệt liệt chào mừng Ngày Khoa học và Công nghệ Việt Nam 18-5",
            ("NHIỆT LIỆT", "CHÀO MỪNG", "NGÀY KHOA HỌC", "VÀ CÔNG NGHỆ", "VIỆT NAM 18-5"),
            0.47,
        ),
        ("Chào năm mới", ("CHÀO", "NĂM", "MỚI"), 0.67),
    ],
)
def test_a_vertical_banner_uses_its_height(text, lines, share):
    made = banners.arrange(text, VERTICAL, LABEL).fit
    assert made.lines == lines
    assert made.height * made.size / VERTICAL.height == pytest.approx(share, abs=0.02)


def test_wide_formats_keep_long_terms_together():
    made = banners.arrange("Đổi mới sáng tạo vì tương lai", formats.BY_ID["ap-phich-a2"]).fit
    assert "ĐỔI MỚI SÁNG TẠO" in made.lines


def test_the_lines_of_a_vertical_banner_keep_clear_of_the_name_above():
    for text in TEXTS:
        layout = banners.arrange(text, VERTICAL, LABEL)
        capitals = layout.fit.capitals
        assert layout.slogan[0].y - capitals * 1.3 > layout.label.y
