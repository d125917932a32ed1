"""Of the layout of the indicator table: rows, columns, blanks."""

from __future__ import annotations

from soket.intake.messages.message import ASKS, RETURNS, Message

TABLE: dict[str, Message] = {
    "BS-01": Message(
        RETURNS,
        "Không tìm thấy bảng chỉ tiêu của biểu «{form}» trong tệp.",
        "Dùng đúng biểu mẫu đã gửi; giữ nguyên cột mã chỉ tiêu và các cột năm {first}–{last}.",
    ),
    "BS-02": Message(
        RETURNS,
        "Biểu «{form}» có ở hai nơi với số liệu khác nhau: {one} và {other}.",
        "Chỉ gửi một biểu số liệu.",
    ),
    "BS-03": Message(RETURNS, "Thiếu cột số liệu của {years}.", "Bổ sung đủ các cột năm như biểu mẫu."),
    "BS-04": Message(
        RETURNS,
        "Chỉ tiêu {indicator} «{name}» còn trống ở mọi năm.",
        "Ghi số liệu từng năm; bằng không thì ghi 0, không có số liệu thì ghi “chưa có số liệu”.",
    ),
    "BS-05": Message(
        ASKS,
        "Chỉ tiêu {indicator} «{name}» còn trống ở {years}.",
        "Kiểm tra lại; bằng không thì ghi 0.",
    ),
    "BS-06": Message(
        ASKS,
        "Chỉ tiêu {indicator} «{name}» ghi là chưa có số liệu ở {years}.",
        "Bổ sung khi có số liệu.",
    ),
    "BS-07": Message(
        ASKS, "Mã chỉ tiêu «{found}» không có trong biểu; dòng này được bỏ qua.", "Kiểm tra lại mã chỉ tiêu."
    ),
    "BS-08": Message(
        RETURNS,
        "Chỉ tiêu {indicator} «{name}» có ở hai dòng, {one} và {other}.",
        "Mỗi chỉ tiêu chỉ ghi một dòng.",
    ),
    "BS-09": Message(RETURNS, "Năm {year} có ở hai cột, {one} và {other}.", "Mỗi năm chỉ một cột số liệu."),
    "BS-10": Message(
        RETURNS,
        "Mã {indicator} đứng cạnh tên của chỉ tiêu {other} («{name}»).",
        "Có thể các dòng bị xê dịch; kiểm tra lại mã và tên chỉ tiêu.",
    ),
    "BS-11": Message(
        RETURNS,
        "Không tìm thấy dòng của chỉ tiêu {indicator} «{name}».",
        "Bổ sung dòng này như biểu mẫu.",
    ),
}
