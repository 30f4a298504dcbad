"""The settings of `mkdocs.yml`: each is honoured, or refused by name with the remedy.

One table for the code, the guide and the tests: a setting of MkDocs' or Material's that has no row
here fails a test, so none is passed over in silence.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kehoach import shipped
from kehoach.building import assets
from kehoach.hashing import digest_of
from kehoach.records.finding import Finding, Severity
from kehoach.records.source import Keys, Source, field_name
from kehoach.records.text import nearest
from kehoach.rules.taken_name import is_made

RULE = "refused-setting"


class Row(NamedTuple):
    """A setting: what it does here, in words; refused, what to do instead; `idle` values say nothing."""

    honoured: str = ""
    remedy: str = ""
    idle: tuple[Any, ...] = ()


_NONE = ("", None, "null", "[]", "false", "no")

TABLE: dict[str, Row] = {
    "INHERIT": Row("tệp thiết lập chung, đọc trước"),
    "site_name": Row("tên trang"),
    "site_url": Row("địa chỉ trang"),
    "site_description": Row("lời giới thiệu trang"),
    "site_author": Row(remedy="ghi cơ quan ở extra.department.name"),
    "docs_dir": Row("thư mục nội dung"),
    "site_dir": Row(remedy="thêm --out DIR vào lệnh build", idle=("site",)),
    "nav": Row("mục điều hướng: trang, thư mục, địa chỉ ngoài, nhóm lồng nhau"),
    "pages": Row(remedy="dùng nav"),
    "exclude_docs": Row("văn bản khớp mẫu không lên trang"),
    "draft_docs": Row("văn bản khớp mẫu chỉ hiện khi xem trước (serve)"),
    "not_in_nav": Row("không cần: trang ngoài nav không bị nhắc"),
    "theme": Row("giao diện"),
    "theme.name": Row("material hoặc kehoach"),
    "theme.custom_dir": Row(
        "thư mục giao diện của Sở; tệp ở đó thay tệp cùng tên, trừ mẫu bản in (print/)"
    ),
    "theme.locale": Row(remedy="giao diện viết bằng tiếng Việt: bỏ dòng này", idle=("vi",)),
    "theme.language": Row(remedy="giao diện viết bằng tiếng Việt: ghi vi", idle=("vi",)),
    "theme.direction": Row(remedy="chữ Việt viết từ trái sang phải: bỏ dòng này", idle=("ltr",)),
    "theme.features": Row(remedy="giao diện có sẵn mục lục, tìm kiếm, chép liên kết: bỏ dòng này"),
    "theme.font": Row(remedy="phông chữ nằm sẵn trong trang: ghi font: false", idle=("false",)),
    "theme.palette": Row("màu: primary, accent; scheme là lựa chọn đầu của người đọc"),
    "theme.logo": Row("biểu trưng ở đầu trang và trên bản in"),
    "theme.favicon": Row(
        "biểu tượng của trang trong trình duyệt, tệp ICO, PNG hoặc SVG trong content/;"
        " không ghi thì vẽ từ biểu trưng"
    ),
    "theme.icon": Row(remedy="biểu trưng: dùng theme.logo với tệp SVG trong content/"),
    "theme.static_templates": Row(remedy="trang viết bằng Markdown trong content/"),
    "theme.include_search_page": Row(remedy="trang tìm kiếm có sẵn: bỏ dòng này"),
    "theme.search_index_only": Row(remedy="chỉ mục tìm kiếm có sẵn: bỏ dòng này"),
    "theme.hljs_languages": Row(remedy="tô màu mã không cần kịch bản: bỏ dòng này"),
    "copyright": Row("dòng bản quyền ở chân trang"),
    "google_analytics": Row(remedy="trang không theo dõi người đọc: bỏ dòng này"),
    "dev_addr": Row(remedy="thêm --port vào lệnh serve"),
    "use_directory_urls": Row(
        remedy="địa chỉ trang là thư mục và không đổi: bỏ dòng này", idle=("true", "yes")
    ),
    "repo_url": Row("liên kết tới kho mã ở chân trang"),
    "repo_name": Row("tên của liên kết tới kho mã"),
    "edit_uri": Row("liên kết Sửa trang này, nối sau repo_url"),
    "edit_uri_template": Row(remedy="dùng edit_uri"),
    "extra_css": Row("tệp CSS của Sở, đặt trong thư mục theme.custom_dir, không trong content/"),
    "extra_javascript": Row(
        "tệp JavaScript của Sở, đặt trong thư mục theme.custom_dir, không trong content/"
    ),
    "extra_templates": Row(remedy="trang viết bằng Markdown trong content/"),
    "markdown_extensions": Row(
        "phần mở rộng Markdown mà trang hiểu; phần khác bị từ chối theo tên"
    ),
    "mdx_configs": Row(remedy="ghi tuỳ chọn dưới tên phần mở rộng trong markdown_extensions"),
    "strict": Row("cảnh báo cũng là lỗi, như --strict"),
    "remote_branch": Row(remedy="công bố bằng lệnh publish"),
    "remote_name": Row(remedy="công bố bằng lệnh publish"),
    "extra": Row("thiết lập của kehoach"),
    "extra.social": Row("liên kết ở chân trang: name, link"),
    "extra.analytics": Row(remedy="trang không theo dõi người đọc: bỏ dòng này"),
    "extra.alternate": Row(remedy="trang có một ngôn ngữ: bỏ dòng này"),
    "extra.consent": Row(remedy="trang không đặt cookie: bỏ dòng này"),
    "extra.generator": Row(remedy="bỏ dòng này"),
    "extra.homepage": Row(remedy="biểu trưng dẫn về trang chủ: bỏ dòng này"),
    "extra.annotate": Row(remedy="dùng chú thích cuối trang của Markdown"),
    "extra.tags": Row(remedy="phân loại bằng kind, campaign trong phần khai báo"),
    "extra.status": Row(remedy="ghi status trong phần khai báo của văn bản"),
    "extra.version": Row(remedy="trang có một phiên bản: bỏ dòng này"),
    "extra.mkdocs": Row(remedy="tên này do máy dùng: đặt tên khác"),
    "plugins": Row("plugin kehoach; plugin khác bị từ chối theo tên"),
    "hooks": Row(
        "sự kiện của cả trang (on_config, on_pre_build, on_post_build …); sửa tệp thì dựng lại"
    ),
    "watch": Row("serve theo dõi thêm các nơi này trong kho; dữ liệu của hook đổi thì dựng lại"),
    "validation": Row("không cần: check kiểm tra mọi liên kết, lúc nào cũng chặt"),
}

# What of `extra` this program reads, beside the rows above.
EXTRA = ("brand", "department", "motto", "root_files", "scheme", "security")

PLUGINS = {
    "kehoach": "",
    "search": "trang có tìm kiếm tiếng Việt của mình",
    "material/search": "trang có tìm kiếm tiếng Việt của mình",
    "blog": "tin, bài viết đặt trong content/truyen-thong/<năm>/",
    "material/blog": "tin, bài viết đặt trong content/truyen-thong/<năm>/",
    "tags": "phân loại bằng kind, campaign trong phần khai báo",
    "social": "ảnh chia sẻ có sẵn cho từng trang",
    "privacy": "trang không gọi máy chủ nào khác",
    "offline": "thư mục dựng ra mở được không cần mạng, trừ tìm kiếm",
    "minify": "tệp được nén sẵn khi công bố",
    "meta": "ghi khoá trong từng văn bản",
    "info": "bỏ plugin này",
    "redirects": "ghi địa chỉ cũ vào aliases của văn bản",
    "git-revision-date-localized": "ngày sửa được đọc từ Git sẵn",
    "git-revision-date": "ngày sửa được đọc từ Git sẵn",
    "macros": "chép thẳng nội dung vào văn bản: văn bản công bố là văn bản đã ký",
    "awesome-pages": "ghi thứ tự trong nav",
    "section-index": "đặt trang index.md trong thư mục",
    "rss": "tin Atom có sẵn ở /feed.xml",
}
_PLUGIN = "việc của plugin làm trong kehoach hoặc trong tệp văn bản"

# Python-Markdown's names and PyMdown's for what our reader understands without being told.
UNDERSTOOD = (
    *("tables", "footnotes", "fenced_code", "sane_lists", "toc", "meta", "def_list", "admonition"),
    *("markdown.extensions." + name for name in ("tables", "footnotes", "fenced_code", "toc")),
    *("pymdownx." + name for name in ("details", "superfences", "tabbed", "tasklist")),
)
# Events of MkDocs that concern pages, which MkDocs does not see here.
_PAGE_EVENTS = ("on_page", "on_nav", "on_template", "on_post_template", "on_pre_template")


def problems(source: Source, content: Path, addresses: frozenset[str]) -> Iterator[Finding]:
    """What of the settings in `source` (mkdocs.yml) is not done, with the remedy; `addresses` are the
    site's own, for the navigation."""
    data = source.data
    if not isinstance(data, dict):
        return
    for name, value in data.items():
        yield from _judge(source, (name,), value)
    theme, extra = data.get("theme"), data.get("extra")
    for name, value in (theme if isinstance(theme, dict) else {}).items():
        yield from _judge(source, ("theme", name), value)
    if isinstance(theme, dict) and (called := theme.get("name")) not in (
        None,
        "material",
        "kehoach",
    ):
        yield _finding(
            source, ("theme", "name"), f"giao diện {called} không dùng được", "ghi kehoach"
        )
    for name, value in (extra if isinstance(extra, dict) else {}).items():
        if f"extra.{name}" in TABLE:
            yield from _judge(source, ("extra", name), value)
        elif name not in EXTRA and (close := nearest(name, EXTRA)):
            yield _finding(source, ("extra", name), "không có thiết lập này", f"có phải {close}?")
    yield from _plugins(source, data.get("plugins"))
    yield from _extensions(source, data.get("markdown_extensions"))
    yield from _files(source, data, content)
    yield from _watched(source, data.get("watch"), content.parent)
    yield from _hooks(source, data.get("hooks"), content.parent)
    yield from _navigation(source, ("nav",), data.get("nav"), addresses)


