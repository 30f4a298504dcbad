"""A department's own colours: a few lines of CSS, refused where nobody could read the text."""

import pytest

from conftest import build, run
from kehoach.pages.brand import contrast, stylesheet
from website.reading import tree


def test_colours_become_custom_properties_and_deep_shades_follow():
    assert stylesheet({"blue": "#00468b"}).splitlines() == [
        ":root {",
        "  --brand-blue: #00468b;",
        "  --brand-blue-deep: color-mix(in srgb, #00468b, black 22%);",
        "}",
    ]
    assert "color-mix" not in stylesheet({"red": "#8a0f14", "red-deep": "#5c0a0d"})


@pytest.mark.parametrize(
    ("brand", "words"),
    [
        ({"rde": "#a80f1a"}, "không có màu rde"),
        ({"red": "đỏ"}, "không phải màu"),
        ({"red": "#a80f1a; } body { display: none"}, "không phải màu"),
        ({"red": "#ff6b6b"}, "khó đọc"),
        ({"yellow": "#a80f1a"}, "khó đọc"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(brand, words):
    with pytest.raises(ValueError, match=words):
        stylesheet(brand)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def branded(checkout, brand):
    config = checkout / "mkdocs.yml"
    lines = config.read_text("utf-8").splitlines()
    [at] = [index for index, line in enumerate(lines) if line.startswith("  # brand: ")]
    lines[at] = f"  brand: {brand}"
    config.write_text("\n".join(lines), "utf-8")
    return at + 1


def test_the_built_site_wears_the_colours(checkout, tmp_path):
    branded(checkout, '{blue: "#00468b", red: "#8a0f14"}')
    build(checkout, tmp_path / "site")
    (sheet,) = tmp_path.glob("site/assets-*/css/brand.css")
    assert sheet.read_text() == stylesheet({"blue": "#00468b", "red": "#8a0f14"})
    links = tree(tmp_path / "site/don-vi/index.html").xpath("//link[@rel='stylesheet']/@href")
    folder = sheet.parents[1].name
    assert links == [f"../{folder}/css/site.css", f"../{folder}/css/brand.css"]


@pytest.mark.parametrize(
    ("brand", "column", "words"),
    [
        ('{blue: "#00468b", red: đỏ}', 33, "không phải màu"),
        ('{red: "#ff6b6b"}', 16, "khó đọc"),
        ('{rde: "#a80f1a"}', 16, "không có màu rde"),
        ("red", 10, "cần các màu theo tên"),
    ],
)
def test_a_wrong_colour_is_a_finding_at_its_place(checkout, tmp_path, brand, column, words):
    line = branded(checkout, brand)
    done = run(checkout, "build", "--out", str(tmp_path / "site"))
    assert done.returncode == 1
    assert f"mkdocs.yml:{line}:{column}: lỗi [bad-brand] extra.brand: " in done.stdout
    assert words in done.stdout
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()
