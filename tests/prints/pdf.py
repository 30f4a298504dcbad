"""A PDF as the tools of poppler-utils and qpdf see it; a missing tool fails the test."""

import re
import subprocess
import tempfile
from pathlib import Path


def tool(pdf: bytes, *command: str) -> str:
    """What a program says of the file; `FILE` in `command` stands for its path."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        line = [part.replace("FILE", file.name) for part in command]
        done = subprocess.run(line, capture_output=True, check=False)
        assert done.returncode == 0, f"{line[0]}: {done.stdout}{done.stderr}"
        return done.stdout.decode("utf-8", "replace")  # poppler prints UTF-16 titles as they are


def text(pdf: bytes, *options: str) -> str:
    return tool(pdf, "pdftotext", "-raw", *options, "FILE", "-").replace("\u00a0", " ")


def structure(pdf: bytes) -> str:
    """The tag tree, an element a line."""
    return tool(pdf, "pdfinfo", "-struct", "FILE")


def outline(pdf: bytes) -> list[str]:
    """The bookmarks, in order."""
    shown = tool(pdf, "qpdf", "--json", "--json-key=outlines", "FILE")
    return re.findall(r'"title": "((?:[^"\\]|\\.)*)"', shown)


def pixels(pdf: bytes, width: int) -> "Picture":
    """The first page as grey values, `width` pixels wide."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page"
        scale = ("-scale-to-x", str(width), "-scale-to-y", "-1")
        tool(pdf, "pdftoppm", "-singlefile", *scale, "FILE", str(path))
        return Picture(path.with_suffix(".ppm").read_bytes())


class Picture:
    """A binary PPM."""

    def __init__(self, ppm: bytes) -> None:
        _, width, height, _ = ppm.split(maxsplit=4)[:4]
        self.width, self.height = int(width), int(height)
        self.data = ppm[-3 * self.width * self.height :]

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        start = 3 * (y * self.width + x)
        return tuple(self.data[start : start + 3])
