"""The HTML an author may write in Markdown, and the names that are HTML at all.

`<tên đơn vị>` is not HTML but a blank to be filled in: only names listed here are taken for tags.
"""

GLOBAL_ATTRIBUTES = frozenset({"id", "class", "title", "lang", "aria-label"})
URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_CELL = frozenset({"align", "colspan", "rowspan", "headers", "scope"})
ATTRIBUTES = {
    "a": frozenset({"href", "aria-hidden", "tabindex"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"name", "open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start"}),
    "td": _CELL,
    "th": _CELL,
    "time": frozenset({"datetime"}),
}
_ALLOWED = """
a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup
table tbody td tfoot th thead time tr u ul
"""
_BLOCKS = """
address article aside blockquote body center details dir div dl fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 head header hr html iframe li main menu nav noscript ol p pre script section
style summary table tbody td textarea tfoot th thead tr ul
"""
_OTHERS = """
applet area audio base button canvas data embed font frame frameset input label legend link map
marquee math meta object optgroup option output param picture progress samp select source strike
svg template title track tt var video wbr
"""
ALLOWED_TAGS = frozenset(_ALLOWED.split())
BLOCK_TAGS = frozenset(_BLOCKS.split())
HTML_TAGS = ALLOWED_TAGS | BLOCK_TAGS | frozenset(_OTHERS.split())
