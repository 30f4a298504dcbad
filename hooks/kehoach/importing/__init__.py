"""Documents of other programs, brought into `content/` whole: Word, PDF, scans, HTML, plain text.

A reader for each form of file gives a manuscript (what the file says), `understanding` says what its
parts are, `proposing` finds what the front matter would name, `writing` makes Markdown of it, and
`proof` compares the words of the result with those of the file, counted by another road.
"""
