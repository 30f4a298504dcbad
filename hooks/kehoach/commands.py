"""The commands of build.py, run once their environment stands; each returns its exit code.

A command imports what it alone needs, so that `build` starts fast.
"""

import argparse
import contextlib
import importlib
import inspect
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kehoach import building, locks, progress
from kehoach.building import recognised, translating
from kehoach.building.problem import SetupError
from kehoach.building.project import git
from kehoach.building.shelf import Changed
from kehoach.records.finding import Severity
from kehoach.records.library import Library
from kehoach.site import TIMEZONE

# What the tests drive besides Python: command or file -> Debian package.
DEBIAN = {
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "nginx": "nginx-light",
    "wrk": "wrk",
    "rsync": "rsync",
    "node": "nodejs",
    "npm": "npm",
    "java": "default-jre-headless",
    "caddy": "caddy",
    "openssl": "openssl",
    "soffice": "libreoffice-writer-nogui",
    "tesseract": "tesseract-ocr",
    "/usr/share/tesseract-ocr/5/tessdata/vie.traineddata": "tesseract-ocr-vie",
    "pandoc": "pandoc",
    "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so": "libnginx-mod-http-brotli-static",
}
# The tests that the quick loop leaves out, by their marks in pyproject.toml.
SLOW = "built or browser or node or libreoffice or heavy"


def run(options: argparse.Namespace, root: Path) -> int:
    reads = options.command in ("build", "check", "new", "import", "print", "publish")
    anew = getattr(options, "clean", False)
    progress.show(quiet=getattr(options, "quiet", False))
    try:
        with building.using_cache(root, anew=anew) if reads else contextlib.nullcontext():
            return _COMMANDS[options.command](options, root)
    except Changed as error:
        say(f"{error}. Hãy chạy lại lệnh này.")
        return 1
    except SetupError as error:
        say(str(error))
        return 2
    except Exception as error:
        if said := _of_templates(error):
            say(f"Mẫu trang trong theme/ không dùng được: {said}")
            return 2
        raise


def _of_templates(error: Exception) -> str:
    """Jinja's message about a template, with file and line; "" for other errors."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError  # late: seldom needed

    if not isinstance(error, TemplateError):
        return ""
    if isinstance(error, TemplateNotFound):
        return f"thiếu {error.name}"
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or error.filename}, dòng {error.lineno}: {error.message}"
    return f"{error.message}"


def build(options: argparse.Namespace, root: Path) -> int:
    started = time.monotonic()
    settings = building.configure(root, options.out)
    with building.locked(settings):
        if code := _build(options, settings):
            return code
    if not options.quiet:
        say(f"Đã dựng {options.out} trong {time.monotonic() - started:.1f} giây.")
    return 0


def _build(options: argparse.Namespace, settings: building.Settings) -> int:
    from kehoach import reporting

    with progress.stage("Đọc, rà soát văn bản"):
        project = building.open_project(settings, released=_released(options.released))
        for line in filter(None, (project.traces.trouble, *project.remarks)):
            say(line)
        _ = project.findings
    reporting.print_findings(project.findings, project.library, colour=sys.stdout.isatty())
    strict = options.strict or translating.of(project.site.extra).get("strict", False)
    if project.errors or (strict and project.findings):
        say(f"Chưa dựng lại trang: {options.out} giữ nguyên như trước.")
        return 1
    building.build(
        settings.root,
        settings.out,
        strict=strict,
        project=project,
        with_prints="prints" not in options.without,
        with_search="search" not in options.without,
    )
    return 0


def _released(target: str) -> frozenset[str]:
    """The addresses that the releases of `target` have held; none where no target is named."""
    if not target:
        return frozenset()
    from kehoach import releasing

    try:
        return releasing.addresses(target)
    except releasing.PublishError as error:
        raise SetupError("\n".join(error.lines)) from None


def check(options: argparse.Namespace, root: Path) -> int:
    from kehoach import reporting

    if options.write_docs:
        write_docs(root)
    project = building.open_project(building.configure(root, root / "site"))
    named = [
        os.path.relpath(Path(path).resolve(), root).replace(os.sep, "/") for path in options.paths
    ]
    if strange := [path for path in named if not is_content(root, path, project.library.root)]:
        say("Không có trong content/: " + ", ".join(strange))
        return 2
    if options.fix and _fix(project.library, named):
        project = building.open_project(building.configure(root, root / "site"))
    for remark in project.remarks:
        say(remark)
    with progress.stage("Rà soát văn bản"):
        findings = project.findings
    with contextlib.suppress(OSError):  # where nothing may be written
        project.save()
    if named:
        findings = reporting.under(findings, named)
    if options.severity == Severity.ERROR:
        findings = [finding for finding in findings if finding.severity is Severity.ERROR]
    colour = options.format == "text" and sys.stdout.isatty()
    reporting.print_findings(findings, project.library, form=options.format, colour=colour)
    return int(bool(findings))


def _fix(library: Library, named: list[str]) -> bool:
    """Mend what was pasted into the documents at `named`, all without any; whether anything was."""
    from kehoach import mending, reporting

    chosen = [
        document
        for document in library.documents
        if not named or reporting.lies_under(document.path, named)
    ]
    return any([mending.mend(document, library, _write) for document in chosen])


def _write(text: str) -> None:
    sys.stderr.write(text)


def is_content(root: Path, path: str, content: Path) -> bool:
    return (root / path).exists() and (root / path).is_relative_to(content)


def write_docs(root: Path) -> None:
    """Write what is generated from the code and kept in Git: the rules' pages and the schemas."""
    from kehoach import schema
    from kehoach.rules import guide

    settings = {"huong-dan/thiet-lap.md": recognised.guide_page()}
    pages = {path: text.encode() for path, text in guide.pages(root / "tests" / "rules").items()}
    for path, content in {**pages, **schema.schemas(), **settings}.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_bytes(content)


