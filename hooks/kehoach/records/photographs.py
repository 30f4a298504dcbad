"""Where the site has the photographs that documents declare, in the widths that pages need."""

from posixpath import join, normpath

WIDTHS = (480, 960, 1600)  # pixels: a phone, a column, a whole window
FORMATS = ("avif", "webp", "jpg")  # the smallest first


def place(address: str, file: str, width: int, extension: str) -> str:
    """The address of a width of the picture `file` beside the document at `address`."""
    folder = address.rstrip("/").rpartition("/")[0]
    return place_of(normpath(join(folder, file)), width, extension)


def place_of(file: str, width: int, extension: str) -> str:
    """The same for a file under `content/`: "anh/ke-hoach/2024/khai-mac.jpg/960.webp"."""
    return f"anh/{file}/{width}.{extension}"


def shown(address: str, file: str) -> str:
    """The largest, for programs that show one."""
    return place(address, file, WIDTHS[-1], "jpg")
