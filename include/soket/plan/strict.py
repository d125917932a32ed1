"""What every part of a plan is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from soket.text import nfc

Text = Annotated[str, Field(min_length=1), AfterValidator(nfc)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")]


class Strict(BaseModel):
    """Frozen, and closed to words it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)
