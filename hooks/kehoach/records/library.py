"""`content/` as one library of records, with everything that was wrong on the way."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from kehoach.records import relations
from kehoach.records.addresses import SECTIONS, address_of, files_at
from kehoach.records.campaign import Campaign, CampaignPeriod
from kehoach.records.document import Document, Guide, year_in
from kehoach.records.event import Deadline, Event, Slogan
from kehoach.records.finding import Finding
from kehoach.records.fulfilment import Fulfilment, Item, fulfilments
from kehoach.records.listing import Listing
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.source import Parsed, Place, Source, load, parse, parse_yaml
from kehoach.records.unit import Unit, UnitKind, Units
from kehoach.records.validation import findings_of, validate
from kehoach.records.years import year_meant

D = TypeVar("D", bound=Document)

UNITS_FILE = "don-vi.yml"
ABBREVIATIONS_FILE = "tu-viet-tat.yml"
SHARED_FILES = (UNITS_FILE, ABBREVIATIONS_FILE)


@dataclass(slots=True)
class Duties:
    """The duties of one unit: events it leads or joins, deadlines it owes or receives."""

    leads: list[Event] = field(default_factory=list)
    joins: list[Event] = field(default_factory=list)
    owes: list[Deadline] = field(default_factory=list)
    receives: list[Deadline] = field(default_factory=list)


@dataclass
class Shared:
    """The records that every document may speak of: units and abbreviations."""

    units: Units = field(default_factory=lambda: Units(()))
    unit_rows: dict[int, Unit] = field(default_factory=dict)  # by their index in the file
    units_source: Source = field(default_factory=lambda: Parsed(UNITS_FILE))
    abbreviations: dict[str, str] = field(default_factory=dict)
    abbreviations_source: Source = field(default_factory=lambda: Parsed(ABBREVIATIONS_FILE))


class Documents(Protocol):
    """Where a library has its documents from. What it was not made for, it refuses by raising."""

    def of(self, model: type[D]) -> list[D]:
        """The documents of a kind, in the order of their paths."""

    def at(self, file: str) -> Document | None:
        """The document in `file` ("ke-hoach/2022/x.md"); None where there is none to be seen."""

    def called(self, number: str) -> list[Document]:
        """The plans with this number (see `relations.key`)."""

    def pointing(self, name: str) -> list[Document]:
        """The plans that call another by this name, to amend or replace it or to be so by it."""

    def sources(self) -> list[Source]:
        """The sources that were read: the files of units and abbreviations, then every document's."""

    def source(self, file: str) -> Source | None:
        """The source that was read from `file`; None where nothing was."""

    def pages(self) -> Iterable[str]:
        """The addresses of all events and slogans."""

    def years(self) -> Iterable[int]:
        """The years of all plans and campaigns."""


