"""`content/` as one library of records, with everything that was wrong on the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from textwrap import shorten
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from kehoach.records.addresses import address_of
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document, Guide
from kehoach.records.event import Deadline, Event, Slogan
from kehoach.records.fields import Record
from kehoach.records.finding import Finding
from kehoach.records.listing import Listing, look
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.source import (
    MAX_FINDINGS,
    Keys,
    Place,
    Source,
    field_name,
    load,
    parse,
    parse_yaml,
    unknown_key_hint,
    written_keys,
)
from kehoach.records.stand_ins import fill_in
from kehoach.records.unit import Unit, UnitKind, Units
from kehoach.records.years import year_meant

R = TypeVar("R", bound=Record)
D = TypeVar("D", bound=Document)

UNITS_FILE = "don-vi.yml"
ABBREVIATIONS_FILE = "tu-viet-tat.yml"

_LISTS = ("chu-de/", "don-vi/", "huong-dan/", "ke-hoach/", "khau-hieu/", "lich/", "su-kien/")
_LISTS += ("tim-kiem/", "truyen-thong/")

# pydantic's error types (https://docs.pydantic.dev/latest/errors/validation_errors/) as rule ids.
_RULE_OF_TYPE = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "enum": "unknown-value",
}


@dataclass(slots=True)
class Duties:
    """What one unit has to do with: events it leads or joins, deadlines it owes or receives."""

    leads: list[Event] = field(default_factory=list)
    joins: list[Event] = field(default_factory=list)
    owes: list[Deadline] = field(default_factory=list)
    receives: list[Deadline] = field(default_factory=list)


@dataclass
class Library:
    """Everything in `content/`, read once."""

    root: Path
    name: str = "content"  # how findings call the folder
    plans: list[Plan] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    guides: list[Guide] = field(default_factory=list)
    units: Units = field(default_factory=lambda: Units(()))
    unit_rows: dict[int, Unit] = field(default_factory=dict)  # by their index in the file
    units_source: Source = field(default_factory=lambda: Source(UNITS_FILE))
    abbreviations: dict[str, str] = field(default_factory=dict)
    abbreviations_source: Source = field(default_factory=lambda: Source(ABBREVIATIONS_FILE))
    listing: Listing = field(default_factory=Listing)
    files: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def documents(self) -> Iterator[Document]:
        yield from self.plans
        yield from self.campaigns
        yield from self.materials
        yield from self.guides

    @property
    def paths(self) -> Iterable[str]:
        """Where the documents are, from the folder above `content`."""
        return self._by_path.keys()

    def document(self, path: str) -> Document | None:
        """The document at one of `paths`; None where it cannot be read."""
        return self._by_path.get(path)

    @property
    def size(self) -> int:
        """How many files were read."""
        return len(self.sources)

    def text(self, path: str) -> str:
        """The text of the file at `path`; "" where none was read."""
        return next((source.text for source in self.sources if source.path == path), "")

    @cached_property
    def _by_path(self) -> dict[str, Document]:
        return {document.path: document for document in self.documents}

    @cached_property
    def events(self) -> list[Event]:
        return [event for plan in self.plans for event in plan.events]

    @cached_property
    def deadlines(self) -> list[Deadline]:
        return [deadline for plan in self.plans for deadline in plan.deadlines]

    @cached_property
    def slogans(self) -> list[Slogan]:
        """Slogans and themes of campaigns, then of plans."""
        official = [s for campaign in self.campaigns for s in (*campaign.slogans, *campaign.themes)]
        return official + [slogan for plan in self.plans for slogan in plan.slogans]

    @cached_property
    def file_set(self) -> frozenset[str]:
        return frozenset(self.files)

    @cached_property
    def by_address(self) -> dict[str, Document]:
        return {document.address: document for document in self.documents}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address of the site that a page may link to."""
        pages = {address_of(file) for file in self.files if file.endswith(".md")}
        for shelf in (self.events, self.slogans, self.units):
            pages.update(record.page for record in shelf)
        years = {document.year for document in (*self.plans, *self.campaigns)}
        pages.update(f"{folder}/{year}/" for folder in ("khau-hieu", "lich") for year in years)
        return frozenset((*pages, "", *_LISTS))

    def published(self, today: date) -> "Library":
        """The library without the documents that are not to be published yet on the day `today`."""
        shelves = ("plans", "campaigns", "materials", "guides")
        kept = {
            shelf: [
                document for document in getattr(self, shelf) if not document.is_withheld(today)
            ]
            for shelf in shelves
        }
        return replace(self, **kept)

    def campaign(self, year: int | None) -> Campaign | None:
        return next((campaign for campaign in self.campaigns if campaign.year == year), None)

    def plan(self, address: str | None) -> Plan | None:
        """The plan at `ke-hoach/<year>/<slug>`, with or without a slash or `.md` at the end."""
        if not address:
            return None
        found = self.by_address.get(address.removesuffix(".md").strip("/") + "/")
        return found if isinstance(found, Plan) else None

    def has_plan(self, address: str) -> bool:
        """Whether a plan is written at `address`, be it one that cannot be read."""
        file = address.removesuffix(".md").strip("/") + ".md"
        return file.startswith(f"{Plan.folder}/") and file in self.file_set

    def issuer(self, document: Plan | Material) -> Unit | None:
        return self.units.resolve(document.issuer)

    def issuers(self, plan: Plan) -> list[Unit | str]:
        """All that issued `plan`: units, or their names where don-vi.yml does not have them."""
        return [self.units.resolve(name) or name for name in plan.issuers]

    def unit(self, name: str, plan: Plan) -> Unit | None:
        """The unit that `plan` means by `name`."""
        return self.units.named(name, plan.issuer)

    @cached_property
    def duties(self) -> dict[str, Duties]:
        """What each unit leads, joins and owes, by unit id."""
        duties = {unit.id: Duties() for unit in self.units}

        def add(names: tuple[str, ...], plan: Plan, shelf: str, item: Event | Deadline) -> None:
            units = (self.unit(name, plan) for name in names)
            for identifier in dict.fromkeys(unit.id for unit in units if unit):
                getattr(duties[identifier], shelf).append(item)

        for event in self.events:
            add(event.lead, event.plan, "leads", event)
            add(event.partners, event.plan, "joins", event)
        for deadline in self.deadlines:
            add(deadline.who, deadline.plan, "owes", deadline)
            add(deadline.to, deadline.plan, "receives", deadline)
        return duties

    def collectives(self, unit: Unit) -> list[Unit]:
        """The groups ("Các phòng, đơn vị thuộc Sở") that `unit` is one of: those under its own parent."""
        siblings = (
            self.units.children(self.units.by_id[unit.parent])
            if unit.parent in self.units.by_id
            else []
        )
        return [
            other for other in siblings if other.kind is UnitKind.COLLECTIVE and other is not unit
        ]

    def event(self, identifier: str | None, year: int) -> Event | None:
        return next((e for e in self.events if e.id == identifier and e.year == year), None)


