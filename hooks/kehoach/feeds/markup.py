"""XML files."""

from xml.etree import ElementTree

from kehoach.feeds.text import printable


def add(
    parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    """A child of `parent`; attributes are made fit for XML as the text is."""
    clean = {name: printable(value) for name, value in attributes.items()}
    child = ElementTree.SubElement(parent, tag, clean)
    child.text = printable(text) if text is not None else None
    return child


def document(root: ElementTree.Element) -> bytes:
    """UTF-8, with its declaration, indented, and a line end after the last tag."""
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
