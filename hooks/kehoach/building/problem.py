"""What keeps a build from beginning."""


class SetupError(Exception):
    """What a build starts from cannot be used, or a site cannot go where it is to go; nothing was done.

    The message says what is wrong and how to mend it.
    """
