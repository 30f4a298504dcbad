"""Material's Markdown in a page of prose: what stands there raw is found, what is understood is not."""

import pytest

from rules.fixtures import check

UNDERSTOOD = (
    "++ctrl+p++ ==tô== ~~bỏ~~ ^^thêm^^ H~2~O m^2^ :material-home:",
    '!!! note "x"\n    y',
    "??? tip\n    y",
    '=== "x"\n    y',
    "- [x] việc",
    "[Gửi](mailto:a@so.vn){ .md-button .md-button--primary }",
    '```python title="x.py" hl_lines="1 3-4"\nx\n```',
    "`++ctrl++ ==x== :material-khong: $$x$$`",
    "Giá 5$ đến 10$, C++ và C++, 12:30:45, tỷ lệ 1:2, {a} và {b: c}.",
    "~5 km đến ~10 km, a == b, https://so.vn/?a==b==c",
)
RAW = {
    ":material-khong-co:": ":material-khong-co:",
    "Vui :smile: quá": ":smile:",
    "[x](mailto:a@so.vn){ .md-button .heart }": "{ .md-button .heart }",
    "[x](mailto:a@so.vn){ target=_blank }": "{ target=_blank }",
    "Đoạn.\n{ .annotate }": "{ .annotate }",
    "## Mục { #rieng }": "{ #rieng }",
    "$$\nE = mc^2\n$$": "$$ E = mc^2 $$",
    "Công thức $E = mc^{2}$ đây": "$E = mc^{2}$",
    r"Công thức \\(x_1\\) đây": r"\\(x_1\\)",
    '--8<-- "tep.md"': '--8<-- "tep.md"',
    "/// note | Tên": "/// note | Tên",
    "[[tệp]]": "[[tệp]]",
    "[TOC]": "[TOC]",
    "*[UBND]: Ủy ban": "*[UBND]: Ủy ban",
    "{++thêm++} chữ": "{++thêm++}",
    "{{ config.site_name }}": "{{ config.site_name }}",
    "![Ảnh](https://so.vn/a.png#only-dark)": "#only-dark",
    "`#!python range()`": "#!python",
    "{==tô==}": "{==tô==}",
    '++"Phím"++': '++"Phím"++',
}  # fmt: skip


def found(text: str, tmp_path) -> list[str]:
    content = tmp_path / "content"
    content.mkdir()
    (content / "trang.md").write_text(f"---\ntitle: Trang\n---\n\n{text}\n", encoding="utf-8")
    return [f.message for f in check(content)[0] if f.rule == "foreign-markup"]


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_what_prose_understands_is_no_finding(text, tmp_path):
    assert found(text, tmp_path) == []


def test_marks_around_titles_are_no_quotation_marks(tmp_path):
    content = tmp_path / "content"
    content.mkdir()
    text = '“Chữ”\n\n!!! note "x"\n    y\n\n    === "z"\n        t\n\n![a](https://so.vn/a.png){ width="9" }'
    (content / "trang.md").write_text(f"---\ntitle: Trang\n---\n\n{text}\n", encoding="utf-8")
    assert "mixed-quotes" not in {finding.rule for finding in check(content)[0]}


@pytest.mark.parametrize(("text", "written"), RAW.items())
def test_what_stands_raw_is_found_once(text, written, tmp_path):
    assert found(text, tmp_path) == [f"`{written}` hiện ra nguyên dạng trước người đọc"]


@pytest.mark.parametrize(
    ("info", "message"),
    [
        ("mermaid", "khối mermaid hiện ra thành mã, không thành hình"),
        ('py linenums="1"', '`linenums="1"` của khối mã không có tác dụng'),
        ("{ .py .annotate }", "`.annotate` của khối mã không có tác dụng"),
    ],
)
def test_what_a_fence_asks_for_in_vain_is_found(info, message, tmp_path):
    assert found(f"```{info}\nx\n```", tmp_path) == [message]
