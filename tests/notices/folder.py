"""A bucket in a folder, for several processes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from soket.store.store import MissingObjectError, StoredObject


@dataclass
class FolderStore:
    """Objects are files; what is there is there whole, whenever the writer dies."""

    root: Path

    def now(self) -> datetime:
        return datetime.now(UTC)

    def list(self, prefix: str) -> Iterator[StoredObject]:
        for path in sorted(self.root.rglob("*")):
            key = str(path.relative_to(self.root))
            if path.is_file() and key.startswith(prefix) and not path.name.startswith(".new-"):
                facts = path.stat()
                yield StoredObject(key, "", facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))

    def get(self, key: str) -> bytes:
        try:
            return (self.root / key).read_bytes()
        except FileNotFoundError:
            raise MissingObjectError(key) from None

    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        self._new(key, data).replace(self.root / key)

    def replace(self, key: str, data: bytes, content_type: str = "") -> None:
        self.put(key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "") -> bool:
        new = self._new(key, data)
        try:
            os.link(new, self.root / key)
        except FileExistsError:
            return False
        finally:
            new.unlink()
        return True

    def take_back(self, key: str, etag: str) -> None:
        (self.root / key).unlink()

    def copy(self, source: str, target: str, etag: str) -> None:
        self.put(target, self.get(source))

    def age(self, seconds: float) -> None:
        """Let all that is there be older, as if so much time had passed."""
        for path in self.root.rglob("*"):
            moment = path.stat().st_mtime - seconds
            os.utime(path, (moment, moment))

    def _new(self, key: str, data: bytes) -> Path:
        folder = (self.root / key).parent
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return Path(name)