def serve(options: argparse.Namespace, root: Path) -> int:
    from kehoach import serving

    with contextlib.suppress(KeyboardInterrupt):
        serving.serve(root, options.port, options.without, options.host)
    return 0


def print_slogan(options: argparse.Namespace, root: Path) -> int:
    from kehoach.prints.slogans import banner
    from kehoach.records.text import nearest

    project = building.open_project(building.configure(root, root / "site"))
    year, _, identifier = options.slogan.rpartition("/")
    found = [
        slogan
        for slogan in project.library.slogans
        if slogan.id == identifier and year in ("", str(slogan.year))
    ]
    if not found:
        close = nearest(identifier, (slogan.id for slogan in project.library.slogans))
        say(f"Không có khẩu hiệu `{options.slogan}`." + (f" Có phải `{close}`?" if close else ""))
        return 2
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(f"Không dùng được {options.out}: {error.strerror}.") from None
    scheme = options.scheme or project.site.scheme
    for name, content in banner(found[0], project.library, project.site, scheme):
        (options.out / name).write_bytes(content)
        print(options.out / name)
    return 0


def new(options: argparse.Namespace, root: Path) -> int:
    from kehoach import drafting

    project = building.open_project(building.configure(root, root / "site"))
    names = drafting.PLAN_OPTIONS if options.what == "plan" else drafting.MATERIAL_OPTIONS
    every = {*drafting.PLAN_OPTIONS, *drafting.MATERIAL_OPTIONS}
    asked = {name: value for name in every if (value := getattr(options, name)) is not None}
    if strange := sorted(asked.keys() - set(names)):
        say(f"new {options.what} không dùng: " + ", ".join(f"--{name}" for name in strange))
        return 2
    given = {name: asked[name] for name in names if name in asked}
    make = drafting.new_plan if options.what == "plan" else drafting.new_material
    today = datetime.now(TIMEZONE).date()
    try:
        draft = make(project.library, today, given, input if sys.stdin.isatty() else None)
        print(os.path.relpath(draft.write(project.library.root), Path.cwd()))
    except drafting.DraftError as error:
        say(str(error))
        return 2
    except EOFError:
        say("Chưa tạo dự thảo: câu trả lời bị ngắt giữa chừng.")
        return 2
    return 0


