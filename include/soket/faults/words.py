"""Of the report in words: its outline, its figures against the table's, its likeness to others."""

from __future__ import annotations

from soket.faults.message import ASKS, TELLS, Message

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
    "DC-03": Message(
        TELLS,
        "Mục “{number}. {title}” được viết chung dưới tiêu đề của mục “{other}. {other_title}”.",
        "Nên tách thành mục riêng theo đề cương.",
    ),
    "DC-04": Message(
        ASKS,
        "Mục “{number}. {title}” chỉ có {count} chữ; kế hoạch chờ ít nhất {least} chữ.",
        "Bổ sung nội dung, số liệu, dẫn chứng; nếu thực tế chỉ có vậy thì không phải sửa.",
    ),
    "DC-05": Message(
        ASKS,
        "Mục “{number}. {title}” chưa có nội dung: {found}.",
        "Viết nội dung của mục; nếu không có gì để báo cáo thì nêu rõ lý do.",
    ),
    "DC-06": Message(
        ASKS,
        "Mục “{number}. {title}” còn chỗ bỏ trống: «{quote}».",
        "Điền nội dung vào chỗ trống, hoặc bỏ câu này.",
    ),
    "DC-07": Message(
        ASKS,
        "Mục “{number}. {title}” còn nguyên lời hướng dẫn của đề cương: «{quote}».",
        "Xóa lời hướng dẫn, thay bằng nội dung của đơn vị.",
    ),
    "DC-08": Message(
        ASKS,
        "Mục “{number}. {title}” phần lớn chép lại lời văn của kế hoạch: «{quote}».",
        "Thay bằng việc đơn vị đã làm và kết quả của đơn vị.",
    ),
    "DC-09": Message(
        TELLS,
        "Các mục {sections} chỉ nói chung: không có số liệu, số văn bản hay tên riêng nào của địa phương, đơn vị.",
        "Nêu văn bản đã ban hành, việc đã làm, số liệu, nơi làm tốt; nếu thực tế chỉ có vậy thì không phải sửa.",
    ),
    "DC-10": Message(
        ASKS,
        "Chưa nhận ra mục “{number}. {title}” của đề cương; báo cáo có {found} chưa rõ thuộc mục nào.",
        "Đặt lại tên mục theo đề cương để nội dung vào đúng chỗ; nếu chưa viết mục này thì bổ sung.",
    ),
}

NARRATIVE: dict[str, Message] = {
    "TB-01": Message(
        ASKS,
        "Báo cáo viết «{quote}», nhưng biểu số liệu ghi {indicator} «{name}» {period} là {value} ({cell}, {table}).",
        "Kiểm tra lại hai nơi và sửa cho khớp; lệch do làm tròn thì không phải sửa. Nêu lý do là xác nhận biểu đúng.",
        right="biểu số liệu đúng ({value})",
    ),
    "TB-02": Message(
        ASKS,
        "Báo cáo viết «{quote}», nhưng biểu số liệu ghi {indicator} «{name}» {period} là {value} ({cell}, {table}): "
        "lệch nhau đúng {times} lần.",
        "Có thể nhầm đơn vị tính (nghìn, triệu, tỷ) ở một trong hai nơi; kiểm tra và sửa. Nêu lý do là xác nhận biểu "
        "đúng.",
        right="biểu số liệu đúng ({value})",
    ),
    "TB-03": Message(
        ASKS,
        "Báo cáo viết «{quote}», nhưng theo biểu số liệu thì {indicator} «{name}» {told} ({cells}, {table}).",
        "Đề nghị kiểm tra lại lời văn và biểu, nơi nào chưa đúng thì sửa cho khớp; lệch do làm tròn thì không phải "
        "sửa. Nêu lý do là xác nhận biểu đúng.",
        right="biểu số liệu đúng",
    ),
}

LIKENESS: dict[str, Message] = {
    "GN-01": Message(
        ASKS,
        "Khoảng {share}% lời văn của báo cáo trùng với báo cáo gửi trước đó của một đơn vị khác cùng khối, nhiều nhất "
        "ở mục này (không kể phần chép theo kế hoạch, đề cương và lời văn nhiều đơn vị dùng chung).",
        "Viết theo việc làm và kết quả của đơn vị; nếu hai đơn vị cùng làm một việc thì nêu rõ phần của mình.",
        aside="Trùng với báo cáo của {unit}; ví dụ: «{quote}».",
    ),
}
