"""A Word file (.docx, ECMA-376) as the same bytes everywhere: stored, sorted, dated 1980."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from kehoach import carried
from kehoach.xml_text import escape, quoted

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/footnotes.xml": f"{_WORD}.footnotes+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/header2.xml": f"{_WORD}.header+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}
_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}
# A name for the part, made once: it must be the same in every file.
_ITEM = "{6E1B8A52-6C0D-4F3B-9B66-5C1B2B7D9A18}"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no year before


def package(
    parts: Mapping[str, str],
    media: Mapping[str, bytes],
    *,
    title: str,
    author: str,
    day: str,
    source: carried.Carried,
    links: Mapping[str, str],
) -> bytes:
    """The Word file of the XML `parts` ("word/document.xml") and the pictures `media` ("1.png").

    `links` are addresses by relation id; `day` is "2022-05-06" or "". A picture "1.png" is the
    relation "m1".
    """
    files = {name: text.encode() for name, text in parts.items()}
    files["docProps/core.xml"] = _core(title, author, day).encode()
    files["customXml/item1.xml"] = carried.part(source).encode()
    files["customXml/itemProps1.xml"] = _item().encode()
    files["customXml/_rels/item1.xml.rels"] = _relations(
        [("r1", f"{_OFFICE}/customXmlProps", "itemProps1.xml", False)]
    )
    files["_rels/.rels"] = _relations(
        [
            ("r1", f"{_OFFICE}/officeDocument", "word/document.xml", False),
            (
                "r2",
                f"{_PACKAGE}/relationships/metadata/core-properties",
                "docProps/core.xml",
                False,
            ),
        ]
    )
    kinds = ("styles", "settings", "footnotes")
    related = [(kind, f"{_OFFICE}/{kind}", f"{kind}.xml", False) for kind in kinds]
    related += [(f"header{n}", f"{_OFFICE}/header", f"header{n}.xml", False) for n in (1, 2)]
    related += [("carried", f"{_OFFICE}/customXml", "../customXml/item1.xml", False)]
    related += [
        (f"m{name.split('.')[0]}", f"{_OFFICE}/image", f"media/{name}", False) for name in media
    ]
    related += [(name, f"{_OFFICE}/hyperlink", address, True) for name, address in links.items()]
    files["word/_rels/document.xml.rels"] = _relations(related)
    noted = [(name, f"{_OFFICE}/hyperlink", address, True) for name, address in links.items()]
    files["word/_rels/footnotes.xml.rels"] = _relations(noted)
    files |= {f"word/media/{name}": content for name, content in media.items()}
    files["[Content_Types].xml"] = _types(files).encode()
    return _stored(files)


def _stored(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.create_system = 0
            archive.writestr(info, files[name])
    return out.getvalue()


def _relations(relations: list[tuple[str, str, str, bool]]) -> bytes:
    lines = (
        f'<Relationship Id="{name}" Type="{kind}" Target={quoted(target)}'
        + ' TargetMode="External"' * external
        + "/>"
        for name, kind, target, external in relations
    )
    return f'{HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'.encode()


def _types(files: Mapping[str, bytes]) -> str:
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml"}
    defaults |= {"xml": "application/xml"} | _PICTURES
    told = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in defaults.items())
    told += "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in _TYPES.items()
        if name in files
    )
    return f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{told}</Types>'


def _core(title: str, author: str, day: str) -> str:
    dated = f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>' * bool(
        day
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>vi-VN</dc:language>{dated}</cp:coreProperties>"
    )


def _item() -> str:
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return (
        f'{HEAD}<ds:datastoreItem xmlns:ds="{schema}" ds:itemID="{_ITEM}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{carried.NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
