"""Whatever happened between two builds, the second gives what a clean build gives, byte for byte."""

import contextlib
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import corpus
from conftest import build, contents
from kehoach import building, search
from kehoach.building import crew, program

PLAN = "content/ke-hoach/2022/ngay-khcn-quang-ngai.md"
Edit = Callable[[Path, random.Random], None]


def plans(root: Path) -> list[Path]:
    return sorted(root.glob("content/ke-hoach/*/*.md"))


def replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def write_on(root: Path, chance: random.Random) -> None:
    plan = chance.choice(plans(root))
    plan.write_text(plan.read_text("utf-8") + f"\nSố {chance.random()}.\n", "utf-8")


def retitle(root: Path, chance: random.Random) -> None:
    replace(chance.choice(plans(root)), "\ntitle: ", f"\ntitle: Lần {chance.randint(2, 99)}: ")


def move_event(root: Path, chance: random.Random) -> None:
    plan = chance.choice(plans(root))
    text = plan.read_text("utf-8")
    dates = re.findall(r"when: .*?(\d{1,2}/\d{1,2}/20\d\d)", text)
    if dates:
        day, rest = chance.choice(dates).split("/", 1)
        replace(plan, f"{day}/{rest}", f"{chance.randint(1, 28)}/{rest}")


def cancel_event(root: Path, chance: random.Random) -> None:
    plan = chance.choice(plans(root))
    replace(plan, "\n    kind: ", "\n    status: cancelled\n    reason: mưa bão\n    kind: ")


def copy_plan(root: Path, chance: random.Random) -> None:
    plan, number = chance.choice(plans(root)), chance.randint(1, 999)
    text = re.sub(r"(\n *-? ?\{?id: )([a-z0-9-]+)", rf"\1\2-{number}", plan.read_text("utf-8"))
    text = re.sub(r"\naliases: .*", "", text)
    plan.with_name(f"{plan.stem}-{number}.md").write_text(text, "utf-8")


def remove_plan(root: Path, chance: random.Random) -> None:
    if len(plans(root)) > 3:
        chance.choice(plans(root)).unlink()


def rename_plan(root: Path, chance: random.Random) -> None:
    plan = chance.choice(plans(root))
    plan.rename(plan.with_name(f"{plan.stem}-moi.md"))


def leave_campaign(root: Path, chance: random.Random) -> None:
    plan = chance.choice(plans(root))
    plan.write_text(re.sub(r"\ncampaign: \d+", "", plan.read_text("utf-8")), "utf-8")


def hold_back(root: Path, chance: random.Random) -> None:
    replace(chance.choice(plans(root)), "status: issued", "status: draft")


def retitle_unit(root: Path, chance: random.Random) -> None:
    units = root / "content/don-vi.yml"
    names = re.findall(r"\n  short: (.*)", units.read_text("utf-8"))
    replace(units, f"short: {chance.choice(names)}", f"short: Đơn vị {chance.randint(1, 99)}")


def change_slogan(root: Path, chance: random.Random) -> None:
    campaign = chance.choice(sorted(root.glob("content/chu-de/*.md")))
    replace(campaign, 'text: "', f'text: "Lần {chance.randint(2, 99)}: ')


def touch_template(root: Path, chance: random.Random) -> None:
    template = chance.choice(sorted(root.glob("theme/pages/**/*.html")))
    template.write_text(template.read_text("utf-8") + f"\n{{# {chance.random()} #}}", "utf-8")


def change_template(root: Path, chance: random.Random) -> None:
    template = chance.choice(sorted(root.glob("theme/pages/*.html")))
    template.write_text(template.read_text("utf-8") + f"<p>{chance.randint(1, 99)}</p>\n", "utf-8")


def change_layout(root: Path, chance: random.Random) -> None:
    replace(root / "theme/main.html", "<footer", f'<footer data-n="{chance.randint(1, 99)}"')


def change_asset(root: Path, chance: random.Random) -> None:
    style = root / "theme/assets/css/site.css"
    style.write_text(style.read_text("utf-8") + f"/* {chance.random()} */\n", "utf-8")


