"""A small site whose every page names its release, and a publisher in a process of its own."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HOOKS = Path(__file__).parents[2] / "hooks"
PAGES = 40
STEADY = 20
_WORDS = "Ngày Khoa học và Công nghệ Việt Nam 18/5. " * 30
_PROGRAM = """
import sys
from pathlib import Path
from kehoach.releasing import PublishError, publish
try:
    print(publish(Path(sys.argv[1]), sys.argv[2], say=lambda line: print(line, file=sys.stderr)).id)
except PublishError as error:
    sys.exit("\\n".join(error.lines))
"""


def make_site(folder: Path, release: str, *, pages: int = PAGES, steady: int = STEADY) -> Path:
    """`pages` pages that name `release`, `steady` pages that do not, linked in a ring; no clock."""
    style = f"body {{ --release: {release} }}\n" + "p { margin: 0 }\n" * 60
    stylesheet = f"assets-{hashlib.sha256(style.encode()).hexdigest()[:12]}/css/site.css"
    write(folder / stylesheet, style)
    names = [f"ke-hoach/2022/p{number}/" for number in range(pages)]
    for number, name in enumerate(names):
        following = names[(number + 1) % pages]
        write(folder / name / "index.html", page(release, "../../../", stylesheet, following))
    for number in range(steady):
        write(folder / f"tinh/{number}/index.html", page("bất biến", "../../", "", names[0]))
    write(folder / "index.html", page(release, "./", stylesheet, names[0]))
    write(folder / "404.html", page(release, "/", stylesheet, names[0]))
    write(folder / "lich.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    write(folder / "feed.xml", f"<feed>{release}</feed>")
    return folder


def page(release: str, root: str, stylesheet: str, following: str) -> str:
    link = f'<link rel="stylesheet" href="{root}{stylesheet}">' if stylesheet else ""
    return (
        f'<!doctype html><html lang="vi"><head><title>{release}</title>{link}</head><body>'
        f'<p id="i">release={release};</p><p>{_WORDS}</p><a href="{root}{following}#i">sau</a>'
        f"<p>release={release};</p></body></html>"
    )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def published(target: Path) -> str:
    """The release that the home page of `target` names."""
    return (target / "current" / "index.html").read_text().split("release=")[1].split(";")[0]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def start(site: Path, target: str | Path, **options: object) -> subprocess.Popen[str]:
    """A publisher as a process: prints the release's id, or fails with the reasons."""
    command = [sys.executable, "-c", _PROGRAM, str(site), str(target)]
    environment = os.environ | {"PYTHONPATH": str(HOOKS)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=environment, **pipes, **options)
