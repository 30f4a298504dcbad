"""Old and open formats through LibreOffice (.doc, .odt, .rtf), where it is installed.

It runs in a profile of its own, since two runs in one profile wait for each other, without macros and
without following links.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from kehoach.importing.problem import ImportProblem

PROGRAM = "soffice"
PACKAGE = "libreoffice-writer-nogui"
_SECONDS = 180
# What the profile says before the first start: no macros, no links followed.
_OPTIONS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
)
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{0}"><prop oor:name="{1}" oor:op="fuse">'
    "<value>{2}</value></prop></item>"
)
_SETTINGS = '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
# Where nothing answers: what it might still want to fetch is not fetched.
_NOWHERE = "http://127.0.0.1:9"


# How files of text documents begin: OLE, zip, RTF, HTML or XML. Else LibreOffice takes bytes for letters.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (b"PK\x03\x04", b"{\\rtf", b"<")
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def _is_document(path: Path) -> bool:
    raw = path.read_bytes()
    if raw.startswith(_OLE):
        return _WORD_STREAM in raw
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_BEGINNINGS)


def convert(path: Path, folder: Path, form: str = "docx") -> Path:
    """A copy of `path` in `form`, under `folder`. Raises ImportProblem."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise ImportProblem(
            f"đọc {path.suffix} cần LibreOffice; trên Debian, Ubuntu: apt-get install {PACKAGE}; "
            "hoặc mở bằng Word và lưu lại dạng .docx"
        )
    if not _is_document(path):
        raise ImportProblem(
            f"{path.name} không phải tệp văn bản; hãy mở bằng Word rồi lưu lại .docx"
        )
    with tempfile.TemporaryDirectory(prefix="kehoach-office-") as profile:
        settings = Path(profile) / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(_SETTINGS.format("".join(_ITEM.format(*of) for of in _OPTIONS)))
        command = [
            program,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
        ]
        command += ["--convert-to", form, "--outdir", str(folder), str(path.resolve())]
        environment = os.environ | {
            "http_proxy": _NOWHERE,
            "https_proxy": _NOWHERE,
            "HOME": profile,
        }
        try:
            done = subprocess.run(
                command, env=environment, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise ImportProblem(
                f"LibreOffice mở {path.name} quá {_SECONDS} giây, đã dừng"
            ) from None
    made = folder / f"{path.stem}.{form.split(':')[0]}"
    if done.returncode or not made.is_file():
        raise ImportProblem(
            f"LibreOffice không mở được {path.name}; tệp hỏng hoặc có mật khẩu, hãy mở bằng Word rồi lưu lại .docx"
        )
    return made