def read_library(content: Path, *, name: str = "content") -> Library:
    """Every record under `content`; files are read in the order of their paths.

    `name` is how findings call the folder. A file with an error gives findings and no record.
    """
    library = Library(content, name)
    library.listing = look(content)
    library.files = list(library.listing.files)
    read_shared(library, name)
    for file in library.files:
        if not file.endswith(".md"):
            continue
        source, document = read_record(load(content / file), file, name)
        library.sources.append(source)
        library.findings += source.findings
        if document is not None:
            _SHELVES[type(document)](library).append(document)
    library.findings.sort()
    return library


def read_shared(library: Library, name: str) -> None:
    """Fill in the units and the abbreviations, which every document may speak of."""
    _read_units(library, name)
    _read_abbreviations(library, name)


def parse_document(raw: bytes, file: str, *, name: str = "content") -> Document | None:
    """The record that `raw` would be as the file `file` ("ke-hoach/2022/x.md"); None where it is not valid."""
    source, document = read_record(raw, file, name)
    return None if source.findings else document


def read_record(raw: bytes | None, file: str, name: str) -> tuple[Source, Document | None]:
    """The file `file` with the bytes `raw`, None for one that cannot be opened, and its record where it is valid."""
    source = parse(raw, f"{name}/{file}")
    document = _validate(model_of(file), source, {"year": year_meant(source.data)})
    if document is not None:
        document.attach(source, address_of(file))
    return source, document


def model_of(file: str) -> type[Document]:
    """What the file `file` records, by the folder that it is in."""
    return _MODELS.get(file.split("/", 1)[0], Guide)


_MODELS: dict[str, type[Document]] = {model.folder: model for model in (Plan, Campaign, Material)}
_SHELVES = {
    Plan: lambda library: library.plans,
    Campaign: lambda library: library.campaigns,
    Material: lambda library: library.materials,
    Guide: lambda library: library.guides,
}


