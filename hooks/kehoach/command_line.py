"""The commands and their options, and how a run of one begins and ends. Standard library alone.

`build.py` reads them before its environment stands; installed from a wheel, `kehoach` is the command.
"""

import argparse
import contextlib
import errno
import gc
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

_SIGINT, _SIGPIPE = 2, 13  # POSIX; Windows has no name for the second
# What the machine may refuse: room, rights, a working disk.
SURROUNDINGS = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO),
    *(errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ELOOP, errno.EMFILE, errno.ENFILE),
)
COMMANDS = (
    "build",
    "check",
    "serve",
    "new",
    "init",
    "update",
    "import",
    "publish",
    "rollback",
    "releases",
    "print",
    "bench",
    "test",
)
TARGETS = "thư mục, user@host:đường-dẫn hoặc s3://bucket/tiền-tố"
DRAFT_OPTIONS = {
    "title": "trích yếu, tên tài liệu",
    "kind": "loại tài liệu",
    "issuer": "cơ quan ban hành",
    "date": "ngày ban hành, ngày đăng",
    "campaign": "năm của Ngày KH&CN",
    "theme": "chủ đề",
    "plan": "kế hoạch liên quan, ví dụ ke-hoach/2022/ngay-khcn-quang-ngai",
    "event": "tên sự kiện đầu tiên, hoặc mã sự kiện liên quan",
    "when": "thời gian của sự kiện",
    "lead": "đơn vị chủ trì",
}
DEPARTMENT_OPTIONS = {
    "name": "tên Sở, ví dụ Sở Khoa học và Công nghệ tỉnh Nghệ An",
    "url": "địa chỉ trang, ví dụ https://kehoach.so.vn/",
    "parent": "cơ quan cấp trên",
    "province": "tỉnh, thành phố",
    "colour": "màu chính, dạng #123a73",
    "email": "thư điện tử liên hệ",
    "phone": "điện thoại liên hệ",
    "address": "địa chỉ trụ sở",
    "hours": "giờ làm việc",
    "target": "nơi CI công bố: user@host:đường-dẫn hoặc s3://bucket/tiền-tố; không có thì Pages",
}
DESCRIPTION = """\
kehoach: từ kế hoạch viết bằng Markdown đến trang công bố của Sở.

Trong kho mã, lần chạy đầu tạo .venv từ requirements.lock (chỉ cần Python và mạng), sau đó mọi lệnh chạy trong đó.
"""
EXAMPLES = """\
ví dụ:
  {call}                          dựng trang vào site/
  {call} serve                    xem trước, sửa tới đâu thấy tới đó
  {call} check content/ke-hoach   rà soát văn bản, chỉ chỗ sai và cách sửa
  {call} new plan                 tạo dự thảo kế hoạch mới
  {call} publish /srv/kehoach     công bố nguyên vẹn bằng một lần chuyển

mã thoát: 0 tốt đẹp · 1 văn bản còn lỗi, trang cũ giữ nguyên; check: còn điều phải xem, kể cả cảnh báo ·
  2 lệnh viết sai
"""


