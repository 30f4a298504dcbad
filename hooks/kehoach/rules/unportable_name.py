"""unportable-name: tên tệp mà Windows hoặc macOS không giữ được.

Văn bản được soạn trên nhiều máy. Windows và macOS coi `Anh.png` và `anh.png` là một tệp, và không kho nào
có cả hai lấy về được trọn vẹn ở đó; Windows còn không nhận tên của thiết bị (`con`, `aux`, `nul` …), các
dấu `< > : " | ? * \\`, và tên kết thúc bằng dấu chấm hay dấu cách.
"""

import re
import unicodedata
from collections.abc import Iterator

from kehoach.records.addresses import is_device
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import at_file

_REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')  # "Naming Files, Paths, and Namespaces", Win32


def check(library: Library) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for file in sorted(library.files):
        parts = file.split("/")
        bad = next((part for part in parts if _is_refused(part, file)), None)
        if bad is not None:
            message = f"Windows không nhận tên `{bad}`"
            yield at_file(library, file, message, "đổi tên, chỉ dùng chữ, số và -", warns=True)
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            known = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
            if known != path:
                message = f"Windows và macOS coi `{path}` và `{known}` là một"
                yield at_file(library, file, message, "đổi tên một trong hai", warns=True)
                break


def _is_refused(name: str, file: str) -> bool:
    """Whether Windows has no such name; of a text, `bad_address` says so of a device."""
    device = is_device(name.split(".")[0].casefold()) and not file.endswith(".md")
    return device or bool(_REFUSED.search(name))
