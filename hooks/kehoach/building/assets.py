"""Scripts, styles, fonts and pictures of the theme, in one folder named after their content.

A browser keeps such a folder for good and asks for nothing twice. Modules and styles go on naming
each other relatively, because they move together; one changed byte gives all a new address.
"""

import re
from hashlib import sha256
from pathlib import Path

from kehoach.building.problem import SetupError
from kehoach.building.settings import Settings
from kehoach.pages.brand import stylesheet

SOURCE = "assets/"  # in the theme
STYLES = "assets/css/site.css"
STYLE_PARTS = "assets/css/site/"  # what STYLES is joined from

# Of a theme, what is not for readers: sources, templates, and of Material all that its own layout
# and scripts would ask for.
_KEPT_BACK = (".md", ".yml", ".py", ".pyc", ".html")
_NOT_SERVED = (
    "print/",
    "pages/",
    "locales/",
    "assets/javascripts/",
    "assets/stylesheets/",
    "assets/images/",
    STYLE_PARTS,
    "sitemap.xml",  # of MkDocs: a template, which stands for nothing by itself
)

_IMPORT = re.compile(r'@import "([^"]+)";')
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def is_served(path: str) -> bool:
    """Whether readers are given the file of a theme at `path`. MkDocs keeps back what begins with a dot
    and what is called "readme", too."""
    if path.endswith(_KEPT_BACK) or path.startswith(_NOT_SERVED) or "readme" in path.lower():
        return False
    return not any(part.startswith(".") for part in path.split("/"))


def folder(theme: Path, generated: bytes = b"") -> str:
    """Where the site has the assets of `theme`: "assets-1a2b3c4d5e6f/".

    `generated` is what the build adds to them.
    """
    digest = sha256(generated)
    for path in sorted((theme / SOURCE).rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(theme).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return f"assets-{digest.hexdigest()[:12]}/"


def folder_of(settings: Settings) -> str:
    """The folder of the assets of a project's site, to which the style of its own colours belongs."""
    brand = settings.extra.get("brand")
    return folder(settings.theme, stylesheet(brand).encode() if brand else b"")


def joined(sheet: Path) -> str:
    """The style sheet `sheet` as one, without comments: each `@import "…";` is replaced by the text of
    the file that it names, wherever it stands, so also inside a block.

    Raises SetupError where such a file cannot be read.
    """

    def imported(match: re.Match[str]) -> str:
        part = sheet.parent / match[1]
        try:
            return part.read_text("utf-8")
        except OSError as error:
            raise SetupError(
                f'{sheet} có @import "{match[1]}" nhưng không đọc được tệp ấy: {error.strerror}.'
            ) from None

    return _COMMENT.sub("", _IMPORT.sub(imported, sheet.read_text("utf-8")))