def _read_units(library: Library, name: str) -> None:
    if UNITS_FILE not in library.files:
        return
    source = parse_yaml(load(library.root / UNITS_FILE), f"{name}/{UNITS_FILE}")
    library.units_source = source
    library.sources.append(source)
    if not source.findings and not isinstance(source.data, list):
        message = "tệp phải là một danh sách đơn vị"
        source.findings.append(source.finding(Place(1, 1), "wrong-type", message, "- id: …"))
    rows = enumerate(source.data if isinstance(source.data, list) else ())
    units = {index: _validate(Unit, source, {}, data, (index,)) for index, data in rows}
    library.findings += source.findings
    library.unit_rows = {index: unit for index, unit in units.items() if unit}
    library.units = Units(library.unit_rows.values())


def _read_abbreviations(library: Library, name: str) -> None:
    if ABBREVIATIONS_FILE not in library.files:
        return
    source = parse_yaml(load(library.root / ABBREVIATIONS_FILE), f"{name}/{ABBREVIATIONS_FILE}")
    library.abbreviations_source = source
    library.sources.append(source)
    if not source.findings:
        try:
            library.abbreviations = TypeAdapter(dict[str, str]).validate_python(source.data or {})
        except ValidationError as error:
            source.findings += _findings(error, source, None)
    library.findings += source.findings


def _validate(
    model: type[R], source: Source, context: dict[str, Any], data: Any = None, keys: Keys = ()
) -> R | None:
    data = data if keys else source.data
    if data is None and source.findings:
        return None
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        source.findings += _findings(error, source, model, keys)
        return fill_in(model, data, context, error) if issubclass(model, Document) else None


def _findings(
    error: ValidationError, source: Source, model: type[Record] | None, keys: Keys = ()
) -> Iterator[Finding]:
    for item in islice(error.errors(include_url=False), MAX_FINDINGS):
        where: Keys = written_keys(source.data, (*keys, *item["loc"]))
        rule = _RULE_OF_TYPE.get(item["type"])
        context = item.get("ctx", {})
        place = source.place(where)
        if "message" in context:
            rule, message, hint = item["type"], context["message"], context["hint"]
            if context["column"]:
                place = source.value_place(where, context["column"])
        elif rule == "missing-key":
            message, hint = f"thiếu khoá `{where[-1]}`", f"thêm dòng `{where[-1]}: …`"
        elif rule == "unknown-key":
            place = source.key_place(where) or place
            message = f"khoá `{where[-1]}` không có trong mẫu"
            hint = unknown_key_hint(str(where[-1]), _known_keys(model, item["loc"][:-1]))
        elif rule == "unknown-value":
            message = (
                f"giá trị `{shorten(str(item['input']), 60, placeholder='…')}` không dùng được"
            )
            hint = "dùng một trong: " + context["expected"].replace("'", "").replace(" or ", ", ")
        else:
            rule = "wrong-type"
            message, hint = _wrong_type(item)
        yield source.finding(place, rule, message, hint, field=field_name(where))


def _known_keys(model: type[Record] | None, loc: Keys) -> list[str]:
    for key in loc:
        if model is None or isinstance(key, int):
            continue
        annotation = model.model_fields[str(key)].annotation
        model = next((m for m in _models_in(annotation)), None)
    return list(model.model_fields) if model else []


def _models_in(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


# What each kind of mismatch is called in Vietnamese, by the start of pydantic's error type.
_EXPECTED = (
    ("string_too_short", "giá trị để trống", "viết nội dung hoặc bỏ khoá này"),
    ("string_pattern", "mã chỉ gồm a-z, 0-9 và dấu gạch nối", "ví dụ: toa-dam-cai-cach"),
    ("string", "cần một dòng chữ", "viết trên một dòng, không dùng danh sách"),
    ("int", "cần một số nguyên", "ví dụ: 2022"),
    ("tuple", "cần một danh sách", "mỗi dòng một mục, mở đầu bằng `- `"),
    ("model", "cần một nhóm khoá", "mỗi dòng một `khoá: giá trị`"),
    ("dict", "cần một nhóm khoá", "mỗi dòng một `khoá: giá trị`"),
    ("greater", "số nhỏ quá mức cho phép", "ví dụ: 2022"),
    ("less", "số lớn quá mức cho phép", "ví dụ: 2022"),
)


def _wrong_type(item: Any) -> tuple[str, str]:
    kind = item["type"]
    if item["input"] is None:
        return "giá trị để trống", "viết nội dung hoặc bỏ khoá này"
    for start, message, hint in _EXPECTED:
        if kind.startswith(start):
            return message, hint
    return f"giá trị không đúng kiểu ({kind})", "xem mẫu trong content/huong-dan/"
