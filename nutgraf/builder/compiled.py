"""Templates as they were compiled, beside Python's own compiled modules, and trusted as these are.

Not in the memory of a site: that may come from somewhere else, and must not be able to run code.
"""

import hashlib
import marshal
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from nutgraf import store
from nutgraf.builder.kept import engine_stamp
from nutgraf.model.words import Words
from nutgraf.site.facts import digest_of

_DIGEST = 32
"""Bytes of the digest before each."""


class Compiled(BytecodeCache):
    """A file for each template. It is not believed where it is damaged or was made by another engine, of another text,
    or with other words, since what filters make of constants is compiled too."""

    def __init__(self, words: Words) -> None:
        self._made_by = engine_stamp().encode() + digest_of(words)
        self._folder = Path(cache_from_source(store.__file__)).parent / "templates"

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code, where it can be believed."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            raw = (self._folder / bucket.key).read_bytes()
            if raw[:_DIGEST] == self._digest(bucket, raw[_DIGEST:]):
                bucket.code = marshal.loads(raw[_DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code, where Python keeps its own."""
        if not sys.dont_write_bytecode:
            code = marshal.dumps(bucket.code)
            with suppress(OSError):
                store.write_file(self._folder / bucket.key, self._digest(bucket, code) + code)

    def get_source_checksum(self, source: str) -> str:
        """Also of a text that was no UTF-8."""
        return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()

    def _digest(self, bucket: Bucket, code: bytes) -> bytes:
        told = f"{bucket.key} {bucket.checksum} ".encode()
        return hashlib.sha256(self._made_by + told + code).digest()
