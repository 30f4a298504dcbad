"""A Git server's `post-receive` hook: what is pushed to the main branch is built and published.

The main branch becomes the live site, any other branch a preview at `/xem-truoc/<branch>/`,
unlisted and not indexed, gone with its branch. Git shows the pusher every line that is said here.
What builds is the program that `install_hook` put beside the repository (see `installed`), never
one that was pushed.
"""

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kehoach.records.text import slug
from kehoach.releasing import limits
from kehoach.releasing.folder import Folder, Say, make_open
from kehoach.releasing.installed import SETTINGS, Program, read_settings
from kehoach.releasing.limits import Limits
from kehoach.releasing.manifest import Manifest
from kehoach.releasing.problem import PublishError, TargetError
from kehoach.releasing.publishing import publish, releases, store_at, telling

PREVIEWS = "xem-truoc"

_HEADS = "refs/heads/"
_FINDINGS = 1  # the build's exit code for what an author can mend
_CRASH = "Traceback (most recent call last):"  # Python's own, which ends with 1 as well
_REMOVALS = "allow-removals"  # git push -o allow-removals
_MARK = "# kehoach: builds and publishes what is pushed"
_HOOK = """\
#!/bin/sh
{mark} (installed by build.py publish --install-hook)
if [ ! -x {python} ]; then
  echo "Không công bố được: thiếu {python}. Chạy lại build.py publish --install-hook trên máy chủ."
  exit 1
fi
PYTHONUTF8=1 PYTHONPATH={hooks} PYTHONSAFEPATH=1 exec {python} -m kehoach.releasing
"""
_SUBMODULE = "160000"  # the mode of a commit in a tree
_HASHED = re.compile(r"(?:.*-)?[0-9a-f]{12}")
_STOPPED = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP)
_ROBOTS = b'<meta name="robots" content="noindex, nofollow">'


@dataclass(frozen=True, slots=True)
class Server:
    """A bare repository that publishes: its main branch, the target, the site's address, what builds
    and what that may take."""

    repository: Path
    target: Path
    branch: str
    url: str
    program: Program
    limits: Limits

    @property
    def room(self) -> Path:
        """Where worktrees and builds stand."""
        return self.repository / "kehoach"


def install_hook(
    repository: Path,
    target: str,
    *,
    url: str = "",
    branch: str = "main",
    seconds: int = 0,
    megabytes: int = 0,
    program: Path | None = None,
) -> Path:
    """Make the bare `repository` publish to the folder `target`; returns the hook's path.

    The program in the folder `program`, by default this one, is copied beside the repository: it
    builds whatever is pushed until the next call installs another. A build may take `seconds` of time
    and `megabytes` of memory; 0 is what was said before, or what `Limits` says. Raises TargetError
    where `repository` is none or has another hook, or `target` is remote.
    """
    store = store_at(target)
    if not isinstance(store, Folder):
        raise TargetError(
            ["máy chủ Git công bố vào một thư mục của chính nó: ghi đường dẫn thư mục"]
        )
    hook = repository / "hooks" / "post-receive"
    if not (repository / "HEAD").is_file():
        raise TargetError(
            [f"{repository} không phải kho Git trần: tạo bằng git init --bare {repository}"]
        )
    if hook.exists() and _MARK not in hook.read_text(errors="replace"):
        raise TargetError([f"{hook} đã có và không phải của kehoach: gộp hoặc dời đi trước"])
    store.make()
    room = repository / "kehoach"
    room.mkdir(exist_ok=True)
    source = program or Path(__file__).resolve().parents[3]
    installed = Program.install(source, room.absolute())
    settings = {
        "target": str(store.root),
        "branch": branch,
        "url": url,
        "program": str(installed.folder),
    }
    limits = {"seconds": seconds, "megabytes": megabytes}
    settings |= {key: str(value) for key, value in limits.items() if value}
    for key, value in settings.items():
        _git(repository, "config", f"kehoach.{key}", value)
    _git(repository, "config", "receive.advertisePushOptions", "true")
    # The program's own code runs the hook too; one without hooks/ (a test's) is run by this one.
    hooks = installed.folder / "hooks"
    hooks = hooks if (hooks / "kehoach").is_dir() else Path(__file__).resolve().parents[2]
    python = shlex.quote(str(Path(sys.executable).absolute()))
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(_HOOK.format(mark=_MARK, python=python, hooks=shlex.quote(str(hooks))))
    hook.chmod(0o755)
    return hook


