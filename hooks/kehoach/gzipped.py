"""gzip (RFC 1952) as the site publishes it."""

import zlib

_BEST = 9
_WITH_HEADER = 16 + zlib.MAX_WBITS


def gzipped(content: bytes) -> bytes:
    """`content` at its smallest, without a time: the same bytes from each Python, where gzip.compress
    names another system in the header from 3.13 on."""
    return zlib.compress(content, _BEST, _WITH_HEADER)
