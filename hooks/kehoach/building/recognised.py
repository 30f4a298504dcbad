"""The settings of `mkdocs.yml`: each is honoured, or refused by name with the remedy.

One table for the code, the guide and the tests: a setting of MkDocs' or Material's that has no row
here fails a test, so none is passed over in silence.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kehoach import shipped
from kehoach.building import assets, extensions, palette
from kehoach.hashing import digest_of
from kehoach.records.body import icons
from kehoach.records.body.sanitizing import removed_html
from kehoach.records.contact import WAYS
from kehoach.records.files import is_exactly
from kehoach.records.finding import Finding, Severity
from kehoach.records.source import Keys, Source, field_name, load, parse_yaml
from kehoach.records.text import nearest
from kehoach.rules.taken_name import is_made

RULE = "refused-setting"


class Row(NamedTuple):
    """A setting: what it does here, in words; refused, what to do instead; `idle` values say nothing."""

    honoured: str = ""
    remedy: str = ""
    idle: tuple[Any, ...] = ()


_NOTHING: tuple[Any, ...] = ("", None, "null", [], {})
_OFF = (*_NOTHING, "false", "no", "False")

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
    "theme.features": Row("những việc mà giao diện làm sẵn; việc khác bị từ chối theo tên"),
    "theme.font": Row(remedy="phông chữ nằm sẵn trong trang: ghi font: false", idle=("false",)),
    "theme.palette": Row(
        "màu: primary, accent; scheme là lựa chọn đầu của người đọc; nút đổi nền có sẵn"
    ),
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
    "extra.social": Row("liên kết ở chân trang: link, name, icon"),
    "extra.analytics": Row(remedy="trang không theo dõi người đọc: bỏ dòng này"),
    "extra.alternate": Row(remedy="trang có một ngôn ngữ: bỏ dòng này"),
    "extra.consent": Row(remedy="trang không đặt cookie: bỏ dòng này"),
    "extra.generator": Row(remedy="bỏ dòng này"),
    "extra.homepage": Row(remedy="biểu trưng dẫn về trang chủ: bỏ dòng này"),
    "extra.annotate": Row(remedy="dùng chú thích cuối trang của Markdown"),
    "extra.tags": Row(remedy="phân loại bằng kind, campaign trong phần khai báo"),
    "extra.status": Row(remedy="ghi status trong phần khai báo của văn bản"),
    "extra.version": Row(remedy="trang có một phiên bản: bỏ dòng này"),
    "extra.polyfills": Row(remedy="trang không cần kịch bản của máy chủ khác: bỏ dòng này"),
    "extra.scope": Row(remedy="mỗi trang nhớ riêng theo địa chỉ: bỏ dòng này"),
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

# What Material's features ask for: "" where every page has it anyway.
FEATURES = {
    "announce.dismiss": "viết thông báo thành tài liệu truyền thông",
    "content.action.edit": "",
    "content.action.view": "đặt edit_uri để có liên kết Sửa trang này",
    "content.code.annotate": "viết chú giải thành đoạn văn dưới khối mã",
    "content.code.copy": "bôi đen khối mã để chép",
    "content.code.select": "đánh dấu dòng bằng hl_lines",
    "content.footnote.tooltips": "chú thích nằm ở cuối trang, bấm số để tới",
    "content.lazy": "ảnh được thu nhỏ sẵn",
    "content.tabs.link": "mỗi hàng thẻ mở riêng",
    "content.tooltips": "chữ viết tắt ghi vào tu-viet-tat.yml",
    "header.autohide": "đầu trang đứng yên",
    "navigation.expand": "mục lồng nhau nằm trong menu",
    "navigation.footer": "bài trước, bài sau có ở kế hoạch và sự kiện",
    "navigation.indexes": "",
    "navigation.instant": "trang tải đủ nhanh không cần kịch bản",
    "navigation.instant.prefetch": "trang tải đủ nhanh không cần kịch bản",
    "navigation.instant.preview": "trang tải đủ nhanh không cần kịch bản",
    "navigation.instant.progress": "trang tải đủ nhanh không cần kịch bản",
    "navigation.path": "",
    "navigation.prune": "mục lồng nhau nằm trong menu",
    "navigation.sections": "mục lồng nhau nằm trong menu",
    "navigation.tabs": "",
    "navigation.tabs.sticky": "đầu trang cuộn theo trang",
    "navigation.top": "phím Home về đầu trang",
    "navigation.tracking": "mỗi mục có liên kết riêng để chép",
    "search.highlight": "",
    "search.share": "",
    "search.suggest": "",
    "toc.follow": "",
    "toc.integrate": "mục lục nằm cạnh văn bản",
}
# Events of MkDocs that concern pages, which MkDocs does not see here.
_PAGE_EVENTS = ("on_page", "on_nav", "on_template", "on_post_template", "on_pre_template")


class Site(NamedTuple):
    """The things that settings are judged by: the repository, its texts, the addresses of its pages,
    and the department's own theme by the folder's name, "" for none."""

    root: Path
    content: Path
    addresses: frozenset[str]
    theme: str = ""


def problems(
    settings: Source, root: Path, content: Path, addresses: frozenset[str]
) -> Iterator[Finding]:
    """Findings about what `settings` (mkdocs.yml) and the files that they inherit from ask in vain, with the
    remedy; `addresses` are the site's own, for the navigation."""
    sources = [settings, *_inherited(settings, root)]
    themes = (_group(source.data, "theme") for source in sources)
    theme = next((str(one["custom_dir"]) for one in themes if one.get("custom_dir")), "")
    for source in sources:
        yield from _judged(source, Site(root, content, addresses, theme))


