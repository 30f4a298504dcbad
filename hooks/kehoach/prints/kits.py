"""Files in one ZIP whose bytes depend on nothing but the files."""

import io
import zipfile
from collections.abc import Iterable

# MS-DOS dates start here (PKWARE APPNOTE 4.4.6); the time of a build is no part of a kit.
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
_STORED = (".png", ".pdf", ".jpg")


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of the files by name; pictures and PDFs are stored, for they are compressed already."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sorted(files):
            entry = zipfile.ZipInfo(name, _FIRST_DATE)
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            )
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content, compresslevel=9)
    return made.getvalue()
