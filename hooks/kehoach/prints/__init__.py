"""Files for paper, cloth and screens, each drawn by Typst from one JSON value.

`catalogue` tells each file and what it depends on and draws none; `Print.make` draws one.
`settings_problems` and `document_problems` tell what cannot be printed as it is written. They are asked
by `check`, which draws nothing: what does is imported from its module by who needs it.
"""

from kehoach.prints.findings import document_problems, settings_problems
from kehoach.prints.typesetting import look

__all__ = [
    "document_problems",
    "look",
    "settings_problems",
]
