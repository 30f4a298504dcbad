"""A department's repository, read: its library, its settings, its history, what is wrong in it."""

import copy
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from kehoach import assets, prints, redirects, rules
from kehoach.history import History
from kehoach.pages.brand import stylesheet
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library
from kehoach.records.memory import Memory
from kehoach.records.source import load, parse_yaml
from kehoach.site import TIMEZONE, Site

CACHE = Path(".cache") / "build"


@dataclass(frozen=True)
class Project:
    """Everything a build starts from."""

    root: Path
    library: Library
    site: Site
    memory: Memory
    drafts: bool = False  # whether texts that are not published yet are shown, as in a preview

    @cached_property
    def published(self) -> Library:
        """What readers get to see."""
        return self.library if self.drafts else self.library.published(self.site.clock.date())

    @cached_property
    def history(self) -> History:
        return History.read(self.root, self.library)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the rules find; to them, what cannot be printed is known like what cannot be read."""
        library = copy.copy(self.library)
        library.findings = [*library.findings, *prints.problems(library, self.site)]
        found = rules.check(library, today=self.site.clock.date(), memory=self.memory)
        self.memory.save()
        return sorted([*self._settings(), *found])

    def _settings(self) -> Iterator[Finding]:
        """What is wrong in `mkdocs.yml` beyond what MkDocs itself says."""
        try:
            stylesheet(self.site.extra.get("brand") or {})
        except ValueError as error:
            message, name = error.args
            source = parse_yaml(load(self.root / "mkdocs.yml"), "mkdocs.yml")
            place = source.place(("extra", "brand", name))
            yield source.finding(place, "bad-brand", message, field="extra.brand")

    @cached_property
    def assets(self) -> str:
        """The folder of the site that holds the theme's scripts, styles and fonts."""
        brand = self.site.extra.get("brand")
        return assets.folder(self.root / "theme", stylesheet(brand).encode() if brand else b"")

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @cached_property
    def commit(self) -> str:
        """The commit that is checked out; "" outside Git."""
        return git(self.root, "rev-parse", "HEAD")

    @cached_property
    def departures(self) -> tuple[list[redirects.Moved], list[redirects.Removed]]:
        """The addresses that documents left, by their aliases and by Git."""
        moved, removed = redirects.read_history(self.root, self.library)
        removed += redirects.taken_out(self.root, self.history.departures)
        return [*redirects.aliases(self.published), *moved], removed


def clock(root: Path) -> datetime:
    """The build's time: SOURCE_DATE_EPOCH, else the last commit's, else the epoch."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or git(root, "log", "-1", "--format=%ct")
    return datetime.fromtimestamp(int(epoch or 0), UTC).astimezone(TIMEZONE)


def git(root: Path, *arguments: str) -> str:
    """What a Git command says about the repository at `root`; "" where there is none."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
