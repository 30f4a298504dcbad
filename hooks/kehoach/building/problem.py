"""The errors of a build: a set-up that cannot be used, and a read that was not declared."""


class SetupError(Exception):
    """A build cannot start from what it was given, or a site cannot go where it is to go; nothing was done.

    The message says what is wrong and how to mend it.
    """


class UndeclaredRead(Exception):
    """A part of the site looks at what it has not declared, so that it would not be made again when
    that changes. A mistake in the program: the part's `Reads` must name it."""