def _judge(source: Source, keys: Keys, value: Any) -> Iterator[Finding]:
    name = ".".join(map(str, keys))
    row = TABLE.get(name)
    if row is None:
        close = nearest(name, TABLE)
        hint = f"có phải {close}?" if close else "bỏ dòng này"
        yield _finding(source, keys, "không có thiết lập này", hint)
    elif row.remedy and value not in _NONE and value not in row.idle:
        yield _finding(source, keys, "thiết lập này không dùng ở đây", row.remedy)


def _plugins(source: Source, value: Any) -> Iterator[Finding]:
    for keys, name in _named(("plugins",), value):
        if remedy := PLUGINS.get(name, _PLUGIN):
            yield _finding(
                source, keys, f"plugin {name} không chạy ở đây", f"bỏ dòng này: {remedy}"
            )


def _extensions(source: Source, value: Any) -> Iterator[Finding]:
    for keys, name in _named(("markdown_extensions",), value):
        if name not in UNDERSTOOD:
            close = nearest(name, UNDERSTOOD)
            hint = f"có phải {close}?" if close else "bỏ dòng này; xem cách viết ở huong-dan/"
            yield _finding(source, keys, f"phần mở rộng {name} không dùng ở đây", hint)


def _files(source: Source, data: dict[str, Any], content: Path) -> Iterator[Finding]:
    """Styles, scripts and pictures that the settings name: the site's own, and there."""
    theme = data.get("theme")
    theme = theme if isinstance(theme, dict) else {}
    if isinstance(logo := theme.get("logo"), str) and logo:
        if "//" in logo:
            message, hint = f"{logo} ở máy chủ khác", f"chép tệp vào {content.name}/"
            yield _finding(source, ("theme", "logo"), message, hint)
        elif not (content / logo).is_file():
            message = f"không có tệp {content.name}/{logo}"
            yield _finding(source, ("theme", "logo"), message, "đặt tệp ở đường dẫn này")
    own = str(theme.get("custom_dir") or "")
    for setting in ("extra_css", "extra_javascript"):
        files = data.get(setting)
        for index, entry in enumerate(files if isinstance(files, list) else []):
            path = entry.get("path") if isinstance(entry, dict) else entry
            if isinstance(path, str) and path and (fault := _own_fault(path, own, content)):
                yield _finding(source, (setting, index), *fault)
    if own and (file := _own_print(content.parent / own)):
        message = f"{own}/print/{file} không được dùng: mẫu bản in là của chương trình"
        yield _finding(source, ("theme", "custom_dir"), message, f"xoá {own}/print/")


