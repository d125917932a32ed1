"""What an object of the bucket that is JSON is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Frozen, closed, and stable as JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_json(self) -> bytes:
        """Return the record as it is stored."""
        return self.model_dump_json(indent=1).encode()
