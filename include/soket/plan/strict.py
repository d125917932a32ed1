"""What every part of a plan is made of."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from soket.text import nfc

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # what no paper can hold
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::00)?")


def _printable(text: str) -> str:
    if found := _UNPRINTABLE.search(text):
        raise ValueError(f"có ký tự không in được (U+{ord(found[0]):04X}), phải xóa")
    return nfc(text)


def _hour(value: Any) -> Any:  # noqa: ANN401 - whatever the file has
    """Refuse what Pydantic would take for an hour: 18 is eighteen seconds to it, and 07:30Z an hour elsewhere."""
    if isinstance(value, time) or (isinstance(value, str) and _HOUR.fullmatch(value)):
        return value
    raise PydanticCustomError("time_parsing", "no hour")


class UnfitError(ValueError):
    """What does not fit together in one entry, with what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_printable)]
LONGEST_CODE = 61
SLUG = r"^[a-z][a-z0-9_]{1,60}$"
Slug = Annotated[str, Field(pattern=SLUG)]
Hour = Annotated[time, BeforeValidator(_hour)]


class Strict(BaseModel):
    """Frozen, and closed to words it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