class Library:
    """The records of `content/`, as many of them as whoever has it may look at.

    `root` is the folder, `listing` what lies in it; `name` is how findings call it.
    """

    def __init__(
        self, root: Path, name: str, listing: Listing, shared: Shared, documents: Documents
    ) -> None:
        self.root = root
        self.name = name
        self.listing = listing
        self.files = list(listing.files)
        self.units = shared.units
        self.unit_rows = shared.unit_rows
        self.units_source = shared.units_source
        self.abbreviations = shared.abbreviations
        self.abbreviations_source = shared.abbreviations_source
        self._documents = documents

    @cached_property
    def plans(self) -> list[Plan]:
        return self._documents.of(Plan)

    @cached_property
    def campaigns(self) -> list[Campaign]:
        return self._documents.of(Campaign)

    @cached_property
    def materials(self) -> list[Material]:
        return self._documents.of(Material)

    @cached_property
    def guides(self) -> list[Guide]:
        return self._documents.of(Guide)

    @property
    def documents(self) -> Iterator[Document]:
        yield from self.plans
        yield from self.campaigns
        yield from self.materials
        yield from self.guides

    @property
    def paths(self) -> list[str]:
        """Where the documents are, from the folder above `content`."""
        return [f"{self.name}/{file}" for file in self.files if file.endswith(".md")]

    def document(self, path: str) -> Document | None:
        """The document at one of `paths`; None where it cannot be read."""
        return self._documents.at(path.removeprefix(f"{self.name}/"))

    @property
    def sources(self) -> list[Source]:
        """The sources that were read, each with its findings."""
        return self._documents.sources()

    @property
    def findings(self) -> list[Finding]:
        """The findings of all sources."""
        return sorted(chain.from_iterable(source.findings for source in self.sources))

    @property
    def size(self) -> int:
        """How many of its files are texts, or have units and abbreviations."""
        return sum(file.endswith(".md") or file in SHARED_FILES for file in self.files)

    def text(self, path: str) -> str:
        """The text of the file at `path`; "" where none was read."""
        source = self.source(path)
        return source.text if source else ""

    def source(self, path: str) -> Source | None:
        """The source that was read from the file at `path`; None where nothing was."""
        return self._documents.source(path.removeprefix(f"{self.name}/"))

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

    @property
    def by_address(self) -> Mapping[str, Document]:
        return _Addresses(self._documents, self)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address of the site that a page may link to."""
        pages = {address_of(file) for file in self.files if file.endswith(".md")}
        pages.update(self._documents.pages())
        pages.update(unit.page for unit in self.units)
        years = set(self._documents.years())
        pages.update(f"{folder}/{year}/" for folder in ("khau-hieu", "lich") for year in years)
        pages.update(f"{section}/" for section in SECTIONS)
        return frozenset((*pages, ""))

    def campaign(self, year: int | None) -> Campaign | None:
        return next((campaign for campaign in self.campaigns if campaign.year == year), None)

    @cached_property
    def fulfilments(self) -> list[Fulfilment]:
        """The fulfilments of all campaigns' periods by plans."""
        campaigns = {campaign.year: campaign for campaign in self.campaigns}
        joined = (plan for plan in self.plans if plan.campaign in campaigns)
        return [f for plan in joined for f in fulfilments(campaigns[plan.campaign or 0], plan)]

    def stages(self, item: Item) -> list[Fulfilment]:
        """The periods that an event or a deadline carries out."""
        return self._by_item.get(id(item), [])

    def stands_alone(self, period: CampaignPeriod) -> bool:
        """Whether calendars show a period by itself: nothing that stands for it is shown."""
        return not any(one.period is period and one.stands_for_it for one in self.fulfilments)

    @cached_property
    def _by_item(self) -> dict[int, list[Fulfilment]]:
        found: dict[int, list[Fulfilment]] = {}
        for one in self.fulfilments:
            found.setdefault(id(one.by), []).append(one)
        return found

    def plan(self, address: str | None) -> Plan | None:
        """The plan at `ke-hoach/<year>/<slug>`, with or without a slash or `.md` at the end."""
        if not address:
            return None
        found = self._documents.at(plan_file(address))
        return found if isinstance(found, Plan) else None

    def meant(self, written: str | None) -> Plan | None:
        """The one plan that `written` names by its address, or by its number and day."""
        if not written:
            return None
        if relations.address_in(written):
            return self.plan(written)
        cited = relations.cited(written)
        return self.cited(cited) if cited else None

    def cited(self, cited: relations.Citation) -> Plan | None:
        """The one plan that a text cites."""
        numbered = self._documents.called(relations.key(cited.number))
        plans = (plan for plan in numbered if isinstance(plan, Plan))
        found = [plan for plan in plans if relations.agrees(plan, cited)]
        return found[0] if len(found) == 1 else None

    def amenders(self, plan: Plan) -> list[Plan]:
        """The plans that amend `plan`, whichever of the two says so."""
        return self._related(plan, plan.amended_by, lambda other: other.amends)

    def amended(self, plan: Plan) -> list[Plan]:
        """The plans that `plan` amends, whichever of the two says so."""
        return self._related(plan, plan.amends, lambda other: other.amended_by)

    def successors(self, plan: Plan) -> list[Plan]:
        """The plans that replace `plan`, whichever of the two says so."""
        return self._related(plan, (plan.superseded_by,), lambda other: (other.supersedes,))

    def predecessors(self, plan: Plan) -> list[Plan]:
        """The plans that `plan` replaces, whichever of the two says so."""
        return self._related(plan, (plan.supersedes,), lambda other: (other.superseded_by,))

    def elsewhere(self, plan: Plan) -> dict[str, list[str]]:
        """The documents outside this site that `plan` names as related, by the field, as it writes them."""
        written = {
            "amends": plan.amends,
            "amended_by": plan.amended_by,
            "supersedes": (plan.supersedes,),
            "superseded_by": (plan.superseded_by,),
        }
        return {
            field: [name for name in names if name and not self.meant(name)]
            for field, names in written.items()
        }

    def _related(
        self,
        plan: Plan,
        named: Iterable[str | None],
        says: Callable[[Plan], Iterable[str | None]],
    ) -> list[Plan]:
        own = [meant for written in named if (meant := self.meant(written))]
        pointing = (
            other
            for name in relations.names(plan)
            for other in self._documents.pointing(name)
            if isinstance(other, Plan)
            and any(relations.names_it(written, plan) for written in says(other))
        )
        found = {other.address: other for other in (*own, *pointing) if other is not plan}
        return sorted(found.values(), key=lambda other: other.address)

    def has_plan(self, address: str) -> bool:
        """Whether a plan is written at `address`, be it one that cannot be read."""
        file = plan_file(address)
        return file.startswith(f"{Plan.folder}/") and file in self.file_set

    def issuer(self, document: Plan | Material) -> Unit | None:
        return self.units.resolve(document.issuer)

    def issuers(self, plan: Plan) -> list[Unit | str]:
        """All that issued `plan`: units, or their names where don-vi.yml does not have them."""
        return [self.units.resolve(name) or name for name in plan.issuers]

    def issuer_names(self, plan: Plan) -> list[str]:
        """The full names of all that issued `plan`."""
        return [one if isinstance(one, str) else one.name for one in self.issuers(plan)]

    def issuing(self, plan: Plan) -> list[Unit]:
        """The units among those that issued `plan`, each once, the leading one first."""
        units = [unit for unit in self.issuers(plan) if isinstance(unit, Unit)]
        return list({unit.id: unit for unit in units}.values())

    def unit(self, name: str, plan: Plan) -> Unit | None:
        """The unit that `plan` means by `name`."""
        return self.units.named(name, plan.issuer)

    @cached_property
    def duties(self) -> dict[str, Duties]:
        """The duties of each unit, by its id."""
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