def change_settings(root: Path, chance: random.Random) -> None:
    replace(root / "mkdocs.yml", "site_name: ", f"site_name: Sở {chance.randint(1, 99)} – ")


def change_address(root: Path, chance: random.Random) -> None:
    replace(
        root / "mkdocs.yml", "site_url: https://", f"site_url: https://so-{chance.randint(1, 9)}."
    )


def change_scheme(root: Path, chance: random.Random) -> None:
    scheme = chance.choice(["xanh-trang", "trang"])
    replace(root / "mkdocs.yml", "\nextra:\n", f"\nextra:\n  scheme: {scheme}\n")


def attach(root: Path, chance: random.Random) -> None:
    plan, number = chance.choice(plans(root)), chance.randint(1, 99)
    if "\nattachments:" not in plan.read_text("utf-8"):
        plan.with_name(f"phu-luc-{number}.pdf").write_bytes(b"%PDF-1.4 1")
        line = f"attachments: [{{title: Phụ lục, file: phu-luc-{number}.pdf}}]"
        replace(plan, "\ntitle: ", f"\n{line}\ntitle: ")


def change_attachment(root: Path, chance: random.Random) -> None:
    for file in sorted(root.glob("content/ke-hoach/*/*.pdf"))[:1]:
        file.write_bytes(b"%%PDF-1.4 %d" % chance.randint(2, 99))


def change_abbreviation(root: Path, chance: random.Random) -> None:
    file = root / "content/tu-viet-tat.yml"
    number = chance.randint(1, 99)
    file.write_text(f"{file.read_text('utf-8')}\nKTX{number}: Ký túc xá {number}\n", "utf-8")


def link_to_an_event(root: Path, chance: random.Random) -> None:
    plan = chance.choice(plans(root))
    events = re.findall(r"\n  - id: ([a-z0-9-]+)", plan.read_text("utf-8"))
    if events:
        address = f"/su-kien/{plan.parent.name}/{chance.choice(events)}/"
        other = chance.choice(plans(root))
        other.write_text(f"{other.read_text('utf-8')}\nXem [việc này]({address}).\n", "utf-8")


def change_hooks(root: Path, chance: random.Random) -> None:
    code = chance.choice(sorted(root.glob("hooks/kehoach/*/*.py")))
    code.write_text(f"{code.read_text('utf-8')}\n# {chance.random()}\n", "utf-8")


def commit(root: Path, chance: random.Random) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", f"Lần {chance.randint(1, 99)}")


EDITS: list[Edit] = [
    write_on, retitle, move_event, cancel_event, copy_plan, remove_plan, rename_plan,
    leave_campaign, hold_back, retitle_unit, change_slogan, touch_template, change_template,
    change_layout, change_asset, change_settings, change_address, change_scheme, attach,
    change_attachment, change_abbreviation, link_to_an_event, change_hooks, commit,
]  # fmt: skip


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Cán bộ", "-c", "user.email=can-bo@example.vn"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True)


def made(root: Path, *, with_prints: bool = False) -> dict[str, bytes] | None:
    """The site of `root` after a build; None where errors forbid one."""
    out = root / "site"
    project = building.open_project(building.configure(root, out))
    if project.errors:
        return None
    building.build(root, out, strict=False, project=project, with_prints=with_prints)
    return contents(out)


def made_clean(root: Path, *, with_prints: bool = False) -> dict[str, bytes]:
    """The same by a build that knows of no other, but need not draw again what was drawn."""
    clean = root.with_name("clean")
    shutil.rmtree(clean, ignore_errors=True)

    def left(folder: str, names: list[str]) -> set[str]:
        built = {".cache", "site"} if Path(folder) == root else set()
        return {"__pycache__", *built} & set(names)

    shutil.copytree(root, clean, ignore=left, symlinks=True)
    if with_prints:
        shutil.copytree(root / building.CACHE / "prints", clean / building.CACHE / "prints")
    return made(clean, with_prints=with_prints)


def try_out(edit: Edit, root: Path, chance: random.Random) -> None:
    """Do `edit`; undo it where the texts would then be wrong."""
    kept = root.with_name("kept")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(root / "content", kept)
    edit(root, chance)
    if building.open_project(building.configure(root, root / "elsewhere")).errors:
        shutil.rmtree(root / "content")
        shutil.copytree(kept, root / "content")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