def _judged(source: Source, site: Site) -> Iterator[Finding]:
    data = source.data
    if not isinstance(data, dict):
        return
    yield from (finding for finding in source.findings if finding.rule == "duplicate-key")
    for name, value in data.items():
        yield from _judge(source, (name,), value)
    yield from _theme(source, data.get("theme"))
    yield from _extra(source, data.get("extra"))
    yield from _together(source, data)
    yield from _plugins(source, data.get("plugins"))
    yield from _extensions(source, data.get("markdown_extensions"))
    yield from _files(source, data, site)
    yield from _watched(source, data.get("watch"), site.root)
    yield from _hooks(source, data.get("hooks"), site.root)
    yield from _navigation(source, ("nav",), data.get("nav"), site.addresses)


def _group(data: Any, name: str) -> dict[str, Any]:
    """A group of settings that hold a name each; none where something else stands there."""
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _inherited(source: Source, root: Path) -> Iterator[Source]:
    """The files that the settings in `source` inherit from, the nearest first (MkDocs, INHERIT)."""
    seen = {source.path}
    while isinstance(source.data, dict) and isinstance(name := source.data.get("INHERIT"), str):
        name = os.path.normpath(os.path.join(os.path.dirname(source.path), name))
        if name in seen:
            return
        seen.add(name)
        source = parse_yaml(load(root / name), name)
        yield source


def _theme(source: Source, theme: Any) -> Iterator[Finding]:
    named = {} if isinstance(theme, dict) else {"name": theme}
    said: dict[str, Any] = theme if isinstance(theme, dict) else named
    for name, value in said.items():
        if not named:
            yield from _judge(source, ("theme", name), value)
    keys: Keys = ("theme",) if named else ("theme", "name")
    if (called := said.get("name")) not in (None, "material", "kehoach"):
        message = f"giao diện {called} không dùng được"
        yield _finding(source, keys, message, "ghi material hoặc kehoach")
    features = said.get("features")
    for index, feature in enumerate(features if isinstance(features, list) else []):
        close = nearest(str(feature), FEATURES)
        unknown = f"có phải {close}?" if close else "bỏ dòng này"
        if remedy := FEATURES.get(feature, unknown):
            hint = remedy if feature not in FEATURES else f"bỏ dòng này: {remedy}"
            message = f"{feature} không dùng ở đây"
            yield _finding(source, ("theme", "features", index), message, hint)
    if said.get("palette") not in _NOTHING:
        for inside, message, hint in palette.faults(said["palette"]):
            yield _finding(source, ("theme", "palette", *inside), message, hint)


