"""The hook's entry: Git runs it in the bare repository, with the updates on standard input."""

import sys

from kehoach.releasing.receiving import main

sys.exit(main())