HISTORIES = [(1, False), (2, False), (3, False), (4, True)]


@pytest.mark.heavy
@pytest.mark.parametrize(("number", "with_prints"), HISTORIES)
def test_after_any_history_of_edits_the_site_is_that_of_a_clean_build(
    checkout, request, monkeypatch, record_property, number, with_prints
):
    """Another history each time; HISTORY_SEED plays one again."""
    seed = int(os.environ.get("HISTORY_SEED") or random.SystemRandom().randrange(1_000_000))
    record_property("HISTORY_SEED", seed)
    chance = random.Random(f"{seed} {number}")
    monkeypatch.setattr(program, "HOOKS", checkout / "hooks")
    if with_prints:
        request.getfixturevalue("drawn")
    assert made(checkout, with_prints=with_prints)
    names = [f"HISTORY_SEED={seed}"]
    for edit in chance.choices(EDITS, k=8):
        try_out(edit, checkout, chance)
        names.append(edit.__name__)
        program.fingerprint.cache_clear()
        now = made(checkout, with_prints=with_prints)
        fresh = made_clean(checkout, with_prints=with_prints)
        assert (names, differing(now, fresh)) == (names, [])
    program.fingerprint.cache_clear()


@pytest.mark.heavy
def test_prints_follow_each_kind_of_edit(drawn):
    assert made(drawn, with_prints=True)
    for edit in EDITS:
        try_out(edit, drawn, random.Random(1))
        now = made(drawn, with_prints=True)
        fresh = made_clean(drawn, with_prints=True)
        assert (edit.__name__, differing(now, fresh)) == (edit.__name__, [])


def cut(traces: Path, root: Path) -> None:
    traces.write_bytes(traces.read_bytes()[:-100])


def flip(traces: Path, root: Path) -> None:
    content = bytearray(traces.read_bytes())
    content[len(content) // 2] ^= 0xFF
    traces.write_bytes(content)


def change_code(traces: Path, root: Path) -> None:
    code = root / "hooks/kehoach/pages/parts.py"
    code.write_text(code.read_text("utf-8") + "\n# another version\n", "utf-8")


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (cut, "Bộ nhớ đệm bị hỏng hoặc của máy khác: dựng lại từ đầu."),
        (flip, "Bộ nhớ đệm bị hỏng hoặc của máy khác: dựng lại từ đầu."),
        (change_code, "Bộ nhớ đệm của phiên bản khác: dựng lại từ đầu."),
    ],
)
def test_a_cache_that_is_no_use_gives_a_full_build_and_a_line_that_says_so(checkout, damage, line):
    site = checkout / "site"
    build(checkout, site, "--without", "prints")
    before = contents(site)
    (traces,) = (checkout / ".cache/build").glob("*/traces")
    damage(traces, checkout)
    done = build(checkout, site, "--without", "prints")
    assert done.stderr.splitlines()[0] == line
    assert differing(contents(site), before) == []
    again = build(checkout, site, "--without", "prints")
    assert line not in again.stdout + again.stderr


def test_what_somebody_did_to_the_site_is_undone(checkout):
    site = checkout / "site"
    build(checkout, site, "--without", "prints")
    before = contents(site)
    (site / "index.html").unlink()
    (site / "ke-hoach/la.html").write_text("?")
    build(checkout, site, "--without", "prints")
    assert differing(contents(site), before) == []


def test_two_builds_at_once_and_one_that_forgets_make_whole_sites(checkout):
    site = checkout / "site"
    build(checkout, site, "--without", "prints")
    for number in range(3):
        write_on(checkout, random.Random(number))
        command = [sys.executable, "build.py", "build", "--without", "prints"]
        more = ([], ["--clean"], [])
        together = [subprocess.Popen([*command, *options], cwd=checkout) for options in more]
        assert [process.wait() for process in together] == [0, 0, 0]
        assert differing(contents(site), made_clean(checkout)) == []


def shorten_the_name_of_assets(root: Path) -> None:
    replace(root / "hooks/kehoach/building/assets.py", "[:12]", "[:10]")