def _extra(source: Source, extra: Any) -> Iterator[Finding]:
    said: dict[str, Any] = extra if isinstance(extra, dict) else {}
    for name, value in said.items():
        if f"extra.{name}" in TABLE:
            yield from _judge(source, ("extra", name), value)
        elif name not in EXTRA and (close := nearest(name, EXTRA)):
            yield _finding(source, ("extra", name), "không có thiết lập này", f"có phải {close}?")
    social = said.get("social")
    if social in _NOTHING:
        return
    for index, place in enumerate(social if isinstance(social, list) else [None]):
        keys: Keys = ("extra", "social", index) if isinstance(social, list) else ("extra", "social")
        if not isinstance(place, dict) or not place.get("link"):
            hint = "ghi một dòng, ví dụ {icon: fontawesome/brands/facebook, link: https://…}"
            yield _finding(source, keys, "không có địa chỉ (link)", hint)
        elif (icon := str(place.get("icon") or "")) and not icons.svg(icon.replace("/", "-")):
            hint = "xem tên trong tài liệu của Material, hoặc bỏ dòng này"
            yield _finding(source, (*keys, "icon"), f"không có biểu tượng {icon}", hint)


def _together(source: Source, data: dict[str, Any]) -> Iterator[Finding]:
    """Settings that mean nothing by themselves."""
    if "site_name" in data and not data["site_name"]:
        yield _finding(source, ("site_name",), "trang chưa có tên", "ghi tên của trang")
    url = data.get("site_url")
    if isinstance(url, str) and ("?" in url or "#" in url):
        hint = "ghi địa chỉ của trang chủ, không có ? và #"
        yield _finding(source, ("site_url",), f"{url} không phải địa chỉ của một trang", hint)
    uri = str(data.get("edit_uri") or "")
    for name, needs in (("edit_uri", bool(uri) and not is_elsewhere(uri)), ("repo_name", True)):
        if needs and data.get(name) and not data.get("repo_url") and "INHERIT" not in data:
            yield _finding(source, (name,), "không có repo_url để nối vào", "ghi thêm repo_url")
    markup = str(data.get("copyright") or "")
    for removed in removed_html(markup):
        hint = "viết bằng chữ, liên kết <a href> và chữ đậm"
        yield _finding(source, ("copyright",), f"{removed.snippet} không được đưa lên trang", hint)


def _judge(source: Source, keys: Keys, value: Any) -> Iterator[Finding]:
    name = ".".join(map(str, keys))
    row = TABLE.get(name)
    if row is None:
        close = nearest(name, TABLE)
        hint = f"có phải {close}?" if close else "bỏ dòng này"
        yield _finding(source, keys, "không có thiết lập này", hint)
    elif row.remedy and value not in ((*_NOTHING, *row.idle) if row.idle else _OFF):
        yield _finding(source, keys, "thiết lập này không dùng ở đây", row.remedy)


def _plugins(source: Source, value: Any) -> Iterator[Finding]:
    for keys, name, options in _named(("plugins",), value):
        if remedy := PLUGINS.get(name, _PLUGIN):
            hint = f"bỏ dòng này: {remedy}"
            yield _finding(source, keys, f"plugin {name} không chạy ở đây", hint)
        elif options not in _NOTHING:
            message = f"plugin {name} không có tuỳ chọn"
            yield _finding(source, keys, message, "ghi thiết lập của trang dưới extra")


def _extensions(source: Source, value: Any) -> Iterator[Finding]:
    for keys, name, options in _named(("markdown_extensions",), value):
        if fault := extensions.fault(name):
            yield _finding(source, keys, *fault)
            continue
        for option, message, hint in extensions.option_faults(name, options):
            yield _finding(source, (*keys, option), message, hint)


def _files(source: Source, data: dict[str, Any], site: Site) -> Iterator[Finding]:
    """Styles, scripts and pictures that the settings name: the site's own, and there."""
    theme, content, own = _group(data, "theme"), site.content, site.theme
    if isinstance(logo := theme.get("logo"), str) and logo:
        if "//" in logo:
            message, hint = f"{logo} ở máy chủ khác", f"chép tệp vào {content.name}/"
            yield _finding(source, ("theme", "logo"), message, hint)
        elif _is_inside(logo) and not is_exactly(content, logo):
            message = f"không có tệp {content.name}/{logo}"
            yield _finding(source, ("theme", "logo"), message, "đặt tệp ở đường dẫn này")
    for setting in ("extra_css", "extra_javascript"):
        files = data.get(setting)
        for index, entry in enumerate(files if isinstance(files, list) else []):
            path = entry.get("path") if isinstance(entry, dict) else entry
            if isinstance(path, str) and path and (fault := _own_fault(path, site)):
                yield _finding(source, (setting, index), *fault)
    if theme.get("custom_dir") and (file := _own_print(site.root / own)):
        message = f"{own}/print/{file} không được dùng: mẫu bản in là của chương trình"
        yield _finding(source, ("theme", "custom_dir"), message, f"xoá {own}/print/")


