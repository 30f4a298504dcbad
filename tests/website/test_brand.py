"""A department's own colours: a few lines of CSS, refused where nobody could read the text."""

import pytest

from kehoach.pages.brand import contrast, stylesheet


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
