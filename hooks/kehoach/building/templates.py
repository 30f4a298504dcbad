"""Jinja's compiled templates from build to build."""

from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from kehoach.building.store import Store


class CompiledTemplates(BytecodeCache):
    """Jinja's compiled templates, in a store of what is trusted: they are run."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder, trusted=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        content = self._store.get(bucket.key)
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.put(bucket.key, bucket.bytecode_to_string())
