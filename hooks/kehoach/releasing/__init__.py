"""From a built site to the public: checked, whole, by one swap.

A target is a folder (or `user@host:path`, the same folder over ssh):

    releases/000041/   a release: the site, its .gz and .br, and `.release.json`, its manifest
    current            symlink to the live release; a web server's root
    previews/, xem-truoc/   one such target a branch, and the folder that serves them
    lock               held by the publisher at work; names who

or `s3://bucket/prefix`, the same releases in an object store (`bucket`).
"""

from kehoach.releasing.manifest import Manifest
from kehoach.releasing.problem import PublishError
from kehoach.releasing.publishing import addresses, publish, releases, rollback
from kehoach.releasing.receiving import install_hook, server_of

__all__ = [
    "Manifest",
    "PublishError",
    "addresses",
    "install_hook",
    "publish",
    "releases",
    "rollback",
    "server_of",
]