def _own_fault(path: str, own: str, content: Path) -> tuple[str, str] | None:
    """Why the style or script at `path` of the department's theme `own` does not reach readers, and the
    remedy. What runs is the theme's: a push to content/ must not change it."""
    if "//" in path:
        return f"{path} ở máy chủ khác", f"chép tệp vào {own or 'theme'}/"
    if not own:
        hint = f"ghi custom_dir: theme dưới theme, đặt tệp ở theme/{path}"
        return f"{path}: chưa có thư mục giao diện của Sở", hint
    inside = not path.startswith("/") and ".." not in path.split("/")
    if not inside or not assets.is_served(path) or is_made(path, set()):
        return (
            f"{own}/{path} không lên trang",
            f"đặt tệp ở nơi khác trong {own}/, ví dụ {own}/rieng/",
        )
    if (content.parent / own / path).is_file():
        return None
    if (content / path).is_file():
        message = f"{content.name}/{path} không lên trang: mã chạy được nằm trong {own}/"
        return message, f"chuyển tệp sang {own}/{path}"
    return f"không có tệp {own}/{path}", "đặt tệp ở đường dẫn này"


def _own_print(own: Path) -> str:
    """A file of the department's theme `own` for prints that is not the program's; "" for none."""
    for path in sorted((own / "print").rglob("[!.]*")):
        name = path.relative_to(own)
        if path.is_file() and digest_of(path) != digest_of(shipped.THEME / name):
            return name.relative_to("print").as_posix()
    return ""


