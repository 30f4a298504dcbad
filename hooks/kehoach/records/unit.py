"""Units: who issues, leads, takes part; found by id, name or alias however it is spelled."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from pydantic import Field

from kehoach.records.fields import Identifier, Record, Text, Url
from kehoach.records.text import canonical, nearest

_AREA = re.compile(r" (?=(?:tỉnh|thành phố|huyện|quận|thị xã|đặc khu|xã|phường) \S)", re.IGNORECASE)
_LINE = 24  # letters that a letterhead holds in one line


class UnitKind(StrEnum):
    MINISTRY = "bộ"
    COMMITTEE = "ủy ban"
    DEPARTMENT = "sở"
    DIVISION = "phòng"
    CENTRE = "trung tâm"
    BRANCH = "chi cục"
    INSPECTORATE = "thanh tra"
    UNION = "đoàn thể"
    COLLECTIVE = "tập thể"
    PEOPLE = "cá nhân"
    PRESS = "báo chí"
    ORGANISATION = "tổ chức"


class Unit(Record):
    """A body that plans speak of.

    `tập thể` are groups of units ("Các phòng, đơn vị thuộc Sở"), `cá nhân` groups of people ("Lãnh đạo Sở").
    """

    id: Identifier = Field(description="Mã cố định, là địa chỉ trang của đơn vị")
    name: Text = Field(description="Tên đầy đủ")
    short: str | None = Field(None, description="Tên ngắn")
    kind: UnitKind = Field(UnitKind.ORGANISATION, description="Loại đơn vị")
    parent: str | None = Field(None, description="Mã đơn vị cấp trên trực tiếp")
    province: str | None = Field(None, description="Tỉnh, thành phố")
    aliases: tuple[str, ...] = Field((), description="Các cách viết khác trong văn bản")
    address: str | None = Field(None, description="Địa chỉ trụ sở")
    phone: str | None = Field(None, description="Điện thoại")
    email: str | None = Field(None, description="Thư điện tử")
    url: Url | None = Field(None, description="Trang thông tin điện tử")

    @property
    def page(self) -> str:
        return f"don-vi/{self.id}/"

    @property
    def label(self) -> str:
        return self.short or self.name

    def names(self) -> Iterator[str]:
        yield self.id
        yield self.name
        if self.short:
            yield self.short
        yield from self.aliases


def lines_of(name: str) -> list[str]:
    """A name as a letterhead breaks it: "ỦY BAN NHÂN DÂN" over "TỈNH LÂM ĐỒNG" where it is long."""
    area = _AREA.search(name) if len(name) > _LINE else None
    lines = [name[: area.start()], name[area.start() + 1 :]] if area else [name]
    return [line for line in lines if line]


class Units:
    """All units, with the way from a written name to the unit that is meant."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_id: dict[str, Unit] = {}
        self._by_name: dict[str, list[Unit]] = {}
        self._meant: dict[tuple[str, str], list[Unit]] = {}
        self._named: dict[tuple[str, str], Unit | None] = {}
        self._under: dict[str | None, list[Unit]] = {}
        for unit in units:
            if unit.id in self.by_id:
                continue
            self.by_id[unit.id] = unit
            self._under.setdefault(unit.parent, []).append(unit)
            for name in dict.fromkeys(canonical(name) for name in unit.names()):
                self._by_name.setdefault(name, []).append(unit)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def root(self, unit: Unit) -> Unit:
        """The highest unit above `unit` that is not a collective, or `unit` itself."""
        seen = {unit.id}
        while unit.parent in self.by_id and unit.parent not in seen:
            unit = self.by_id[unit.parent]
            seen.add(unit.id)
        return unit

    def ancestors(self, unit: Unit) -> list[Unit]:
        """The units above `unit`, nearest first; a circle of parents ends where it closes."""
        above: dict[str, Unit] = {}
        while (parent := unit.parent) in self.by_id and parent not in above:
            unit = self.by_id[parent]
            above[parent] = unit
        return list(above.values())

    def province(self, unit: Unit) -> str:
        """The province of `unit` or of the nearest unit above it, "" where none is told."""
        return next((u.province for u in [unit, *self.ancestors(unit)] if u.province), "")

    def superior(self, unit: Unit) -> Unit | None:
        """The unit above `unit`; for a department without one, the committee of its province."""
        above = next(iter(self.ancestors(unit)), None)
        if above or unit.kind is not UnitKind.DEPARTMENT or not unit.province:
            return above
        committees = (u for u in self if u.kind is UnitKind.COMMITTEE and not u.parent)
        return next((u for u in committees if u.province == unit.province), None)

    def letterhead(self, unit: Unit) -> tuple[str, str]:
        """The two lines over a document of `unit` (Decree 30/2020/NĐ-CP, Appendix I, II.2): the
        body above it, "" for none, and its own name without the province that the first tells."""
        superior = self.superior(unit)
        above, province = superior.label if superior else "", self.province(unit)
        if not province or province not in above:
            return above, unit.name
        areas = (f" tỉnh {province}", f" thành phố {province}")
        area = next((area for area in areas if unit.name.endswith(area)), "")
        return above, unit.name.removesuffix(area)

    def heading(self, issuers: Iterable[Unit | str]) -> tuple[list[str], list[str]]:
        """The lines over a document of `issuers`, units or mere names: what is above them all, and
        their names; in a joint document each but the last ends in a dash."""
        heads = [
            self.letterhead(issuer) if isinstance(issuer, Unit) else ("", issuer)
            for issuer in issuers
        ]
        above = {superior for superior, _ in heads}
        superior = lines_of(above.pop()) if len(above) == 1 else []
        names = [name for _, name in heads]
        joined = [f"{name} -" for name in names[:-1]] + names[-1:]
        return superior, [line for name in joined for line in lines_of(name)]

    def children(self, unit: Unit) -> list[Unit]:
        return self._under.get(unit.id, [])

    def candidates(self, name: str, within: Unit | None = None) -> list[Unit]:
        """The units that `name` may mean. Those at or under `within` hide the others, then those of
        its province, then those under none.
        """
        key = name, within.id if within else ""
        if key not in self._meant:
            self._meant[key] = self._candidates(name, within)
        return self._meant[key]

    def _candidates(self, name: str, within: Unit | None) -> list[Unit]:
        found = self._by_name.get(canonical(name), [])
        if within is None or len(found) < 2:
            return found
        under = [
            u for u in found if within.id in (u.id, *(above.id for above in self.ancestors(u)))
        ]
        if under:
            return under
        province = self.province(within)
        near = [unit for unit in found if province and self.province(unit) == province]
        return near or [unit for unit in found if unit.parent is None] or found

    def resolve(self, name: str, within: Unit | None = None) -> Unit | None:
        """The one unit that `name` means to a document of `within`; None if none or several."""
        found = self.candidates(name, within)
        return found[0] if len(found) == 1 else None

    def named(self, name: str, issuer: str) -> Unit | None:
        """The one unit that `name` means to a document that the unit called `issuer` issued."""
        key = name, issuer
        if key not in self._named:
            self._named[key] = self.resolve(name, within=self.resolve(issuer))
        return self._named[key]

    def called(self, name: str) -> str:
        """The words for readers where an author wrote `name`: the same, but for an id the unit's label."""
        return self.by_id[name].label if name in self.by_id else name

    def nearest(self, name: str, within: Unit | None = None) -> str | None:
        """The known name closest to `name`; to a document of `within` none of another province's."""
        home = self.province(within) if within else ""
        near = (unit for unit in self if not home or self.province(unit) in ("", home))
        return nearest(name, (n for unit in near for n in unit.names()))
