"""The rules, and how times are written, as pages of the staff's guide, from docs, fixtures and grammar.

A fixture is a folder named as its rule: `expected.txt`, what `check` says; `input.md` or the
library `input/`, what is wrong; `valid.md` or `valid/`, the same made right.
"""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from kehoach.rules import Rule, all_rules, written_times

FOLDER = "huong-dan/quy-tac"
PLAN = "ke-hoach/2022/x.md"  # where `input.md` and `valid.md` stand
_WIDTH = 110
_INTRODUCTION = """\
`python3 build.py check` đọc mọi văn bản trong content/ và báo những chỗ cần xem lại: tệp, dòng,
cột, mã quy tắc, điều sai và cách viết đúng. **Lỗi** ngăn việc dựng trang; **cảnh báo** thì không.

Khi văn bản gốc đúng là như vậy, ghi vào phần khai báo quy tắc được bỏ qua và lý do; `field` thu hẹp
vào một khoá hoặc một mục:

```yaml
allow:
  - {rule: numbering-gap, field: IV, why: Bản ký không có mục III}
```
"""


def pages(fixtures: Path) -> dict[str, str]:
    """Each page by its path under `content/`; `fixtures` is the folder of all fixtures."""
    rules = all_rules()
    made = {f"{FOLDER}/{name}.md": _page(rule, fixtures / name) for name, rule in rules.items()}
    return {
        f"{FOLDER}/index.md": _index(fixtures),
        written_times.ADDRESS: written_times.page(),
        **made,
    }


def files(fixture: Path, variant: str) -> dict[str, Path]:
    """The files of a fixture's `variant`, "input" or "valid", by their paths under `content/`."""
    if (single := fixture / f"{variant}.md").exists():
        return {PLAN: single}
    folder = fixture / variant
    found = sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _index(fixtures: Path) -> str:
    rows = (
        f"| [{name}]({name}/) | {_severity(fixtures / name)} | {_title(rule)} |"
        for name, rule in all_rules().items()
    )
    table = "\n".join(("| Mã | Mức độ | Điều sai |", "|---|---|---|", *rows))
    head = _front_matter("Quy tắc rà soát", "Những điều máy rà soát trong mỗi văn bản", 90)
    return f"{head}\n{_INTRODUCTION}\n{table}\n"


def _page(rule: Rule, fixture: Path) -> str:
    from textwrap import fill  # late: `all_rules` imports this module too

    paragraphs = (" ".join(text.split()) for text in rule.doc.split("\n\n")[1:])
    parts = [
        _front_matter(f"{_title(rule)} ({rule.id})", _severity(fixture), 100),
        *(fill(text, _WIDTH, break_on_hyphens=False) + "\n" for text in paragraphs),
        "## Ví dụ\n",
        _fenced("text", (fixture / "expected.txt").read_text("utf-8")),
    ]
    if changes := "\n".join(_changes(fixture)):
        parts += ["## Cách viết đúng\n", _fenced("diff", changes)]
    return "\n".join(parts)


def _front_matter(title: str, summary: str, order: int) -> str:
    return f'---\ntitle: "{title}"\nsummary: {summary}\norder: {order}\n---\n'


def _title(rule: Rule) -> str:
    return rule.title[0].upper() + rule.title[1:]


def _severity(fixture: Path) -> str:
    expected = (fixture / "expected.txt").read_text("utf-8")
    return "Lỗi" if f": lỗi [{fixture.name}]" in expected else "Cảnh báo"


def _changes(fixture: Path) -> Iterator[str]:
    """The lines of a diff from the faulty fixture to the valid one, where both sides are text."""
    right = files(fixture, "valid")
    for name, wrong in files(fixture, "input").items():
        if name not in right or not name.endswith((".md", ".yml")):
            continue
        before, after = _lines(wrong), _lines(right[name])
        changes = (
            list(unified_diff(before, after, n=1, lineterm=""))[2:] if before and after else []
        )
        if changes and name != PLAN:
            yield f"content/{name}"
        yield from (line for line in changes if not line.startswith("@@"))


def _lines(path: Path) -> list[str]:
    """The lines of a text file; none of one that cannot be shown."""
    raw = path.read_bytes() if path.exists() else b"\0"
    try:
        return [] if b"\0" in raw else raw.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return []


def _fenced(language: str, text: str) -> str:
    fence = "````" if "```" in text else "```"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"
