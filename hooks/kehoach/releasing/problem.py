"""Why a release did not happen."""

from collections.abc import Iterable


class PublishError(Exception):
    """Nothing was published, the live site stands as it was. `lines` say why, one reason a line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


class TargetError(PublishError):
    """The target cannot be one: nothing was even tried."""