def cap_sections(root: Path) -> None:
    code = root / "hooks/kehoach/building/mkdocs_adapter.py"
    replace(code, "= self._render(section)", "= self._render(section.upper())")


def redraw(root: Path) -> None:
    replace(root / "theme/print/document.typ", "#let ", "#set text(fill: red)\n#let ")


def forget_a_term(root: Path) -> None:
    replace(root / "theme/print/terms.txt", "\nkhoa học\n", "\n")


def damage_templates(root: Path) -> None:
    for file in (root / ".cache/build/templates").iterdir():
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 0xFF
        file.write_bytes(content)
    shutil.rmtree(root / "site")


def change_what_a_link_leads_to(root: Path) -> None:
    (root.parent / "ngoai.css").write_text("p { color: red }")


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (shorten_the_name_of_assets, ["prints", "search"]),
        (cap_sections, ["prints", "search"]),
        (damage_templates, ["prints", "search"]),
        (change_what_a_link_leads_to, ["prints", "search"]),
        (redraw, ["search"]),
        (forget_a_term, ["search"]),
    ],
)
def test_code_and_theme_that_changed_make_the_site_of_a_clean_build(checkout, edit, left):
    options = [option for what in left for option in ("--without", what)]
    (checkout.parent / "ngoai.css").write_text("p { color: blue }")
    (checkout / "theme/assets/css/ngoai.css").symlink_to(checkout.parent / "ngoai.css")
    build(checkout, checkout / "site", *options)
    before = contents(checkout / "site")
    edit(checkout)
    build(checkout, checkout / "site", *options)
    now = contents(checkout / "site")
    build(checkout, checkout / "clean", "--clean", *options)
    assert differing(now, contents(checkout / "clean")) == []
    assert (differing(now, before) == []) == (edit is damage_templates)


def test_a_check_between_two_builds_hides_nothing_that_went(checkout):
    assert made(checkout)
    replace(checkout / PLAN, "- id: tuyen-truyen-ngay-khcn", "- id: tuyen-truyen")
    project = building.open_project(building.configure(checkout, checkout / "site"))
    assert not project.errors
    project.save()
    assert differing(made(checkout), made_clean(checkout)) == []


def test_a_file_in_the_way_of_what_is_made_makes_no_site_until_it_goes(checkout):
    before = made(checkout)
    for name in ("feed.xml", "sitemap.xml"):
        file = checkout / "content" / name
        file.write_text("một")
        assert made(checkout) is None
        assert made_clean(checkout) is None
        file.unlink()
        assert differing(made(checkout), before) == []


def test_what_stands_at_an_old_address_follows_what_it_is_a_copy_of(checkout):
    replace(checkout / PLAN, "\ntitle: ", "\naliases: [ke-hoach/2022/cu]\ntitle: ")
    assert "ke-hoach/2022/cu/index.ics" in made(checkout)
    replace(
        checkout / PLAN, "      Thông tin, tuyên truyền về", "      Thông tin và tuyên truyền về"
    )
    assert differing(made(checkout), made_clean(checkout)) == []


def test_settings_from_the_environment_reach_the_layout(checkout, monkeypatch):
    settings = checkout / "mkdocs.yml"
    settings.write_text(re.sub("site_name: .*", "site_name: !ENV TRANG", settings.read_text()))
    for name in ("Trang một", "Trang hai"):
        monkeypatch.setenv("TRANG", name)
        assert f"{name}</title>" in made(checkout)["index.html"].decode()


def test_a_file_that_took_the_place_of_one_as_long_and_as_old_is_served(checkout):
    replace(checkout / PLAN, "\ntitle: ", "\nattachments: [{file: phu-luc.pdf, title: T}]\ntitle: ")
    file = checkout / "content/ke-hoach/2022/phu-luc.pdf"
    for content in (b"%PDF-1.4 A", b"%PDF-1.4 B"):
        file.write_bytes(content)
        os.utime(file, (1, 1))
        assert made(checkout)["ke-hoach/2022/phu-luc.pdf"] == content


