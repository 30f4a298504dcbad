"""Jinja's compiled templates from build to build."""

from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from kehoach.building import program
from kehoach.building.store import Store
from kehoach.hashing import fingerprint


class CompiledTemplates(BytecodeCache):
    """Jinja's compiled templates, in a store of what is trusted: they are run."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder, trusted=True)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A name for the code of a template: it calls ours, so another program has another."""
        return fingerprint(program.fingerprint(), super().get_cache_key(name, filename))

    def load_bytecode(self, bucket: Bucket) -> None:
        content = self._store.get(bucket.key)
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.put(bucket.key, bucket.bytecode_to_string())