def _watched(source: Source, value: Any, root: Path) -> Iterator[Finding]:
    for index, path in enumerate(value if isinstance(value, list) else []):
        inside = os.path.relpath(os.path.join(root, str(path)), root)
        if inside.startswith((".", "..")):
            message = f"{path} là cả kho, nơi ẩn hoặc nằm ngoài kho: không theo dõi được"
            hint = "chép vào một thư mục của kho rồi ghi thư mục ấy"
            yield _finding(source, ("watch", index), message, hint)


def _hooks(source: Source, value: Any, root: Path) -> Iterator[Finding]:
    for index, path in enumerate(value if isinstance(value, list) else []):
        try:
            lines = (root / str(path)).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue  # MkDocs says so
        for line in lines:
            event = line.removeprefix("def ").split("(")[0].strip()
            if line.startswith("def ") and event.startswith(_PAGE_EVENTS):
                message = f"{path}: {event} không chạy, vì trang do kehoach dựng"
                hint = "sửa văn bản, hoặc thay mẫu trang trong theme/pages/"
                yield _finding(source, ("hooks", index), message, hint)


def _navigation(
    source: Source, keys: Keys, value: Any, addresses: frozenset[str]
) -> Iterator[Finding]:
    """Entries that lead nowhere."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _navigation(source, (*keys, index), entry, addresses)
    elif isinstance(value, dict):
        for label, entry in value.items():
            yield from _navigation(source, (*keys, label), entry, addresses)
    elif isinstance(value, str) and not is_elsewhere(value) and address(value) not in addresses:
        close = nearest(address(value), addresses)
        hint = f"có phải {close}?" if close else "viết tệp trong content/, ví dụ gioi-thieu.md"
        yield _finding(source, keys, f"không có trang {value}", hint)


def is_elsewhere(target: str) -> bool:
    """Whether an entry of the navigation leads out of the site."""
    return target.startswith(("http://", "https://", "mailto:", "tel:", "//"))


def address(target: str) -> str:
    """The address on the site of a page as `nav` writes it: a file under content/, or an address."""
    path = target.split("#")[0].removeprefix("./").strip("/")
    if path.endswith(".md"):
        path = path.removesuffix(".md")
        path = path.removesuffix("index").rstrip("/") if path.split("/")[-1] == "index" else path
    return f"{path}/" if path else ""


def _named(keys: Keys, value: Any) -> Iterator[tuple[Keys, str]]:
    """The entries of a list, or of a mapping, that are named with or without options."""
    if isinstance(value, dict):
        yield from (((*keys, name), str(name)) for name in value)
    for index, entry in enumerate(value if isinstance(value, list) else []):
        if isinstance(entry, dict):
            yield from (((*keys, index, name), str(name)) for name in entry)
        elif entry:
            yield (*keys, index), str(entry)


def _finding(source: Source, keys: Keys, message: str, hint: str) -> Finding:
    place = source.key_place(keys) or source.place(keys)
    name = field_name(keys)
    return source.finding(
        place, RULE, f"{name}: {message}", hint, field=name, severity=Severity.ERROR
    )


def guide_page() -> bytes:
    """The table as a page of the guide (`content/huong-dan/thiet-lap.md`)."""
    lines = [
        "---",
        "title: Bảng thiết lập",
        "summary: Mọi thiết lập của MkDocs và Material trong mkdocs.yml, thiết lập nào dùng và thiết lập nào không.",
        "order: 6",
        "---",
        "Người quen MkDocs và Material thấy ở đây từng thiết lập: trang dùng nó vào việc gì, hoặc không dùng và"
        " thay bằng gì. Thiết lập không dùng mà vẫn ghi trong `mkdocs.yml` thì `check` báo lỗi, nêu đúng dòng.",
        "",
        "| Thiết lập | Dùng | Việc của nó, hoặc cách thay |",
        "| --- | --- | --- |",
    ]
    for name, row in sorted(TABLE.items()):
        lines.append(
            f"| `{name}` | {'có' if row.honoured else 'không'} | {row.honoured or row.remedy} |"
        )
    lines += ["", "## Plugin", "", "| Plugin | Thay bằng |", "| --- | --- |"]
    lines += [f"| `{name}` | {remedy} |" for name, remedy in sorted(PLUGINS.items()) if remedy]
    lines += ["", "## Phần mở rộng Markdown hiểu được", ""]
    lines.append(", ".join(f"`{name}`" for name in UNDERSTOOD) + ".")
    return ("\n".join(lines) + "\n").encode()