def import_documents(options: argparse.Namespace, root: Path) -> int:
    from kehoach import intake
    from kehoach.building.shelf import read_library
    from kehoach.importing import plain_text
    from kehoach.importing.drafts import Wishes
    from kehoach.importing.problem import ImportProblem

    content = building.open_project(building.configure(root, root / "site")).library.root
    into = os.path.relpath(Path(options.into).resolve(), content) if options.into else ""
    if into.startswith(".."):
        into = options.into
    wishes = Wishes(
        kind=options.kind,
        year=options.year,
        into=into,
        campaign=options.campaign,
        issuer=options.issuer,
        keep_original=options.keep_original,
    )
    ask = input if sys.stdin.isatty() and "-" not in map(str, options.files) else None
    code = 0
    for at, path in enumerate(options.files, 1):
        if len(options.files) > 1 and not options.quiet:
            say(f"{at}/{len(options.files)}: {path}")
        try:
            outcome = intake.bring_in(
                path,
                root,
                read_library(content),
                wishes,
                today=datetime.now(TIMEZONE).date(),
                say=say,
                ask=ask,
                update=options.update,
                html=plain_text.decoded(sys.stdin.buffer.read()) if str(path) == "-" else "",
            )
        except ImportProblem as error:
            say(f"{path}: {error}")
            code = max(code, 2)
            continue
        except EOFError:
            say(f"{path}: chưa nhập, câu trả lời bị ngắt giữa chừng.")
            return 2
        print(os.path.relpath(outcome.path))
        code = max(code, int(not outcome.whole))
    return code


def init(options: argparse.Namespace, root: Path) -> int:
    from kehoach import department

    asked = {name: getattr(options, name) for name in options.questions}
    if sys.stdin.isatty():
        for name, words in options.questions.items():
            if asked[name] is None:
                asked[name] = input(f"{words[0].upper()}{words[1:]}: ").strip()
    if not asked["name"]:
        say('init cần tên Sở: --name "Sở Khoa học và Công nghệ tỉnh …"')
        return 2
    given = {name: value or "" for name, value in asked.items()}
    if target := given["target"]:
        from kehoach.releasing.publishing import in_store, on_machine

        told = _told(lambda: (in_store if target.startswith("s3:") else on_machine)(target))
        if told:
            return told
    try:
        wishes = department.Wishes(**given, year=datetime.now(TIMEZONE).year)
        files = department.begin(options.folder, wishes, *department.wheel_here())
    except department.StartError as error:
        say(str(error))
        return 2
    say(f"Đã tạo {len(files)} tệp trong {options.folder}. Tiếp theo:")
    say(f"  cd {options.folder} && git init -b main && git add . && git commit -m 'Trang của Sở'")
    say("  python3 build.py serve")
    return 0


def update(options: argparse.Namespace, root: Path) -> int:
    from kehoach import department

    try:
        given = options.wheel and (options.wheel.read_bytes(), options.wheel.name)
        done = department.renew(root, *(given or department.wheel_here()))
    except (department.StartError, OSError) as error:
        say(str(error))
        return 2
    for words, names in (
        ("đã đổi", done.changed),
        ("giữ bản của Sở", done.left),
        ("chương trình có bản mới, Sở đối chiếu", done.behind),
    ):
        for name in names:
            print(f"{words}: {name}")
    if not (done.changed or done.left or done.behind):
        say("Không có gì mới.")
    return 0


def _refuse_to_publish() -> None:
    """Publishing swaps a symbolic link under a lock of the kernel's: other systems have no such swap."""
    if not locks.HAS_FLOCK:
        raise SetupError("Công bố chạy trên Linux: đẩy lên máy chủ Git, hoặc để CI công bố thay.")


def publish(options: argparse.Namespace, root: Path) -> int:
    _refuse_to_publish()
    from kehoach import releasing

    config = building.configure(root, root / "site")
    if not config.site_url:
        say("Chưa công bố: đặt site_url trong mkdocs.yml, là địa chỉ mà trang sẽ đứng.")
        return 2
    if options.install_hook:
        return _told(lambda: _install_hook(options, config.site_url or "", root))
    site = options.site or root / "site"
    if options.site is None:
        asked = argparse.Namespace(
            out=site,
            clean=False,
            strict=False,
            without=[],
            released=options.target,
            quiet=options.quiet,
        )
        if code := build(asked, root):
            return code

    def act() -> None:
        live = releasing.publish(
            site,
            options.target,
            url=config.site_url or "",
            commit=git(root, "rev-parse", "HEAD"),
            keep=options.keep,
            share=options.share,
            allow_removals=options.allow_removals,
            direct=options.direct,
            say=say,
        )
        say(f"Đang công bố bản {live.id}, {live.pages} trang: {options.target}")

    return _told(act)


