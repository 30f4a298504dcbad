"""The program as a wheel (PEP 427) and as a source archive: a build backend (PEP 517) without needs of its own.

The wheel holds the package, MkDocs' events, and as data what `shipped` names: theme, guide, schemas,
what is the same for the whole country, the locks. The same sources give the same bytes.
"""

import base64
import csv
import hashlib
import io
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TAG = "py3-none-any"
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # of a ZIP (PKWARE APPNOTE 4.4.6): files carry no clock
_DATA = "kehoach/package_data"

# Where files lie in this repository, and where in the wheel; one whose name begins or ends so is left out.
_FOLDERS = {
    "hooks/kehoach": "kehoach",
    "theme": f"{_DATA}/theme",
    "content/huong-dan": f"{_DATA}/content/huong-dan",
    "content/schema": f"{_DATA}/content/schema",
    "content/chu-de": f"{_DATA}/content/chu-de",
}
_FILES = {
    "hooks/mkdocs_events.py": "kehoach/mkdocs_events.py",
    "content/tu-viet-tat.yml": f"{_DATA}/content/tu-viet-tat.yml",
    "requirements.lock": f"{_DATA}/requirements.lock",
    "requirements-import.lock": f"{_DATA}/requirements-import.lock",
    "requirements-store.lock": f"{_DATA}/requirements-store.lock",
}
_METADATA = ("METADATA", "WHEEL", "entry_points.txt", "LICENSE")
_LEFT_OUT = ("__pycache__", ".pyc", "theme/fonts.py")
_SOURCES = ("hooks", "theme", "content", "docs", "tests")
_SOURCE_FILES = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "build.py", "mkdocs.yml")


def build_wheel(
    wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None
) -> str:
    """Write the wheel; its file name (PEP 517)."""
    project = _project()
    name = f"{project['name']}-{project['version']}"
    info = f"{name}.dist-info"
    files = {**dict(_package()), **{f"{info}/{n}": c for n, c in _metadata(project).items()}}
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD")
    return _pack(Path(wheel_directory), name, files)


def write_wheel(folder: Path) -> str:
    """Write the wheel of the program that runs, be it this repository's or installed; its file name."""
    if (ROOT / "pyproject.toml").is_file():
        return build_wheel(str(folder))
    installed = distribution("kehoach")
    paths = [path for path in installed.files or () if _is_packed(path.as_posix())]
    files = {path.as_posix(): path.locate().read_bytes() for path in paths}  # type: ignore[attr-defined]
    name = f"kehoach-{installed.version}"
    files[f"{name}.dist-info/RECORD"] = _record(files, f"{name}.dist-info/RECORD")
    return _pack(folder, name, files)


def _is_packed(path: str) -> bool:
    """Whether an installed file was in the wheel: what the installer adds was not."""
    if path.endswith((".pyc", "/RECORD")) or path.startswith(".."):
        return False
    return ".dist-info/" not in path or path.endswith(_METADATA)


def _pack(folder: Path, name: str, files: dict[str, bytes]) -> str:
    info, archive = f"{name}.dist-info", f"{name}-{TAG}.whl"
    with zipfile.ZipFile(folder / archive, "w") as wheel:
        for path, content in sorted(files.items(), key=lambda file: (info in file[0], file[0])):
            entry = zipfile.ZipInfo(path, _FIRST_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            wheel.writestr(entry, content, compresslevel=9)
    return archive


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    """Write the source archive; its file name (PEP 517)."""
    project = _project()
    name = f"{project['name']}-{project['version']}"
    paths = [ROOT / file for file in _SOURCE_FILES]
    paths += [path for folder in _SOURCES for path in (ROOT / folder).rglob("*") if path.is_file()]
    paths += ROOT.glob("requirements*.lock")
    archive = f"{name}.tar.gz"
    with tarfile.open(Path(sdist_directory) / archive, "w:gz", format=tarfile.PAX_FORMAT) as sdist:
        head = tarfile.TarInfo(f"{name}/PKG-INFO")
        metadata = _metadata(project)["METADATA"]
        head.size = len(metadata)
        sdist.addfile(head, io.BytesIO(metadata))
        for path in sorted(set(paths)):
            if not _is_left_out(path.relative_to(ROOT).as_posix()):
                sdist.add(path, f"{name}/{path.relative_to(ROOT).as_posix()}")
    return archive


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def _package() -> Iterator[tuple[str, bytes]]:
    """Every file of the package by its path in the wheel."""
    for folder, place in _FOLDERS.items():
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and not _is_left_out(name):
                yield place + name.removeprefix(folder), path.read_bytes()
    for file, place in _FILES.items():
        yield place, (ROOT / file).read_bytes()


def _is_left_out(name: str) -> bool:
    return any(part in name for part in _LEFT_OUT)


def _metadata(project: dict[str, Any]) -> dict[str, bytes]:
    """The files of `.dist-info` but RECORD (Core metadata 2.1; entry points specification)."""
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"License: {project['license']}",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {need}" for need in project["dependencies"]),
    ]
    for extra, needs in project["optional-dependencies"].items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f'Requires-Dist: {need}; extra == "{extra}"' for need in needs]
    groups = {"console_scripts": project["scripts"], **project["entry-points"]}
    entries = "".join(
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in points.items())
        for group, points in groups.items()
    )
    wheel = f"Wheel-Version: 1.0\nGenerator: kehoach\nRoot-Is-Purelib: true\nTag: {TAG}\n"
    return {
        "METADATA": ("\n".join(lines) + "\n").encode(),
        "WHEEL": wheel.encode(),
        "entry_points.txt": entries.encode(),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
    }


def _record(files: dict[str, bytes], own: str) -> bytes:
    """RECORD: each file with its hash and its size (PEP 376)."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for path, content in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow([path, f"sha256={digest}", len(content)])
    rows.writerow([own, "", ""])
    return text.getvalue().encode()
