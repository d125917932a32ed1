"""Of reports alike ("giống nhau")."""

from __future__ import annotations

from soket.intake.messages.message import ASKS, Message

LIKENESS: dict[str, Message] = {
    "GN-01": Message(
        ASKS,
        "Khoảng {share}% lời văn của báo cáo trùng với báo cáo của {unit} gửi trước đó (không kể phần chép theo kế "
        "hoạch, đề cương và lời văn nhiều đơn vị dùng chung); ví dụ: «{quote}».",
        "Viết theo việc làm và kết quả của đơn vị; nếu hai đơn vị cùng làm một việc thì nêu rõ phần của mình.",
    ),
}
