"""An import cannot go on; the message says why, and commands print it."""


class ImportProblem(ValueError):
    """A file that cannot be brought in. The message says why, in Vietnamese, and what to do instead."""