def server_of(repository: Path) -> Server:
    """The settings that `install_hook` left in the repository."""
    keys = ("target", "branch", "url", "program", "seconds", "megabytes")
    target, branch, url, program, *bounds = (
        _git(repository, "config", "--default", "", f"kehoach.{key}") for key in keys
    )
    if not program:
        hint = "chạy lại build.py publish --install-hook trên máy chủ"
        raise PublishError([f"máy chủ chưa cài chương trình dựng trang: {hint}"])
    seconds, megabytes = (int(bound) if bound.isdigit() else 0 for bound in bounds)
    usual = Limits()
    return Server(
        repository.absolute(),
        Path(target),
        branch,
        url,
        Program(Path(program)),
        Limits(seconds or usual.seconds, megabytes or usual.megabytes),
    )


def receive(server: Server, updates: Iterable[str], options: Iterable[str], say: Say) -> int:
    """Handle a push: `updates` are Git's lines `old new ref`. 0, or 1 where something failed."""
    failed = False
    for update in filter(None, updates):
        _, new, ref = update.split(" ", 2)
        if not ref.startswith(_HEADS):
            continue
        branch = ref.removeprefix(_HEADS)
        gone = not new.strip("0")
        try:
            with telling():
                if branch != server.branch:
                    (_drop if gone else _preview)(server, branch, say)
                elif gone:
                    say(f"Nhánh {shown(branch)} bị xoá; trang đang công bố giữ nguyên.")
                else:
                    _publish(server, _REMOVALS in options, say)
        except PublishError as error:
            failed = True
            for line in _refusal(server, branch, error):
                say(line)
    _forget_branches(server)
    return int(failed)


def _refusal(server: Server, branch: str, error: PublishError) -> Iterator[str]:
    """The lines for the pusher: the reasons, what stands as it was, and the way on."""
    yield from (f"  {line}" for line in error.lines)
    if branch != server.branch:
        yield "Bản xem trước giữ nguyên như cũ."
        return
    live = _live(server)
    yield (
        f"Trang đang công bố giữ nguyên: bản {live.id}."
        if live
        else "Chưa có bản nào được công bố."
    )
    if any("--allow-removals" in line for line in error.lines):
        yield f"Nếu đúng ý: git commit --allow-empty -m 'Lý do' && git push -o {_REMOVALS}"


def folder_name(branch: str) -> str:
    """A folder for `branch` that no other branch has and that leads nowhere else.

    Only a name that could not be made from another stands for itself.
    """
    name = slug(shown(branch))[:60].strip("-")
    if name == branch and not _HASHED.fullmatch(name):
        return name
    made_from = hashlib.sha256(os.fsencode(branch)).hexdigest()[:12]
    return f"{name}-{made_from}".strip("-")


def shown(branch: str) -> str:
    """The name of a branch as people can be told it: Git takes any bytes."""
    return os.fsencode(branch).decode("utf-8", "replace")


def _publish(server: Server, allow_removals: bool, say: Say) -> None:
    with _turn(server, server.branch, say):
        commit = _commit(server, server.branch)
        if not commit:
            return
        live = _live(server)
        if live and live.commit == commit:
            say(f"Bản {commit[:7]} đã được công bố cùng một lần đẩy khác.")
            return
        with _built(server, server.branch, commit, say) as site:
            manifest = publish(
                site,
                str(server.target),
                url=server.url,
                commit=commit,
                allow_removals=allow_removals,
                say=say,
            )
    where = server.url or server.target
    say(f"Đã công bố {manifest.pages} trang, bản {manifest.id}, từ {commit[:7]}: {where}")


def _preview(server: Server, branch: str, say: Say) -> None:
    name = folder_name(branch)
    with _turn(server, branch, say):
        commit = _commit(server, branch)
        if not commit:
            return
        with _built(server, branch, commit, say) as site:
            _hide(site)
            releases_of = server.target / "previews" / name
            publish(site, str(releases_of), commit=commit, keep=2, allow_removals=True, say=say)
            _show(server, name)
    say(f"Bản xem trước của nhánh {shown(branch)}: {server.url or '/'}{PREVIEWS}/{name}/")


