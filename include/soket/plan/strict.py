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


_UPLOAD_PARTS = ("plan", "campaign", "unit")


def _upload_page(page: str) -> str:
    rest = page
    for part in _UPLOAD_PARTS:
        rest = rest.replace(f"{{{part}}}", "")
    if not page.startswith("https://") or "{" in rest or "}" in rest or any(letter.isspace() for letter in page):
        raise ValueError(
            f"địa chỉ trang nộp «{page}» phải bắt đầu bằng https://, chỗ thay chỉ gồm {{plan}} {{campaign}} {{unit}}"
        )
    return page


UploadPage = Annotated[str, AfterValidator(_upload_page)]
