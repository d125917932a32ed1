"""Of the report in words against the table ("thuyết minh và biểu")."""

from __future__ import annotations

from soket.faults.message import ASKS, Message

NARRATIVE: dict[str, Message] = {
    "TB-01": Message(
        ASKS,
        "Báo cáo viết «{quote}», nhưng biểu số liệu ghi {indicator} «{name}» năm {year} là {value} ({cell}, {table}).",
        "Kiểm tra lại hai nơi và sửa cho khớp; lệch do làm tròn thì không phải sửa.",
    ),
    "TB-02": Message(
        ASKS,
        "Báo cáo viết «{quote}», nhưng biểu số liệu ghi {indicator} «{name}» năm {year} là {value} ({cell}, {table}): "
        "lệch nhau đúng {times} lần.",
        "Có thể nhầm đơn vị tính (nghìn, triệu, tỷ) ở một trong hai nơi; kiểm tra và sửa.",
    ),
}