def _drop(server: Server, branch: str, say: Say) -> None:
    with _turn(server, branch, say):
        if _commit(server, branch):  # pushed again meanwhile
            return
        _remove(server, folder_name(branch))
    say(f"Đã gỡ bản xem trước của nhánh {shown(branch)}.")


@contextmanager
def _turn(server: Server, branch: str, say: Say) -> Iterator[None]:
    """One push at a time for each branch; who comes second then finds the newest commit."""
    server.room.mkdir(exist_ok=True)
    with (server.room / f"{folder_name(branch)}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Đang chờ lần đẩy trước của nhánh này công bố xong …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _built(server: Server, branch: str, commit: str, say: Say) -> Iterator[Path]:
    """The site of `commit`, built by the installed program in the branch's own worktree."""
    worktree = _worktree(server, branch, commit)
    url = _tell_of_program(server, worktree, commit, say)
    if branch == server.branch and not url:
        raise PublishError([f"đặt site_url trong {SETTINGS}, là địa chỉ mà trang sẽ đứng"])
    with tempfile.TemporaryDirectory(dir=server.room, prefix="site.") as folder:
        site = Path(folder) / "site"
        code, crashed = _build(server, worktree, site, say)
        if crashed:
            say("Dựng trang hỏng; bỏ bộ nhớ đệm và dựng lại từ đầu …")
            shutil.rmtree(worktree / ".cache", ignore_errors=True)
            shutil.rmtree(site, ignore_errors=True)
            code, _ = _build(server, worktree, site, say)
        if code:
            raise PublishError(["Không công bố: sửa các lỗi nêu trên rồi đẩy lại."])
        yield site


def _tell_of_program(server: Server, worktree: Path, commit: str, say: Say) -> str:
    """Lay the settings of `commit` out for the installed program; tell the pusher what of the push is
    not used. Returns the address that the settings give the site, "" for none."""
    if not _try_git(server.repository, "cat-file", "-e", f"{commit}:{SETTINGS}"):
        raise PublishError([f"bản đẩy lên không có {SETTINGS}"])
    pushed = _git(server.repository, "cat-file", "blob", f"{commit}:{SETTINGS}")
    keys = server.program.lay(worktree, f"{pushed}\n")
    parts = server.program.differing(server.repository, commit, _environment())
    if parts or keys:
        names = [*parts, *(f"{SETTINGS} ({key})" for key in keys)]
        say(f"Bản đẩy lên có chương trình khác bản đã cài trên máy chủ: {', '.join(names)}.")
        say("Trang được dựng bằng bản đã cài, chỉ lấy văn bản và thiết lập của bản đẩy lên.")
        say("Quản trị viên nâng cấp bằng: python3 build.py publish … --install-hook …")
    return str(read_settings(pushed).get("site_url") or "")


def _build(server: Server, worktree: Path, site: Path, say: Say) -> tuple[int, bool]:
    """The build's exit code, and whether it broke down rather than found something to mend.

    Raises PublishError where it took more than it may, or was ended by somebody else.
    """
    options = ["--project", str(worktree), "--out", str(site), "--released", str(server.target)]
    command = [*server.program.command, "build", *options]
    crashed = False

    def hear(line: str) -> None:
        nonlocal crashed
        crashed |= line.startswith(_CRASH)
        say(line)

    code, reason = limits.run(command, worktree, _environment(), server.limits, hear)
    if reason:
        hint = "báo quản trị viên máy chủ, hoặc tách bớt nội dung vừa thêm"
        raise PublishError([f"việc dựng trang {reason} nên đã bị dừng: {hint}"])
    if code in _STOPPED:
        raise PublishError(["việc dựng trang bị dừng giữa chừng trên máy chủ: đẩy lại để dựng lại"])
    return code, crashed or code not in (0, _FINDINGS)


def _worktree(server: Server, branch: str, commit: str) -> Path:
    """The branch's worktree with the texts of `commit` and no other file of it, kept for its .cache,
    made anew if damaged."""
    worktree = server.room / "worktrees" / folder_name(branch)
    content = server.program.content
    for name in ("theme", "hooks"):  # ours, from the last time
        if (worktree / name).is_symlink():
            (worktree / name).unlink()
    if not _checked_out(worktree, content, commit):
        shutil.rmtree(worktree, ignore_errors=True)
        _git(server.repository, "worktree", "prune")
        add = ("worktree", "add", "--quiet", "--force", "--no-checkout", "--detach")
        _git(server.repository, *add, str(worktree), commit)
        _git(worktree, "sparse-checkout", "set", "--no-cone", f"/{content}/")
        _git(worktree, "checkout", "--quiet", "--force", "--detach", commit)
    if (worktree / content).is_symlink() or not (worktree / content).is_dir():
        raise PublishError([f"{content}/ trong bản đẩy lên không phải là một thư mục"])
    listed = _git(server.repository, "ls-tree", "-r", "-z", commit, "--", f"{content}/")
    nested = [entry.partition("\t")[2] for entry in listed.split("\0") if entry[:6] == _SUBMODULE]
    if nested:
        raise PublishError(
            [
                f"{shown(name)} là một kho Git riêng (submodule): chép các tệp vào đó"
                for name in nested
            ]
        )
    return worktree


def _checked_out(worktree: Path, content: str, commit: str) -> bool:
    """Whether the worktree of an earlier push could be brought to `commit`."""
    steps = (
        ("sparse-checkout", "set", "--no-cone", f"/{content}/"),
        ("checkout", "--quiet", "--force", "--detach", commit),
        ("clean", "--quiet", "-ffdx", "--", content),
    )
    return worktree.exists() and all(_try_git(worktree, *step) for step in steps)


def _hide(site: Path) -> None:
    """Every page of a preview asks search engines to stay away, whatever server shows it."""
    for page in site.rglob("*.html"):
        page.write_bytes(
            re.sub(rb"<head\b[^>]*>", lambda head: head[0] + _ROBOTS, page.read_bytes(), count=1)
        )


def _show(server: Server, name: str) -> None:
    link = server.target / PREVIEWS / name
    make_open(link.parent)
    if not link.is_symlink():
        link.symlink_to(f"../previews/{name}/current")


def _forget_branches(server: Server) -> None:
    """Previews whose branch went away while no hook ran."""
    heads = _git(server.repository, "for-each-ref", "--format=%(refname:strip=2)", _HEADS).split(
        "\n"
    )
    kept = {folder_name(head) for head in heads}
    previews = server.target / "previews"
    for preview in sorted(previews.iterdir()) if previews.is_dir() else ():
        if preview.name not in kept:
            _remove(server, preview.name)


def _remove(server: Server, name: str) -> None:
    (server.target / PREVIEWS / name).unlink(missing_ok=True)
    shutil.rmtree(server.target / "previews" / name, ignore_errors=True)
    shutil.rmtree(server.room / "worktrees" / name, ignore_errors=True)
    _git(server.repository, "worktree", "prune")


def _live(server: Server) -> Manifest | None:
    return next((manifest for manifest, live in releases(str(server.target)) if live), None)


def _commit(server: Server, branch: str) -> str:
    """The commit that the branch points at now, "" where it is gone (or its name is none)."""
    command = [
        "git",
        "rev-parse",
        "--quiet",
        "--verify",
        "--end-of-options",
        f"{_HEADS}{branch}^{{commit}}",
    ]
    done = subprocess.run(
        command,
        cwd=server.repository,
        env=_environment(),
        capture_output=True,
        check=False,
    )
    return done.stdout.decode().strip()


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, check=False)
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise PublishError([f"git {arguments[0]} hỏng: {line}" for line in lines])
    return os.fsdecode(done.stdout).strip("\n")


def _try_git(folder: Path, *arguments: str) -> bool:
    return not subprocess.run(
        ["git", *arguments], cwd=folder, env=_environment(), capture_output=True
    ).returncode


def _environment() -> dict[str, str]:
    """Without what Git tells its hooks, which would lead the build's Git into the bare repository, and
    without what this process tells its own Python."""
    own = ("GIT_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return kept | {"PYTHONUTF8": "1"}


def _say(line: str) -> None:
    """To the pusher; who hangs up is not waited for, the publishing goes on."""
    try:
        print(line.encode("utf-8", "replace").decode(), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> int:
    count = int(os.environ.get("GIT_PUSH_OPTION_COUNT", "0"))
    options = [os.environ[f"GIT_PUSH_OPTION_{index}"] for index in range(count)]
    updates = os.fsdecode(sys.stdin.buffer.read()).split("\n")
    try:
        server = server_of(Path.cwd())
    except PublishError as error:
        for line in error.lines:
            _say(line)
        return 1
    return receive(server, updates, options, _say)
