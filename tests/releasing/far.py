"""Another machine to publish to: rsync and the far shell are real, only the network is not."""

import os
from pathlib import Path

TARGET = "van-thu@may:trang web"

# What ssh does for us: runs one command line in the user's shell, in the user's home.
_SSH = """\
#!/bin/sh
user=
while :; do
  case $1 in
    -l) user=$2@; shift 2 ;;
    -o) shift 2 ;;
    *) break ;;
  esac
done
[ "$user$1" = van-thu@may ] || exit 255
shift
cd "$FAR_HOME" && exec sh -c "$*"
"""


def machine(folder: Path) -> dict[str, str]:
    """The machine `may`, its home in `folder`/far: the variables with which ssh finds it."""
    home, ssh = folder / "far", folder / "ssh"
    home.mkdir()
    ssh.write_text(_SSH)
    ssh.chmod(0o755)
    return {"RSYNC_RSH": os.fspath(ssh), "FAR_HOME": os.fspath(home)}
