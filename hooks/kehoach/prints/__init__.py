"""Files for paper, cloth and screens, each drawn by Typst from one JSON value.

`own` and `shared` tell each file and what it depends on and draw none; `Print.make` draws one.
`settings_problems` and `document_problems` tell what cannot be printed as it is written.
"""

from kehoach.prints.cards import address as card_address
from kehoach.prints.catalogue import Print, kit_address, own, shared
from kehoach.prints.findings import document_problems, settings_problems
from kehoach.prints.lines import groups as phrases
from kehoach.prints.slogans import Banner, banner, banner_files
from kehoach.prints.typesetting import PrintError, toolchain

__all__ = [
    "Banner",
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
