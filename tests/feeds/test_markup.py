"""XML, as the standard library writes and reads it."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kehoach.feeds.markup import document, element, nest
from kehoach.feeds.text import printable

LETTERS = st.one_of(st.sampled_from('&<>"\n\t\r\x07ế𝕊'), st.characters(exclude_categories=["Cs"]))
TEXTS = st.lists(LETTERS, max_size=40).map("".join)


@given(TEXTS, TEXTS)
def test_a_document_is_what_the_standard_library_writes(text, value):
    root = ElementTree.Element("feed", {"xmlns": "urn:x", "xml:lang": "vi"})
    ElementTree.SubElement(root, "id").text = printable(text)
    ElementTree.SubElement(root, "link", {"rel": "self", "href": printable(value)})
    entry = ElementTree.SubElement(root, "entry")
    ElementTree.SubElement(ElementTree.SubElement(entry, "author"), "name").text = printable(text)
    ElementTree.indent(root)
    theirs = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    ours = nest(
        "feed",
        element("id", text),
        element("link", rel="self", href=value),
        nest("entry", nest("author", element("name", text))),
        **{"xmlns": "urn:x", "xml:lang": "vi"},
    )
    assert document(ours) == theirs


@given(TEXTS)
def test_text_and_attributes_come_back_as_they_were(text):
    root = ElementTree.fromstring(document(element("title", text, term=text)))
    assert (root.text or "", root.get("term")) == (printable(text), printable(text))


def test_what_is_empty_has_no_end_tag():
    assert document(nest("urlset", (), xmlns="urn:x")) == (
        b"<?xml version='1.0' encoding='UTF-8'?>\n<urlset xmlns=\"urn:x\" />\n"
    )
    assert element("summary", "") == ["<summary />"]
