"""How units hand in, as a plan has it: on which page, what it asks of whoever opens it, and how much is taken in."""

from __future__ import annotations

from typing import Annotated, Literal

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

    @property
    def in_words(self) -> str:
        """What is asked of whoever opens a unit's page."""
        return f"nhập mã, {self.session_hours} giờ một lần" if self.one_time_code else "không hỏi mã"


class Quantities(Strict, title="Mức tiếp nhận"):
    """Limits of what intake takes in."""

    max_file_mb: int = Field(25, ge=1, description="Một tệp nhiều nhất bao nhiêu MB", examples=["50"])
    max_files: int = Field(20, ge=1, description="Một lần nộp nhiều nhất bao nhiêu tệp", examples=["20"])
    max_folder_files: int = Field(
        200, ge=1, description="Thư mục nộp của một đơn vị giữ nhiều nhất bao nhiêu tệp", examples=["200"]
    )
    max_folder_mb: int = Field(
        1000, ge=1, description="Thư mục nộp của một đơn vị giữ nhiều nhất bao nhiêu MB", examples=["1000"]
    )
    max_photos: int = Field(
        0,
        ge=0,
        le=50,
        description="Một lần nộp nhiều nhất bao nhiêu ảnh chụp trang giấy, được ghép thành một tệp PDF (bản chụp); "
        "0: ảnh chỉ được lưu kèm, tính vào «max_files»",
        examples=["30"],
    )
    late: Literal["flag", "lock"] = Field(
        "flag", description="Tệp đến sau hạn: nhận, ghi là muộn (flag) hay giữ lại, chưa nhận (lock)", examples=["lock"]
    )
