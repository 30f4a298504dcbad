"""The Markdown body of a document: its outline here, its HTML in `rendering`.

The body of a plan is written as it was signed: every line that begins with a number (I. 1. 1.1.
a) đ) (1)) is a section and keeps that number; lines that begin with - + * are items and keep
that mark.
"""

from kehoach.records.body.numbers import Kind
from kehoach.records.body.outlining import Mention, Outline, Section, outline
from kehoach.records.body.sanitizing import Removed, html_ids, removed_html

__all__ = [
    "Kind",
    "Mention",
    "Outline",
    "Removed",
    "Section",
    "html_ids",
    "outline",
    "removed_html",
]
