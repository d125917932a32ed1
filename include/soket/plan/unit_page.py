"""The units' page, as a plan has it: where it is, and what it asks of whoever opens it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from soket.plan.strict import Strict

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


class UnitPage(Strict, title="Trang nộp hồ sơ"):
    """Whether a unit's link is enough to open its page, or a code that goes by mail has to be entered too."""

    one_time_code: bool = Field(
        False,
        description="Mở trang trên máy mới thì phải nhập mã 6 chữ số gửi tới hộp thư đầu mối của đơn vị",
        examples=["true"],
    )
    session_hours: int = Field(
        12,
        ge=1,
        le=336,
        description="Nhập mã một lần thì máy ấy mở được trang bao nhiêu giờ",
        examples=["8"],
    )
