"""Jinja's compiled templates from build to build."""

from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from kehoach.building.store import Store
from kehoach.hashing import fingerprint


class CompiledTemplates(BytecodeCache):
    """Jinja's compiled templates, in a store of what is trusted: they are run.

    They call our code, so another `program` has others.
    """

    def __init__(self, folder: Path, program: str) -> None:
        self._store = Store(folder, trusted=True)
        self._program = program

    def load_bytecode(self, bucket: Bucket) -> None:
        content = self._store.get(self._key(bucket))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return fingerprint(self._program, bucket.key)