def _is_inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")


def _own_fault(path: str, site: Site) -> tuple[str, str] | None:
    """Why the style or script at `path` of the department's theme does not reach readers, and the
    remedy. What runs is the theme's: a push to content/ must not change it."""
    own, content = site.theme, site.content
    if "//" in path:
        return f"{path} ở máy chủ khác", f"chép tệp vào {own or 'theme'}/"
    if not own:
        hint = f"ghi custom_dir: theme dưới theme, đặt tệp ở theme/{path}"
        return f"{path}: chưa có thư mục giao diện của Sở", hint
    if not _is_inside(path) or not assets.is_served(path) or is_made(path, set()):
        return (
            f"{own}/{path} không lên trang",
            f"đặt tệp ở nơi khác trong {own}/, ví dụ {own}/rieng/",
        )
    if is_exactly(site.root / own, path):
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
    if len(keys) > 1 and value in _NOTHING:
        yield _finding(source, keys, "mục này trống", "ghi trang mà mục dẫn tới, hoặc bỏ")
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _navigation(source, (*keys, index), entry, addresses)
    elif isinstance(value, dict):
        for label, entry in value.items():
            yield from _navigation(source, (*keys, label), entry, addresses)
    elif isinstance(value, str) and not is_elsewhere(value) and address(value) not in addresses:
        close = nearest(address(value), addresses)
        hint = f"có phải {close}?" if close else "viết tệp trong content/, ví dụ gioi-thieu.md"
        yield _finding(source, keys, f"không có trang {value}", hint)
    elif isinstance(value, str) and not is_elsewhere(value) and "#" in value:
        hint = f"ghi {value.split('#')[0]}"
        yield _finding(source, keys, "điều hướng dẫn tới trang, không tới mục trong trang", hint)


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


def _named(keys: Keys, value: Any) -> Iterator[tuple[Keys, str, Any]]:
    """The entries of a list, or of a mapping, that are named with or without options."""
    if isinstance(value, dict):
        yield from (((*keys, name), str(name), options) for name, options in value.items())
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                yield from _named((*keys, index), entry)
            elif entry:
                yield (*keys, index), str(entry), None
    elif value not in _NOTHING:
        yield keys, str(value), None


def _finding(source: Source, keys: Keys, message: str, hint: str) -> Finding:
    place = source.key_place(keys) or source.place(keys)
    name = field_name(keys)
    return source.finding(place, RULE, message, hint, field=name, severity=Severity.ERROR)


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
    lines += [
        "",
        "## Cơ quan và liên hệ",
        "",
        "Các khoá dưới `extra.department`, hiện ở chân mọi trang. Thiếu địa chỉ, điện thoại hoặc thư điện tử thì"
        " `check` cảnh báo.",
        "",
        "| Khoá | Là gì | Ví dụ |",
        "| --- | --- | --- |",
        "| `name` | tên Sở | Sở Khoa học và Công nghệ tỉnh Nghệ An |",
        "| `parent` | cơ quan cấp trên | Ủy ban nhân dân tỉnh Nghệ An |",
        "| `unit` | mã của Sở trong don-vi.yml | so |",
    ]
    lines += [f"| `{key}` | {way.words} | {way.example} |" for key, way in WAYS.items()]
    lines += ["| `url` | trang thông tin điện tử của Sở | https://so.example.vn |"]
    lines += ["", "## Plugin", "", "| Plugin | Thay bằng |", "| --- | --- |"]
    lines += [f"| `{name}` | {remedy} |" for name, remedy in sorted(PLUGINS.items()) if remedy]
    lines += ["", "## Việc trong theme.features", "", "| Tên | Có sẵn | Thay bằng |"]
    lines += ["| --- | --- | --- |"]
    lines += [_row(name, remedy) for name, remedy in sorted(FEATURES.items())]
    lines += [
        "",
        "## Phần mở rộng Markdown",
        "",
        "| Tên | Hiểu | Thay bằng |",
        "| --- | --- | --- |",
    ]
    lines += [_row(name, one.remedy) for name, one in sorted(extensions.TABLE.items())]
    return ("\n".join(lines) + "\n").encode()


def _row(name: str, remedy: str) -> str:
    return f"| `{name}` | {'không' if remedy else 'có'} | {remedy} |"
