"""Files for paper, cloth and screens, each drawn by Typst from one JSON value.

`own` and `shared` tell each file and what it depends on and draw none; `Print.make` draws one.
`settings_problems` and `document_problems` tell what cannot be printed as it is written.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kehoach.prints.cards import address as card_address
from kehoach.prints.findings import document_problems, settings_problems
from kehoach.prints.lines import groups as phrases
from kehoach.prints.slogans import Banner, banner, banner_files
from kehoach.prints.typesetting import PrintError, toolchain

if TYPE_CHECKING:
    from kehoach.prints.catalogue import Beside, Print, kit_address, own, shared

__all__ = [
    "Banner",
    "Beside",
    "Print",
    "PrintError",
    "banner",
    "banner_files",
    "card_address",
    "document_problems",
    "kit_address",
    "own",
    "phrases",
    "settings_problems",
    "shared",
    "toolchain",
]


def __getattr__(name: str) -> object:
    """Import a module that draws when somebody asks for it: `check` draws nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.catalogue"), name)