class _Addresses(Mapping[str, Document]):
    """The documents of a library by address; looking one up is looking at that one."""

    def __init__(self, documents: Documents, library: Library) -> None:
        self._documents = documents
        self._library = library

    def __getitem__(self, address: str) -> Document:
        for file in files_at(address):
            if (document := self._documents.at(file)) and document.address == address:
                return document
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        return (document.address for document in self._library.documents)

    def __len__(self) -> int:
        return sum(1 for _ in self._library.documents)


def parse_document(raw: bytes, file: str, *, name: str = "content") -> Document | None:
    """The record that `raw` would be as the file `file` ("ke-hoach/2022/x.md"); None where it is not valid."""
    source, document = read_record(raw, file, name)
    return None if source.findings else document


def read_record(raw: bytes | None, file: str, name: str) -> tuple[Parsed, Document | None]:
    """The file `file` with the bytes `raw`, None for one that cannot be opened, and its record where it is valid."""
    source = parse(raw, f"{name}/{file}", bare=is_bare(file))
    document = validate(model_of(file), source, {"year": year_meant(source.data)})
    if document is not None:
        document.attach(source, address_of(file))
    return source, document


def model_of(file: str) -> type[Document]:
    """The model of the document in `file`, by the folder that it is in."""
    return _MODELS.get(file.split("/", 1)[0], Guide)


def is_bare(file: str) -> bool:
    """Whether the file `file` may stand without front matter: an ordinary page, which records nothing."""
    return model_of(file) is Guide


_MODELS: dict[str, type[Document]] = {model.folder: model for model in (Plan, Campaign, Material)}


def plan_file(address: str) -> str:
    """The file of the plan at `address`, with or without a slash or `.md` at the end."""
    return f"{address.removesuffix('.md').strip('/')}.md"


def year_of(file: str) -> int:
    """The `year` of the document in `file`."""
    return year_in(address_of(file))


def read_shared(root: Path, files: Container[str], name: str) -> Shared:
    """The units and abbreviations among the `files` in `root`, which findings call `name`."""
    shared = Shared()
    if UNITS_FILE in files:
        _read_units(shared, load(root / UNITS_FILE), f"{name}/{UNITS_FILE}")
    if ABBREVIATIONS_FILE in files:
        _read_abbreviations(shared, load(root / ABBREVIATIONS_FILE), f"{name}/{ABBREVIATIONS_FILE}")
    return shared


def _read_units(shared: Shared, raw: bytes | None, path: str) -> None:
    source = shared.units_source = parse_yaml(raw, path)
    if not source.findings and not isinstance(source.data, list):
        message = "tệp phải là một danh sách đơn vị"
        source.findings.append(source.finding(Place(1, 1), "wrong-type", message, "- id: …"))
    rows = enumerate(source.data if isinstance(source.data, list) else ())
    units = {index: validate(Unit, source, {}, data, (index,)) for index, data in rows}
    shared.unit_rows = {index: unit for index, unit in units.items() if unit}
    shared.units = Units(shared.unit_rows.values())


def _read_abbreviations(shared: Shared, raw: bytes | None, path: str) -> None:
    source = shared.abbreviations_source = parse_yaml(raw, path)
    if source.findings:
        return
    try:
        shared.abbreviations = TypeAdapter(dict[str, str]).validate_python(source.data or {})
    except ValidationError as error:
        source.findings += findings_of(error, source, None)
