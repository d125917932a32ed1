"""Of the outline (đề cương) and what stands under its headings."""

from __future__ import annotations

from soket.intake.messages.message import ASKS, Message

OUTLINE: dict[str, Message] = {
    "DC-01": Message(
        ASKS,
        "Không tìm thấy mục “{number}. {title}” của đề cương.",
        "Bổ sung mục này, hoặc đặt lại tên mục theo đề cương.",
    ),
    "DC-02": Message(
        ASKS,
        "Không nhận ra mục nào của đề cương trong văn bản.",
        "Trình bày theo các mục của đề cương gửi kèm công văn.",
    ),
}
