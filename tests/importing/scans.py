"""Pages as somebody scanned them."""

import random

import pypdfium2
from PIL import Image


def scanned(pdf: bytes, *, dpi: int, noisy: bool) -> Image.Image:
    """The first page of `pdf` as a picture in grey; a bad scan is a little askew, with a speck in 60 dots."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=True).to_pil()
    if not noisy:
        return page
    page = page.rotate(0.3, fillcolor=255)
    chance, dots = random.Random(1), page.load()
    for _ in range(page.width * page.height // 60):
        place = chance.randrange(page.width), chance.randrange(page.height)
        dots[place] = chance.choice((0, 90, 255))
    return page
