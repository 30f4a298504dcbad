"""Corpora of any size: real plans recombined under other numbers, dates and provinces.

The same `plans` and `seed` give the same files. The plans of `content/` come first and stay as
they are; those that follow take a real plan as their frame, exchange its undated paragraphs for
those of others, and move to another province and year.
"""

import random
import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from kehoach.building.shelf import read_library
from kehoach.records.text import slug

PROVINCES = [
    "An Giang", "Bắc Kạn", "Bạc Liêu", "Bắc Ninh", "Bến Tre", "Bình Định", "Bình Dương",
    "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Đắk Nông", "Điện Biên",
    "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Tĩnh", "Hải Dương", "Hậu Giang",
    "Hòa Bình", "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lâm Đồng",
    "Lạng Sơn", "Lào Cai", "Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ",
    "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ninh", "Sóc Trăng", "Sơn La", "Tây Ninh",
    "Thái Bình", "Thái Nguyên", "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc",
    "Yên Bái",
]  # fmt: skip
YEARS = range(2016, 2026)
NEW_TEXT = 0.5  # so many of the undated paragraphs are another plan's

_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?=/20\d\d|(?![\d/]))")
_MONTH = re.compile(r"([Tt]háng )(\d{1,2})(?!\d)(?: - (\d{1,2})(?= năm))?")
_MONTHS = re.compile(r"(?:(?<=[Tt]háng )|(?<=[Tt]háng \d - )|(?<=\d/))\d{1,2}(?=/20\d\d|[^\d/]|$)")
_NUMBER = re.compile(r"(?<!\d)\d{1,5}(?= ?[/-](?:[A-ZĐ]|20\d\d/))")
# Neither numbered nor dated, and naming no unit that the front matter may name too.
_UNDATED = re.compile(r"(?:- )?(?![a-zđ]\))(?!.*(?:chủ trì|[Đđ]ơn vị|\./))[^\W\d_#*|][^\d|]{60,}")


def write(
    folder: Path,
    content: Path,
    plans: int,
    seed: int,
    events: int | None = None,
    *,
    provinces: list[str] = PROVINCES,
    mixed: float = NEW_TEXT,
) -> None:
    """Fill `folder` with `plans` plans, with `events` each, or as many as real ones have.

    Those that are not real belong to `provinces` and have the share `mixed` of their undated
    paragraphs from others.
    """
    shutil.copytree(content, folder)
    originals = sorted((content / "ke-hoach").glob("*/*.md"))
    texts = [path.read_text(encoding="utf-8") for path in originals]
    pool = sorted(
        {
            line
            for text in texts
            for line in text.split("---\n", 2)[2].split("\n")
            if _UNDATED.fullmatch(line)
        }
    )
    chance = random.Random(seed)
    homes = _homes(content)
    for number in range(len(originals), plans):
        frame = number % len(originals)
        home = homes[originals[frame].stem]
        plan = _Frame(originals[frame].stem, texts[frame], home, provinces, chance)
        year, text = plan.moved(number, pool, mixed, events)
        path = folder / "ke-hoach" / str(year) / f"{plan.stem}-{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    _write_units(folder, content, homes, provinces)


def _homes(content: Path) -> dict[str, str]:
    """The province of each real plan, by the name of its file."""
    library = read_library(content)
    return {plan.slug: library.units.province(library.issuer(plan)) for plan in library.plans}


class _Frame:
    """One real plan on its way to another province and year."""

    def __init__(
        self, stem: str, text: str, home: str, provinces: list[str], chance: random.Random
    ) -> None:
        self.home, self.chance = home, chance
        self.province = chance.choice(provinces)
        self.stem = stem.replace(slug(home), slug(self.province))
        self.text = text

    def moved(
        self, number: int, pool: list[str], mixed: float, events: int | None
    ) -> tuple[int, str]:
        chance = self.chance
        own = int(_YEAR.search(re.search(r"^date: (.*)$", self.text, re.M)[1])[0])
        shift = chance.choice(YEARS) - own
        months = [int(digits) for digits in _MONTHS.findall(self.text)]
        # Every month moves alike and none leaves its year, so that no span is turned round.
        turn = chance.randint(1 - min(months), 12 - min(12, max(months)))
        numbers: dict[str, str] = {}

        def day(match: re.Match[str]) -> str:
            if match[0] == "18/5" and not match.string[match.end() :].startswith("/20"):
                return match[0]
            month = int(match[2]) + turn
            return f"{min(int(match[1]), 28):02}/{month}" if 1 <= month <= 12 else match[0]

        def month(match: re.Match[str]) -> str:
            shifted = [str(int(m) + turn) for m in match.groups()[1:] if m]
            return match[1] + " - ".join(shifted)

        def document(match: re.Match[str]) -> str:
            return numbers.setdefault(match[0], str(chance.randint(10, 9_999)))

        head, body = self.text.split("---\n", 2)[1:]
        lines = [
            chance.choice(pool) if _UNDATED.fullmatch(line) and chance.random() < mixed else line
            for line in body.split("\n")
        ]
        text = f"---\n{head}---\n" + "\n".join(lines)
        text = _NUMBER.sub(document, text)
        text = _DAY.sub(day, text)
        text = _MONTH.sub(month, text)
        text = _YEAR.sub(lambda match: str(int(match[0]) + shift), text)
        text = text.replace(self.home, self.province).replace(
            self.home.upper(), self.province.upper()
        )
        text = text.replace(slug(self.home), slug(self.province))
        head, body = text.split("---\n", 2)[1:]
        record = _load(head)
        record.pop("campaign", None)
        for event in record.get("events", []):
            event.pop("aliases", None)
        if events is not None and record.get("events"):
            real = record["events"]
            record["events"] = [
                # The department leads: what the section says of other units is true of real ones only.
                {
                    **real[i % len(real)],
                    "id": f"{real[i % len(real)]['id']}-{i}",
                    "lead": record["issuer"],
                }
                for i in range(events)
            ]
        for owned in (*record.get("events", ()), *record.get("slogans", ())):
            owned["id"] = f"{owned['id']}-{number}"
        front = _dump(record)
        return own + shift, f"---\n{front}---\n{body}"


def _write_units(folder: Path, content: Path, homes: dict[str, str], provinces: list[str]) -> None:
    """The units of the real provinces, and of each other province those that every frame needs."""
    source = (content / "don-vi.yml").read_text(encoding="utf-8")
    units = _load(source)
    by_id = {unit["id"]: unit for unit in units}
    for province in provinces:
        for home in sorted(set(homes.values())):
            for unit in units:
                if not unit["id"].endswith(slug(home)):
                    continue
                moved = _load(_dump(unit).replace(home, province))
                moved["id"] = unit["id"].removesuffix(slug(home)) + slug(province)
                if "parent" in moved:
                    moved["parent"] = moved["parent"].replace(slug(home), slug(province))
                kept = by_id.setdefault(moved["id"], moved)
                names = [*kept.get("aliases", []), moved["name"], *moved.get("aliases", [])]
                kept["aliases"] = [name for name in dict.fromkeys(names) if name != kept["name"]]
    text = _dump(list(by_id.values()))
    (folder / "don-vi.yml").write_text(text, encoding="utf-8")


def _load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)


def _dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


class _Plain(yaml.CSafeDumper):
    """Writes equal values out again: content knows no YAML aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