def parser(program: str) -> argparse.ArgumentParser:
    """`program` is how people call it: "build.py" or "kehoach"."""
    call = "python3 build.py" if program == "build.py" else program
    top = argparse.ArgumentParser(
        prog=program,
        description=DESCRIPTION,
        epilog=EXAMPLES.format(call=call),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", metavar="LỆNH", title="các lệnh")

    build = commands.add_parser("build", help="dựng trang (lệnh mặc định)")
    build.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="thư mục kết quả, mặc định site/",
    )
    build.add_argument(
        "--released",
        default="",
        metavar="ĐÍCH",
        help="địa chỉ mà các bản ở đích này từng có mà nay không còn: để lại trang chuyển, trang báo gỡ",
    )
    build.add_argument("--project", type=Path, help=argparse.SUPPRESS)  # another than the program's
    build.add_argument("--strict", action="store_true", help="coi cảnh báo là lỗi")
    build.add_argument("--clean", action="store_true", help="bỏ bộ nhớ đệm, dựng lại từ đầu")

    serve = commands.add_parser(
        "serve", help="xem trước trong trình duyệt, sửa tới đâu thấy tới đó"
    )
    serve.add_argument(
        "--port", type=number(0, 65_535), default=8000, help="cổng trên máy này, mặc định 8000"
    )

    serve.add_argument(
        "--host", action="append", default=[], metavar="TÊN", help="trả lời cả dưới tên máy này"
    )

    for command in (build, serve):
        command.add_argument(
            "--without",
            action="append",
            choices=("prints", "search"),
            default=[],
            help="xem nhanh: bỏ qua bản in (prints) hoặc tìm kiếm (search)",
        )

    check = commands.add_parser("check", help="rà soát văn bản, chỉ chỗ sai và cách sửa")
    check.add_argument("paths", nargs="*", metavar="PATH", help="chỉ báo về các tệp, thư mục này")
    check.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="dạng kết quả"
    )
    check.add_argument(
        "--severity",
        choices=("warning", "error"),
        default="warning",
        help="chỉ báo từ mức này: warning là tất cả, error là riêng lỗi",
    )
    check.add_argument(
        "--fix",
        action="store_true",
        help="thay chữ giống chữ Việt, ký tự ẩn, dấu đầu dòng, bỏ phần đã có trong khai báo",
    )
    check.add_argument(
        "--write-docs", action="store_true", help="viết lại trang quy tắc và lược đồ từ mã nguồn"
    )

    new = commands.add_parser("new", help="tạo dự thảo kế hoạch hoặc tài liệu truyền thông")
    new.add_argument(
        "what", choices=("plan", "material"), help="plan: kế hoạch; material: tài liệu"
    )
    for name, words in DRAFT_OPTIONS.items():
        new.add_argument(f"--{name}", metavar="CHỮ", help=words)

    intake = commands.add_parser(
        "import", help="nhập văn bản Word, PDF, bản quét … thành dự thảo trong content/"
    )
    intake.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="tệp; - là HTML từ đầu vào chuẩn"
    )
    intake.add_argument("--kind", default="", metavar="CHỮ", help="loại văn bản, nếu tệp không nói")
    intake.add_argument("--year", type=number(1900, 2199), metavar="NĂM", help="năm của văn bản")
    intake.add_argument("--into", default="", metavar="DIR", help="thư mục trong content/")
    intake.add_argument("--issuer", default="", metavar="CHỮ", help="cơ quan ban hành")
    intake.add_argument(
        "--campaign", type=number(1900, 2199), metavar="NĂM", help="năm của Ngày KH&CN"
    )
    intake.add_argument("--update", action="store_true", help="thay bản đã nhập trước")
    intake.add_argument(
        "--keep-original", action="store_true", help="giữ tệp gốc làm tệp đính kèm (Bản gốc)"
    )

    init = commands.add_parser("init", help="tạo kho riêng của một Sở: thiết lập, nội dung, CI")
    init.add_argument("folder", type=Path, metavar="DIR", help="thư mục mới hoặc trống")
    for name, words in DEPARTMENT_OPTIONS.items():
        init.add_argument(f"--{name}", metavar="CHỮ", help=words)
    init.set_defaults(questions=DEPARTMENT_OPTIONS)
    renew = commands.add_parser("update", help="đổi sang bản chương trình mới trong kho của Sở")
    renew.add_argument("--wheel", type=Path, metavar="FILE", help="bản mới; mặc định bản đang chạy")

    publish = commands.add_parser("publish", help="dựng, kiểm tra rồi công bố bằng một lần chuyển")
    publish.add_argument("target", metavar="ĐÍCH", help=TARGETS)
    publish.add_argument(
        "--site", type=Path, metavar="DIR", help="công bố thư mục này, không dựng lại"
    )
    publish.add_argument(
        "--keep", type=number(1), default=5, metavar="N", help="số bản giữ lại, mặc định 5"
    )
    publish.add_argument(
        "--share", type=share, default=0.1, help="phần trang được phép mất, 0 đến 1, mặc định 0.1"
    )
    publish.add_argument(
        "--allow-removals", action="store_true", help="cho phép bỏ địa chỉ đã công bố"
    )
    publish.add_argument(
        "--direct",
        action="store_true",
        help="kho lưu trữ không có máy chủ đứng trước: chép cả vào public/",
    )
    publish.add_argument(
        "--install-hook",
        type=Path,
        metavar="REPO.git",
        help="công bố mỗi khi có git push, bằng chương trình của thư mục này",
    )
    publish.add_argument(
        "--time-limit", type=number(1), metavar="GIÂY", help="hook: một lần dựng chạy lâu nhất"
    )
    publish.add_argument(
        "--memory-limit", type=number(1), metavar="MB", help="hook: một lần dựng dùng nhiều nhất"
    )

    rollback = commands.add_parser("rollback", help="trở lại bản công bố trước")
    rollback.add_argument("target", metavar="ĐÍCH", help=TARGETS)
    rollback.add_argument(
        "--to", default="", metavar="SỐ", help="số của bản, mặc định bản ngay trước"
    )

    releases = commands.add_parser("releases", help="liệt kê các bản đã công bố")
    releases.add_argument("target", metavar="ĐÍCH", help=TARGETS)

    bench = commands.add_parser(
        "bench", help="đo: speed, search, pages, print, check, publish, import, mutants"
    )
    bench.add_argument(
        "name",
        choices=("speed", "search", "pages", "print", "check", "publish", "import", "mutants"),
        help="đo cái gì",
    )
    bench.add_argument("--json", action="store_true", help="kết quả dạng JSON")
    bench.add_argument("--plans", type=int, metavar="N", help="số kế hoạch của bộ dữ liệu tạo ra")
    bench.add_argument("--queries", type=Path, metavar="FILE", help="search: tệp câu hỏi có nhãn")
    bench.add_argument("--mutants", type=int, metavar="N", help="mutants: số lỗi thử")
    bench.add_argument("--rounds", type=int, metavar="N", help="speed: số lượt đo, lấy trung vị")
    bench.add_argument("--seed", type=int, default=1, help="mầm ngẫu nhiên, mặc định 1")

    prints = commands.add_parser(
        "print", help="vẽ băng rôn, áp phích của một khẩu hiệu theo bộ màu khác"
    )
    prints.add_argument("slogan", metavar="KHẨU-HIỆU", help="mã, hoặc năm/mã: 2022/nhiet-liet-18-5")
    prints.add_argument("--scheme", choices=("do-vang", "xanh-trang", "trang"), help="bộ màu")
    prints.add_argument(
        "--out", type=Path, default=Path("ban-in"), metavar="DIR", help="thư mục kết quả"
    )

    for command in (build, check, intake, publish, rollback, bench):
        command.add_argument(
            "--quiet", action="store_true", help="không hiện tiến độ, chỉ nói điều phải biết"
        )

    test = commands.add_parser(
        "test", help="chạy toàn bộ kiểm thử; tham số khác chuyển cho pytest", allow_abbrev=False
    )
    part = test.add_mutually_exclusive_group()
    part.add_argument(
        "--quick",
        action="store_true",
        help="vòng nhanh: bỏ những phép thử cần trang đã dựng, trình duyệt, npm hay nhiều phút",
    )
    part.add_argument("--rest", action="store_true", help="những phép thử mà vòng nhanh đã bỏ")
    return top


