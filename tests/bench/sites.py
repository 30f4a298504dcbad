"""The same plans and events as an author of Hugo, of MkDocs Material or of Zensical would have them."""

import json
import shutil
from pathlib import Path
from typing import Any

from bench import equal
from kehoach.records.event import Event
from kehoach.records.library import Library
from kehoach.records.plan import Plan

HUGO = Path(__file__).parent / "hugo"
THEME = Path(__file__).parents[2] / "theme" / "assets"

_MKDOCS = """\
site_name: Kế hoạch Khoa học và Công nghệ
site_url: https://kehoach.example.vn/
theme: {name: material, language: vi, font: false}
plugins: [{search: {lang: vi}}]
markdown_extensions: [footnotes, attr_list]
not_in_nav: "*"
nav: [index.md, ke-hoach/index.md, su-kien/index.md]
"""


def hugo(library: Library, folder: Path, *, search: bool = False) -> None:
    """A Hugo site at `folder` equal in content to kehoach's: `bench.equal` says what of.

    With `search`, there is a list in JSON of all that kehoach's search index holds of each page, which
    a browser would have to make an index of.
    """
    _layouts(folder, "full")
    if search:
        _replace(folder / "hugo.toml", 'home = ["html"', 'home = ["html", "json"')
    content = folder / "content"
    found = equal.searched(library) if search else {}
    for name, meta, body in equal.files(library):
        more = {"found": found[name]} if name in found else {}
        _write_json(content / name, meta | more, body)
    data, static = folder / "data", folder / "static"
    _json(data / "items.json", equal.items(library))
    _json(data / "yearly.json", equal.yearly(library))
    for address, description in equal.descriptions().items():
        _json(static / address, description)
    shutil.copytree(THEME, static / "assets")


def hugo_lean(library: Library, folder: Path) -> None:
    """A Hugo site at `folder` of a page for each plan and event and their lists, and no more."""
    _layouts(folder, "lean")
    content = folder / "content"
    for name, title in (("ke-hoach", "Kế hoạch"), ("su-kien", "Sự kiện")):
        _write_json(content / name / "_index.md", {"title": title}, "")
    for plan in library.plans:
        _write_json(content / f"{plan.address.rstrip('/')}.md", _plan(plan), plan.body)
    for event in library.events:
        path = content / f"{event.page.rstrip('/')}.md"
        _write_json(path, _event(event), event.description or "")


def _layouts(folder: Path, name: str) -> None:
    shutil.copytree(HUGO / "shared", folder)
    shutil.copytree(HUGO / name, folder, dirs_exist_ok=True)


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def material(library: Library, folder: Path) -> None:
    """The same as pages of MkDocs Material, with its own search; lists in the navigation only."""
    docs = folder / "docs"
    for plan in library.plans:
        _write(docs / f"{plan.address.rstrip('/')}.md", {"title": plan.title}, _text(plan))
    for event in library.events:
        _write(docs / f"{event.page.rstrip('/')}.md", {"title": event.title}, _details(event))
    lists = {"ke-hoach": library.plans, "su-kien": library.events}
    for name, records in lists.items():
        years = sorted({record.year for record in records})
        rows = (f"- [{year}]({year}/index.md)" for year in years)
        _write(docs / name / "index.md", {"title": name}, "\n".join(rows))
        for year in years:
            depth = len(f"{name}/{year}/")
            mine = (record for record in records if record.year == year)
            rows = (f"- [{r.title}]({_page(r)[depth:].rstrip('/')}.md)" for r in mine)
            _write(docs / name / str(year) / "index.md", {"title": f"{year}"}, "\n".join(rows))
    _write(docs / "index.md", {"title": "Kế hoạch"}, "")
    (folder / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "description": plan.summary or "",
        "date": equal.sorted_by(plan.date, plan.year),
        "signed": plan.date.words,
        "number": plan.number or "",
        "issuer": plan.issuer,
        "place": plan.place or "",
        "signer": plan.signer.name if plan.signer else "",
        "recipients": list(plan.recipients),
        "basis": [
            {
                "number": basis.number,
                "date": basis.date.words if basis.date else "",
                "issuer": basis.issuer or "",
                "title": basis.title or "",
            }
            for basis in plan.basis
        ],
        "events": [
            {
                "id": event.id,
                "year": event.year,
                "title": event.title,
                "when": event.when.words if event.when else "",
                "place": event.place or "",
                "lead": ", ".join(event.lead),
            }
            for event in plan.events
        ],
        "deadlines": [
            {"what": d.what, "when": d.when.words, "who": ", ".join(d.who)} for d in plan.deadlines
        ],
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "title": event.title,
        "date": equal.sorted_by(event.when, event.year),
        "when": event.when.words if event.when else "",
        "place": event.place or "",
        "lead": list(event.lead),
        "partners": list(event.partners),
        "audience": event.audience or "",
        "theme": event.theme or "",
        "plan": f"/{event.plan.address}",
    }


def _details(event: Event) -> str:
    rows = {
        "Thời gian": event.when.words if event.when else "",
        "Địa điểm": event.place,
        "Chủ trì": ", ".join(event.lead),
        "Phối hợp": ", ".join(event.partners),
        "Đối tượng": event.audience,
        "Chủ đề": event.theme,
    }
    shown = "\n".join(f"- **{name}:** {value}" for name, value in rows.items() if value)
    return f"{shown}\n\n{event.description or ''}"


def _text(plan: Plan) -> str:
    events = "\n".join(
        f"- [{event.title}](../../{event.page.rstrip('/')}.md): {event.when.words if event.when else ''}"
        for event in plan.events
    )
    recipients = "\n".join(f"- {line}" for line in plan.recipients)
    return f"{plan.number or ''}\n\n{plan.body}\n\n## Sự kiện\n\n{events}\n\n## Nơi nhận\n\n{recipients}"


def _page(record: Plan | Event) -> str:
    return record.page if isinstance(record, Event) else record.address


def _write(path: Path, meta: dict[str, Any], body: str) -> None:
    """Front matter as JSON, which is YAML too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = json.dumps(meta, ensure_ascii=False)
    path.write_text(f"---\n{head}\n---\n{body}\n", encoding="utf-8")


def _write_json(path: Path, meta: dict[str, Any], body: str) -> None:
    """Front matter as JSON without fences, which costs Hugo a third less CPU than as YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{json.dumps(meta, ensure_ascii=False)}\n{body}\n", encoding="utf-8")


def _json(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
