"""Of reports alike ("giống nhau")."""

from __future__ import annotations

from soket.faults.message import ASKS, Message

LIKENESS: dict[str, Message] = {
    "GN-01": Message(
        ASKS,
        "Khoảng {share}% lời văn của báo cáo trùng với báo cáo gửi trước đó của một đơn vị khác cùng khối, nhiều nhất "
        "ở mục này (không kể phần chép theo kế hoạch, đề cương và lời văn nhiều đơn vị dùng chung).",
        "Viết theo việc làm và kết quả của đơn vị; nếu hai đơn vị cùng làm một việc thì nêu rõ phần của mình.",
        aside="Trùng với báo cáo của {unit}; ví dụ: «{quote}».",
    ),
}