def number(least: int, most: int | None = None) -> Callable[[str], int]:
    """A type for argparse: a whole number from `least` to `most`."""

    def read(text: str) -> int:
        value = int(text) if text.isascii() and text.isdigit() else -1
        if value < least or (most is not None and value > most):
            until = "trở lên" if most is None else f"đến {most}"
            raise argparse.ArgumentTypeError(f"phải là số nguyên từ {least} {until}: {text}")
        return value

    return read


def share(text: str) -> float:
    """A part of a whole, from 0 to 1."""
    with contextlib.suppress(ValueError):
        if 0 <= (value := float(text)) <= 1:
            return value
    raise argparse.ArgumentTypeError(f"phải là số từ 0 đến 1: {text}")


def read(arguments: list[str], program: str) -> argparse.Namespace:
    """The command that `arguments` name, with its options; `build` where they name none."""
    if not arguments or (arguments[0] not in COMMANDS and arguments[0] not in ("-h", "--help")):
        arguments = ["build", *arguments]
    top = parser(program)
    options, others = top.parse_known_args(arguments)
    options.arguments = others
    if options.arguments and options.command != "test":  # what `test` does not know is pytest's
        top.error("không rõ: " + " ".join(options.arguments))
    return options


def perform(options: argparse.Namespace, root: Path) -> int:
    """Do what `options` say with the project at `root`, or where they name another; the exit code."""
    root = getattr(options, "project", None) or root
    if options.command == "build" and options.out is None:
        options.out = root / "site"
    # Nearly all that is read stays: to look through it for garbage again and again costs a fifth.
    gc.set_threshold(100_000, 50, 50)
    # To look for plugins, pydantic reads what each installed package says of itself; we have none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from kehoach import commands

    return commands.run(options, root)


def main() -> NoReturn:
    """The installed program: the project is where it is called."""
    conduct(lambda: perform(read(sys.argv[1:], "kehoach"), Path.cwd()))


def conduct(act: Callable[[], int]) -> NoReturn:
    """Do `act` and end with its exit code; what stops it becomes a sentence and a code of its own."""
    open_closed()
    speak_utf8()
    try:
        leave(act())
    except BrokenPipeError:  # the reader of a pipe has gone: as the system ends other programs then
        os._exit(128 + _SIGPIPE)
    except KeyboardInterrupt:
        say("Đã dừng.")
        os._exit(128 + _SIGINT)
    except OSError as error:
        if error.errno not in SURROUNDINGS:
            raise
        say(f"Máy không cho làm tiếp: {error.strerror}: {error.filename or error}")
        leave(1)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def open_closed() -> None:
    """Open the standard streams that the caller has closed, so that printing to them goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def speak_utf8() -> None:
    """Print UTF-8, whatever a bare server's locale says; bytes of a file's name that are no text are
    shown by their numbers."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def leave(code: int) -> NoReturn:
    """End at once: to take every object down one by one costs a tenth of a second."""
    with contextlib.suppress(OSError):  # as where the reader of a pipe has gone
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
