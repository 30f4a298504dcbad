"""The build: what changed is made again, beside the public site, and then takes its place.

`settings` tells what the department wants; `mkdocs_adapter` has MkDocs give the frame (`frame`); the
rooms give the parts (`assembling`); the traces tell which of them stand as they are; the tree
holds the files.

What only a build needs is imported by it: `check` shows nothing, so it does without the rooms.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kehoach.building import locking
from kehoach.building.problem import SetupError
from kehoach.building.program import HOOKS
from kehoach.building.project import Project, open_project
from kehoach.building.settings import CACHE, Settings, configure
from kehoach.hashing import fingerprint
from kehoach.pages import SECTIONS

if TYPE_CHECKING:
    from kehoach.building.frame import Frame, Layouts

__all__ = [
    "CACHE",
    "Settings",
    "build",
    "configure",
    "locked",
    "open_project",
    "using_cache",
]

SIGN = "api/v1/build.json"  # what every site has and no other folder


def build(
    root: Path,
    out: Path,
    *,
    strict: bool,
    project: Project | None = None,
    with_prints: bool = True,
    with_search: bool = True,
) -> None:
    """Bring the site in `out` up to date in one step; a failure leaves it as it was.

    Raises SetupError where something else than a site stands there, which would be gone.
    """
    from kehoach.building.assembling import Assembly
    from kehoach.building.making import GROUP, PART, Making
    from kehoach.building.tree import Tree

    settings = configure(root, out)
    out = settings.out
    _refuse(out, [settings.content, settings.theme, HOOKS])
    drafts = bool(project and project.drafts)
    state = settings.state(drafts=drafts)
    with locked(settings, drafts=drafts):
        project = project or open_project(settings)
        traces = project.traces
        tree = Tree(out, _beside(out, state), traces.site)
        if not tree.stands:
            traces.forget(PART)
            traces.forget(GROUP)
        with _placing(out):
            tree.open()
        frame = _frame(settings, project, strict, state)
        assembly = Assembly(project, frame, tree.next.root, with_prints, with_search)
        _ = project.history_states  # read once, for all of a crew
        Making(assembly, tree.next).make()
        with _placing(out):
            traces.site = tree.close()
        for prefix in (PART, GROUP):  # but those of this build
            traces.forget(prefix)
        project.save(whole=True)


def _refuse(out: Path, sources: list[Path]) -> None:
    """Refuse `out` as the place of a site, unless it is one, or empty, or can be made."""
    if any(out.is_relative_to(source.resolve()) for source in sources):
        raise SetupError(f"{out} là nguồn của trang: trang dựng ra phải nằm ở thư mục khác.")
    if out.is_mount():
        raise SetupError(f"{out} là điểm gắn kết (mount): để trang trong một thư mục bên trong nó.")
    with _placing(out):
        if out.is_dir():
            foreign = any(out.iterdir()) and not (out / SIGN).is_file()
        else:
            foreign = out.exists() or out.is_symlink()
            out.parent.mkdir(parents=True, exist_ok=True)
    if foreign:
        raise SetupError(f"{out} đã có nội dung khác: chọn thư mục trống hoặc chưa có.")


@contextmanager
def _placing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SetupError(f"Không dùng được {out} làm nơi để trang: {error.strerror}.") from None


def _beside(out: Path, state: Path) -> Path:
    """Where the next site is made: out of sight, but where it can be moved from in one step."""
    near = out.parent.stat().st_dev == state.stat().st_dev
    return state / "site" if near else out.with_name(f".{out.name}.next")


def _frame(settings: Settings, project: Project, strict: bool, state: Path) -> "Frame":
    from kehoach.building.frame import Frame, state_of
    from kehoach.building.templates import CompiledTemplates
    from kehoach.pages.page import Templates

    def make(files: Path, sections: set[str]) -> tuple[str, "Layouts"]:
        from kehoach.building import mkdocs_adapter  # late: most builds need no MkDocs

        return mkdocs_adapter.make_frame(settings, strict, files, sections)

    shelf = project.shelf
    key = fingerprint(
        settings.fingerprint, project.traces.program, state_of(settings.theme), strict
    )
    templates = Templates(
        settings.theme / "pages",
        CompiledTemplates(settings.cache / "templates"),
    )
    folders = (name for name in shelf.folders if not name.endswith(".md"))
    return Frame(state / "frame", key, templates, make, {*SECTIONS, *folders})


using_cache = locking.using_cache


def locked(settings: Settings, *, drafts: bool = False) -> AbstractContextManager[None]:
    """Read and build while no other process does for the same folder.

    Who reads first and waits then would publish what is older over what is newer.
    """
    return locking.holding(settings.state(drafts=drafts) / "lock")
