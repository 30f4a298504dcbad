"""`python -m kehoach`: the installed program."""

from kehoach.command_line import main

main()
