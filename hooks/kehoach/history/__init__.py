"""The history of the records, from Git: in words, computed from records, not from lines.

In: the project's folder and its library. Out: plain data, which can be kept between builds.

The line of history is that of first parents: what the published branch held, one commit after the
other. A draft, or a version of a file that is not valid, was never on the site, so it is passed
over. Where Git knows less, so does this: without a repository nothing is told; in a shallow clone
nothing is told that rests on the commits cut off; of a file that differs from the last commit only
what is committed is told.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kehoach.history.comparing import Key, Part, key, time_key
from kehoach.history.stories import Change, Departure, Story, states_of, tell
from kehoach.history.versions import Blobs, Commit, Version, differing, edge, read_chains
from kehoach.records.campaign import Campaign, CampaignTime
from kehoach.records.document import Document
from kehoach.records.library import Library
from kehoach.records.plan import Plan

__all__ = [
    "Change",
    "Commit",
    "Departure",
    "History",
    "Key",
    "Part",
    "Revision",
    "Story",
    "Version",
    "key",
    "state",
    "time_key",
]

Told = MutableMapping[tuple[Version, ...], Story]


class Revision(NamedTuple):
    """How often a record has changed since it appeared, when last; None where Git cannot tell."""

    sequence: int | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The history of the content, as plain data, all of it by the path of a file: the commits that
    touched it, what they changed in words, the revision of each of its records."""

    versions: Mapping[str, tuple[Commit, ...]] = field(default_factory=dict)
    stories: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    revisions: Mapping[str, Mapping[Key, Revision]] = field(default_factory=dict)
    departures: tuple[Departure, ...] = ()

    @classmethod
    def read(
        cls,
        root: Path,
        library: Library,
        *,
        told: Told | None = None,
    ) -> "History":
        """The history of `library`, whose files lie under `root`.

        One `git log` for all files; older versions are read only of plans and campaigns that have
        several. `told` keeps their stories between builds: it is read, and written to.
        """
        return _read(root, library, {} if told is None else told)

    def commits(self, path: str) -> tuple[Commit, ...]:
        """The commits that touched the file `path`, under its older names too, newest first."""
        return self.versions.get(path, ())

    def changes(self, path: str) -> tuple[Change, ...]:
        """The changes of the plan in the file `path`, in words, newest first."""
        return self.stories.get(path, ())

    def updated(self, path: str) -> datetime | None:
        """When the content of `path` last changed, as far as Git tells."""
        told = self.changes(path) or self.commits(path)
        return told[0].when if told else None

    def revision(self, record: Part) -> Revision:
        """Where an event, deadline or slogan stands in its own history."""
        return self.revisions.get(record.owner.path, {}).get(key(record), Revision())

    @property
    def paths(self) -> set[str]:
        """The paths of the files that have a history."""
        return {*self.versions, *self.stories, *self.revisions}

    def state(self, path: str) -> str:
        """The state of all that is told of the file `path`, as a text to be compared."""
        return repr((self.commits(path), self.changes(path), self.revisions.get(path)))

    def revision_of_time(self, campaign: Campaign, time: CampaignTime) -> Revision:
        """Where the Day or a period of a campaign stands in its own history; where that is not
        known, the file's is never behind it."""
        commits = self.commits(campaign.path)
        least = Revision(None, commits[0].when if commits else None)
        return self.revisions.get(campaign.path, {}).get(time_key(campaign, time), least)


def state(root: Path, library: Library) -> tuple[list[str], list[str]]:
    """The inputs of `History.read` beside the last commit: the files of `library` that are not as it
    has them, and the commits that a shallow clone was cut at; nothing without a repository."""
    try:
        return sorted(differing(root, _name(root, library))), sorted(edge(root))
    except (OSError, subprocess.CalledProcessError):
        return [], []


def _read(root: Path, library: Library, told: Told) -> History:
    name = _name(root, library)
    try:
        chains = read_chains(root, name)
        changed = differing(root, name)
        with Blobs(root, name) as blobs:
            stories = {
                document.path: _story_of(document, chain, document.path in changed, blobs, told)
                for document in _told_of(library)
                if (chain := chains.get(document.path))
            }
            gone = [
                _retold(chain, blobs, told)
                for path, chain in chains.items()
                if path not in stories and path.startswith(f"{name}/{Plan.folder}/")
            ]
    except (OSError, subprocess.CalledProcessError):
        return History()
    return History(
        {path: tuple(v.commit for v in chain if v.known) for path, chain in chains.items()},
        {path: story.changes for path, story in stories.items() if story.changes},
        _revisions(library, stories, gone, changed),
        tuple(left for story in (*stories.values(), *gone) for left in story.departures),
    )


def _name(root: Path, library: Library) -> str:
    """The folder of the content as Git calls it."""
    return os.path.relpath(library.root, root).replace(os.sep, "/")


def _told_of(library: Library) -> Iterator[Document]:
    """The documents whose records have a revision."""
    yield from library.plans
    yield from library.campaigns


def _revisions(
    library: Library, stories: Mapping[str, Story], gone: Iterable[Story], changed: set[str]
) -> dict[str, dict[Key, Revision]]:
    """The revision of every record, by its file; one that moved from plan to plan counts through."""
    commits: dict[Key, set[Commit]] = {}
    partial: set[Key] = set()
    for story in (*stories.values(), *gone):
        for name, touched in story.touched.items():
            commits.setdefault(name, set()).update(touched)
        if not story.whole:
            partial.update(story.touched)
    found: dict[str, dict[Key, Revision]] = {}
    for document in _told_of(library):
        told = stories.get(document.path)
        is_committed = told is not None and document.path not in changed
        revisions = found[document.path] = {}
        for name, state in states_of(document).items():
            if name in commits and (is_committed or (told and told.states.get(name) == state)):
                revisions[name] = Revision(
                    sequence=None if name in partial else len(commits[name]) - 1,
                    modified=max((commit.when for commit in commits[name]), default=None),
                )
    return found


def _story_of(
    document: Document,
    chain: tuple[Version, ...],
    changed: bool,
    blobs: Blobs,
    told: Told,
) -> Story:
    """The story of a file; one with a single version tells it without that version being read."""
    if len(chain) > 1 or changed:
        return _retold(chain, blobs, told)
    return tell(chain, lambda version: document)


def _retold(chain: tuple[Version, ...], blobs: Blobs, told: Told) -> Story:
    if chain not in told:
        told[chain] = tell(chain, blobs.document)
    return told[chain]