def _install_hook(options: argparse.Namespace, url: str, root: Path) -> None:
    from kehoach import releasing

    hook = releasing.install_hook(
        options.install_hook,
        options.target,
        url=url,
        program=root,
        seconds=options.time_limit or 0,
        megabytes=options.memory_limit or 0,
    )
    program = releasing.server_of(options.install_hook).program
    # Its own environment is made now, where whoever installs sees what goes wrong.
    ready = [*program.command, "releases", options.target]
    if subprocess.run(ready, stdout=subprocess.DEVNULL, check=False).returncode:
        raise SetupError(
            f"Đã cài {hook}, nhưng chương trình trong {program.folder} chưa chạy được."
        )
    say(f"Đã cài {hook}: từ nay git push lên nhánh main sẽ công bố vào {options.target}")
    say("Trang được dựng bằng chương trình vừa cài; sau khi nâng cấp, chạy lại lệnh này.")


def rollback(options: argparse.Namespace, root: Path) -> int:
    _refuse_to_publish()
    from kehoach import releasing

    def act() -> None:
        live = releasing.rollback(options.target, options.to, say=say)
        say(f"Đang công bố bản {live.id}, {live.pages} trang: {options.target}")

    return _told(act)


def releases(options: argparse.Namespace, root: Path) -> int:
    _refuse_to_publish()
    from kehoach import releasing

    def act() -> None:
        found = releasing.releases(options.target)
        for release, live in found:
            mark = "→" if live else " "
            print(
                f"{mark} {release.id}  {release.time}  {release.pages} trang  {release.commit[:12]}"
            )
        if not found:
            say(f"{options.target} chưa công bố bản nào.")

    return _told(act)


def _told(act: Callable[[], object]) -> int:
    """Do what may be refused; say why it was."""
    from kehoach import releasing
    from kehoach.releasing.problem import TargetError

    try:
        act()
    except TargetError as error:
        say("\n".join(error.lines))
        return 2
    except releasing.PublishError as error:
        say("\n".join(error.lines))
        return 1
    return 0


def bench(options: argparse.Namespace, root: Path) -> int:
    """Run `tests/bench/<name>.py`: `run(root, **options)` gives the figures, `table` shows them."""
    sys.path.insert(0, str(root / "tests"))
    module = importlib.import_module(f"bench.{BENCHES.get(options.name, options.name)}")
    wanted = inspect.signature(module.run).parameters
    given = {
        name: value for name, value in vars(options).items() if name in wanted and value is not None
    }
    figures = module.run(root, **given)
    print(
        json.dumps(figures, ensure_ascii=False, indent=1) if options.json else module.table(figures)
    )
    return 0


def test(options: argparse.Namespace, root: Path) -> int:
    missing = {
        package
        for command, package in DEBIAN.items()
        if not (shutil.which(command) or Path(command).exists())
    }
    if missing and not install(sorted(missing)):
        say("Thiếu chương trình để kiểm thử: " + ", ".join(sorted(missing)))
        say("Trên Debian, Ubuntu: apt-get install " + " ".join(sorted(missing)))
        return 1
    marks = f"not ({SLOW})" if options.quick else SLOW if options.rest else ""
    chosen = ["-m", marks] if marks else []
    return subprocess.call([sys.executable, "-m", "pytest", *chosen, *options.arguments], cwd=root)


def install(packages: list[str]) -> bool:
    """Install Debian packages where this is Debian and the user may; return whether that was done."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say("Cài để kiểm thử: " + ", ".join(packages))
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages])
    return all(
        subprocess.call(step, env=environment, stdout=subprocess.DEVNULL) == 0 for step in steps
    )


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


_COMMANDS = {
    "build": build,
    "check": check,
    "serve": serve,
    "new": new,
    "init": init,
    "update": update,
    "import": import_documents,
    "publish": publish,
    "rollback": rollback,
    "releases": releases,
    "print": print_slogan,
    "bench": bench,
    "test": test,
}
# A module called print would shadow the function, one called publish would hide what it measures.
BENCHES = {"import": "importing", "print": "printing", "publish": "publishing"}
