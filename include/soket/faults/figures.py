"""Of single figures: what stands in one cell."""

from __future__ import annotations

from soket.faults.message import ASKS, RETURNS, TELLS, Message

FIGURES: dict[str, Message] = {
    "SL-01": Message(
        RETURNS,
        "Số «{found}» đọc được theo hai cách: {one} hoặc {other}.",
        "Viết lại theo cách viết số của Việt Nam: dấu chấm phân cách hàng nghìn, dấu phẩy trước phần lẻ (1.234,5).",
    ),
    "SL-02": Message(
        RETURNS,
        "«{found}» không phải là số.",
        "Chỉ ghi số, không kèm chữ hay đơn vị tính; không có số liệu thì ghi “chưa có số liệu”.",
    ),
    "SL-03": Message(
        ASKS,
        "Số «{found}» viết theo cách của nước ngoài; hệ thống đọc là {one}.",
        "Kiểm tra lại; nếu chưa đúng thì sửa và nộp lại.",
    ),
    "SL-04": Message(RETURNS, "Ô có lỗi công thức {found}.", "Sửa công thức hoặc ghi số trực tiếp."),
    "SL-05": Message(
        RETURNS,
        "Ô có công thức chưa được tính, không có giá trị.",
        "Mở tệp bằng Excel, lưu lại để tính công thức, hoặc ghi số trực tiếp.",
    ),
    "SL-06": Message(
        RETURNS,
        "Chỉ tiêu {indicator} «{name}» là số đếm, nhưng ghi {found}.",
        "Ghi số nguyên, không có phần lẻ.",
    ),
    "SL-07": Message(
        ASKS,
        "Ô ghi số kèm đơn vị tính «{found}»; hệ thống đọc là {one} {unit}.",
        "Chỉ ghi số, không kèm chữ; nếu đọc chưa đúng thì sửa và nộp lại.",
    ),
    "SL-08": Message(
        RETURNS,
        "Bảng tính đã đổi số gõ vào ô này thành ngày tháng ({found}){hint}.",
        "Chọn định dạng ô là Số (Number) rồi ghi lại số, dấu phẩy trước phần lẻ.",
    ),
    "SL-09": Message(
        ASKS,
        "Chỉ tiêu {indicator} «{name}» tính bằng %, nhưng mọi số đều không quá 1; hệ thống hiểu 0,5 là 0,5%.",
        "Nếu 0,5 nghĩa là 50% thì ghi 50.",
    ),
    "SL-10": Message(
        TELLS,
        "Số của đợt trước ({whose}) có chỉ tiêu không so sánh được: {reason}.",
        "Không phải sửa gì.",
    ),
    "SL-11": Message(
        ASKS,
        "Ô lưu số {stored} nhưng hiện «{found}» theo định dạng của ô{at}; hệ thống lấy số nhìn thấy.",
        "Kiểm tra lại; nếu chưa đúng thì ghi lại số và chọn định dạng ô là Số (Number).",
    ),
    "SL-12": Message(
        RETURNS,
        "Ô lưu số {stored} nhưng hiện «{found}» theo định dạng của ô; chưa rõ số liệu là bao nhiêu.",
        "Ghi đúng số theo đơn vị tính của biểu và chọn định dạng ô là Số (Number).",
    ),
    "SL-13": Message(
        ASKS,
        "Ghi «{found}»{at}; hệ thống hiểu «{mark}» là dấu chú thích, số liệu là {one}.",
        "Kiểm tra lại; nên ghi chú thích ở cột ghi chú hoặc dưới bảng.",
    ),
    "SL-14": Message(
        TELLS,
        "Ô lưu số lẻ {stored} nhưng hiện {found}{at}; hệ thống lấy số nhìn thấy.",
        "Không phải sửa, nếu số nhìn thấy là số đơn vị báo cáo.",
    ),
    "SL-15": Message(
        RETURNS,
        "Chỉ tiêu {indicator} «{name}» tính bằng %, nhưng ô này ghi {found}, khác hẳn các kỳ còn lại; "
        "chưa rõ là {found}% hay {one}%.",
        "Ghi {one}; nếu đúng là {found}% thì ghi kèm dấu %.",
    ),
    "SL-16": Message(
        RETURNS,
        "«{found}» không còn là số đầy đủ: cột quá hẹp, hoặc định dạng ô rút gọn số, khi bảng được lưu hay chép.",
        "Ở bảng gốc, nới rộng cột (hoặc chọn định dạng ô là Số – Number), lưu lại rồi nộp lại.",
    ),
    "SL-17": Message(
        RETURNS,
        "Ô ghi {found}, lớn gấp trăm lần các kỳ còn lại; đây là số thứ tự của ngày {time}: "
        "có thể bảng tính đã đổi số {one} gõ vào thành ngày, rồi định dạng ô bị đổi lại.",
        "Ghi lại số, dấu phẩy trước phần lẻ; nếu đúng là {found} thì gõ thêm dấu ' trước số.",
    ),
    "SL-18": Message(
        RETURNS,
        "Ô có công thức: tệp lưu kết quả {found}, tính lại thì được {one}; mở bằng Excel sẽ hiện số khác.",
        "Mở tệp bằng Excel, xem lại số, lưu rồi nộp lại; hoặc ghi số trực tiếp.",
    ),
    "SL-19": Message(
        RETURNS,
        "Chỉ tiêu {indicator} «{name}» tính bằng %, nhưng mọi số đều không quá 1, ghi đến phần nghìn; "
        "chưa rõ {found} là {found}% hay {one}%.",
        "Ghi {one}; nếu đúng là {found}% thì ghi kèm dấu %.",
    ),
    "SL-20": Message(
        ASKS,
        "Ghi «{found}»{at}; hệ thống hiểu số liệu là 0.",
        "Kiểm tra lại; không phát sinh thì nên ghi 0, chưa có số liệu thì ghi “chưa có số liệu”.",
    ),
}
