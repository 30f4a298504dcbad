"""The program's files beside code: in this repository they lie beside the package, in a wheel within it."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_WITHIN = PACKAGE / "package_data"
ROOT = _WITHIN if _WITHIN.is_dir() else PACKAGE.parents[1]

THEME = ROOT / "theme"
CONTENT = ROOT / "content"  # the guide, schemas, years, abbreviations