def test_a_clone_that_was_shallow_tells_all_once_it_is_whole(checkout):
    shallow = checkout.with_name("shallow")
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "--allow-empty", "-m", "Như đang có")
    git(checkout, "clone", "-q", "--depth", "1", f"file://{checkout}", str(shallow))
    assert made(shallow)
    git(shallow, "fetch", "-q", "--unshallow")
    assert differing(made(shallow), made_clean(shallow)) == []


def test_one_edit_writes_what_it_concerns_and_nothing_else(checkout):
    site = checkout / "site"
    build(checkout, site, "--without", "prints", "--without", "search")
    stamps = {path: (site / path).stat().st_mtime_ns for path in contents(site)}
    replace(checkout / PLAN, "## I. MỤC ĐÍCH", "Một đoạn mới viết.\n\n## I. MỤC ĐÍCH")
    build(checkout, site, "--without", "prints", "--without", "search")
    now = {path: (site / path).stat().st_mtime_ns for path in contents(site)}
    written = {path for path, when in now.items() if stamps.get(path) != when}
    records = {path for path in written if re.match(r"api/v1/2022/(records-|index)", path)}
    assert "ke-hoach/2022/ngay-khcn-quang-ngai/index.html" in written
    assert len(records) == 2
    assert len(written - records) <= 4, sorted(written)


def test_however_many_processes_share_a_build_it_is_the_same_site(checkout, monkeypatch):
    content = checkout / "content"
    many = checkout.with_name("many")
    corpus.write(many, content, 120, seed=3, events=2)
    shutil.rmtree(content)
    many.rename(content)
    found, forks = {}, []
    os.register_at_fork(after_in_parent=lambda: forks.append(cores))
    monkeypatch.setattr(crew, "has_threads", lambda: False)  # those that other tests have left
    for cores in (1, 2, 3):
        monkeypatch.setattr(crew, "CORES", cores)
        found[cores] = made_clean(checkout)
        assert (cores in forks) == (cores > 1)
        assert found[cores].keys() == found[1].keys()
        assert differing(found[cores], found[1]) == []
    assert len(found[1]) > 1_000


def test_an_edit_indexes_its_own_year_alone(checkout, monkeypatch):
    assert made(checkout)
    indexed = []
    of_year = search.of_year
    monkeypatch.setattr(
        search,
        "of_year",
        lambda library, year, keep: indexed.append(year) or of_year(library, year, keep),
    )
    replace(checkout / PLAN, "\ntitle: Tổ chức", "\ntitle: Mở")
    assert made(checkout)
    assert indexed == [2022]


def test_layouts_follow_the_code_that_cuts_them(checkout):
    site, cutter = checkout / "site", checkout / "hooks/kehoach/building/layout.py"
    build(checkout, site, "--without", "prints", "--without", "search")
    replace(cutter, '_INDENT.sub("\\n", text)', "text")
    build(checkout, site, "--without", "prints", "--without", "search")
    now = contents(site)
    build(checkout, site, "--clean", "--without", "prints", "--without", "search")
    assert differing(now, contents(site)) == []
    assert b"\n  <meta" in now["index.html"]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda kept: kept.write_bytes(b"?")])
def test_an_index_that_was_lost_is_made_again(checkout, spoil):
    assert made(checkout)
    kept = sorted((checkout / building.CACHE / "search").iterdir())
    assert len(kept) > 3
    for bundle in kept:
        spoil(bundle)
    known = checkout / "content" / "tu-viet-tat.yml"
    known.write_text(known.read_text("utf-8") + "THỬ: thử nghiệm\n", "utf-8")
    shutil.rmtree(checkout / "site" / "tim-kiem" / "chi-muc")
    assert differing(made(checkout), made_clean(checkout)) == []


def test_a_build_with_nothing_to_do_forgets_nothing_of_the_texts(checkout):
    memory = checkout / building.CACHE / "memory"

    def known() -> int:
        with contextlib.closing(sqlite3.connect(memory)) as store:
            return store.execute("SELECT count(*) FROM made").fetchone()[0]

    made(checkout)
    first = known()
    assert first > 3 * len(plans(checkout))
    made(checkout)
    assert known() == first
