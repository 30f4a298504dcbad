"""The catalogue: every file once, nothing drawn before it is asked for, the same bytes twice."""

import io
import json
import pickle
import shutil
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from kehoach import feeds
from kehoach.building.reads import timeless
from kehoach.building.shelf import read_library
from kehoach.prints import typesetting
from kehoach.prints.catalogue import Beside, kit_address, shared
from kehoach.prints.slogans import banner_files, slogans
from website import stress
from whole import all_prints


@pytest.fixture(scope="module")
def catalogue(library, department):
    return {made.address: made for made in all_prints(library, department)}


def test_each_address_comes_once(catalogue, library, department):
    assert len(catalogue) == len(list(all_prints(library, department)))


def test_nothing_is_drawn_before_it_is_asked_for(library, department, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("drawn")

    monkeypatch.setattr(typesetting, "compile_pages", refuse)
    assert len(list(all_prints(library, department))) > 300


def test_data_is_json_and_drawing_can_go_to_another_process(catalogue):
    for made in catalogue.values():
        assert json.loads(json.dumps(made.data))
        assert pickle.loads(pickle.dumps(made)).address == made.address


def test_data_changes_with_templates_fonts_and_code(catalogue):
    assert {made.data["toolchain"] for made in catalogue.values()} == {typesetting.toolchain()}


def test_every_plan_has_a_document_and_every_slogan_its_banners(catalogue, library, department):
    for plan in library.plans:
        assert f"{plan.address}{plan.slug}.pdf" in catalogue
        assert f"{plan.address}the.png" in catalogue
    for slogan in slogans(library):
        files = [file.address for one in banner_files(slogan, department) for file in one.files]
        assert len(files) == 6 * 3 + 3 * 2
        assert set(files) <= set(catalogue)


def test_a_press_kit_holds_the_words_and_the_banners_and_is_the_same_twice(catalogue, library):
    campaign = library.campaign(2022)
    made = catalogue[kit_address(campaign)]
    first = made.make()
    assert made.make() == first
    with zipfile.ZipFile(io.BytesIO(first)) as kit:
        assert kit.testzip() is None
        names = kit.namelist()
        words = kit.read("khau-hieu-va-chu-de.txt").decode("utf-8-sig")
        page, folder = "khau-hieu/2022/nhiet-liet-18-5", "nhiet-liet-18-5"
        for address, name in (
            ("ap-phich-a2.pdf", "ap-phich-a2.pdf"),
            ("ap-phich-a2.png", "ap-phich-a2-in-150dpi.png"),
            ("the-1200x630.png", "the-1200x630-man-hinh-1200x630px.png"),
        ):
            made = catalogue[f"{page}/{folder}-{address}"].make()
            assert kit.read(f"{folder}/{folder}-{name}") == made
        readme = kit.read("README.txt").decode("utf-8-sig")
        materials = [m for m in library.materials if m.campaign == 2022]
        for material in materials:
            word_file = kit.read(f"van-ban/{material.slug}.docx")
            assert word_file == catalogue[f"{material.address}{material.slug}.docx"].make()
            text = kit.read(f"van-ban/{material.slug}.txt").decode("utf-8-sig")
            assert text.startswith(material.title.upper())
            assert f"{material.slug}.docx" in readme
        assert b"<svg" in kit.read("bieu-tuong.svg")
    assert "https://kehoach.example.vn/chu-de/2022/lich.ics" in readme
    assert {f"van-ban/{m.slug}.txt" for m in materials} == {
        n for n in names if n.endswith(".txt") and "/" in n
    }
    banners = 24 * (len(campaign.slogans) + len(campaign.themes))
    assert len(names) == 3 + 2 * len(materials) + banners
    assert len(materials) == 2
    for slogan in (*campaign.slogans, *campaign.themes):
        assert f"- {slogan.text}" in words


def test_a_press_kit_names_no_file_that_it_lacks(department, tmp_path):
    campaign = tmp_path / "chu-de/2024.md"
    campaign.parent.mkdir()
    campaign.write_text("---\ntitle: Ngày KH&CN\nday: 18/5/2024\n---\n", "utf-8")
    (made,) = (made for made in shared(read_library(tmp_path), department) if made.kind == "kit")
    with zipfile.ZipFile(io.BytesIO(made.make())) as kit:
        readme = kit.read("README.txt").decode("utf-8-sig")
        names = set(kit.namelist())
    assert names == {"README.txt", "khau-hieu-va-chu-de.txt", "bieu-tuong.svg"}
    told = {line.split(":")[0] for line in readme.splitlines()[2:] if ": " in line}
    assert {name for name in told if "." in name} == names - {"README.txt"}
    assert "Mỗi thư mục" not in readme


def test_a_card_is_1200_by_630(catalogue, library):
    for plan in library.plans:
        png = catalogue[f"{plan.address}the.png"].make()
        assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (1200, 630)


def test_a_press_kit_holds_photographs_and_the_calendar(tmp_path, department, root):
    content = tmp_path / "content"
    shutil.copytree(root / "content", content)
    stress.write(content)
    library = read_library(content)
    campaign = library.campaign(stress.YEAR)
    photograph = f"ke-hoach/{stress.YEAR}/anh-2.jpg"
    calendar = feeds.campaign_calendar(campaign, library, timeless(department)).decode()
    beside = Beside({campaign.address: calendar}, {photograph: "1"})
    kits = {
        made.address: made for made in shared(library, department, beside) if made.kind == "kit"
    }
    made = kits[kit_address(campaign)]
    with zipfile.ZipFile(io.BytesIO(made.make(lambda part: part.address.encode()))) as kit:
        banner = next(name for name in made.parts if name.endswith(".png"))
        assert kit.read(banner) == made.parts[banner].address.encode()
        readme = kit.read("README.txt").decode("utf-8-sig")
        name = "ke-hoach-2024-anh-2.jpg"
        assert kit.read("lich.ics").decode() == calendar
        with Image.open(io.BytesIO(kit.read(f"anh/{name}"))) as picture:
            assert picture.size == (2000, 1400)
            assert not picture.getexif()
    assert calendar.count("BEGIN:VEVENT") > 40
    assert "DTSTAMP:20231231T170000Z" in calendar
    assert f"{name}: Học sinh xem robot. Ảnh: Văn phòng Sở" in readme
    assert "lich.ics" in readme
    again = next(
        one
        for one in shared(library, department, replace(beside, photographs={photograph: "2"}))
        if one.address == made.address
    )
    assert again.fingerprint != made.fingerprint
