"""Of the layout of the indicator table: rows, columns, blanks, units of measure, and the form itself."""

from __future__ import annotations

from soket.faults.message import ASKS, RETURNS, TELLS, Message

TABLE: dict[str, Message] = {
    "BS-01": Message(
        RETURNS,
        "Không tìm thấy bảng chỉ tiêu của biểu «{form}» trong tệp.",
        "Dùng đúng biểu mẫu đã gửi; giữ nguyên cột mã chỉ tiêu và các cột {columns}.",
    ),
    "BS-02": Message(
        RETURNS,
        "Biểu «{form}» có ở nhiều nơi với số liệu khác nhau: {places}.",
        "Chỉ gửi một biểu số liệu.",
    ),
    "BS-03": Message(RETURNS, "Thiếu số liệu của {years}.", "Bổ sung đủ các năm như biểu mẫu."),
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
        "Chỉ tiêu {indicator} «{name}» có ở hai nơi: {one} và {other}.",
        "Mỗi chỉ tiêu chỉ ghi một dòng số thực hiện.",
    ),
    "BS-09": Message(
        RETURNS, "{period} có số thực hiện ở hai nơi: {one} và {other}.", "Mỗi năm chỉ để một cột số thực hiện."
    ),
    "BS-10": Message(
        RETURNS,
        "Mã {indicator} đứng cạnh tên của chỉ tiêu {other} («{name}»).",
        "Có thể các dòng bị xê dịch; kiểm tra lại mã và tên chỉ tiêu.",
    ),
    "BS-11": Message(
        RETURNS,
        "Không tìm thấy dòng của chỉ tiêu {indicator} «{name}»{rows}.",
        "Bổ sung dòng này như biểu mẫu; đã có thì ghi mã {indicator} ở đầu dòng.",
    ),
    "BS-12": Message(
        RETURNS,
        "Có {count} dòng mang mã hoặc tên chỉ tiêu của biểu «{form}» (từ {one}) nhưng không tìm thấy tiêu đề các năm.",
        "Ghi tiêu đề các cột {columns} phía trên số liệu; hoặc dùng đúng biểu mẫu đã gửi.",
    ),
    "BS-13": Message(
        RETURNS,
        "Có tiêu đề các năm của biểu «{form}» ở {one} nhưng không có dòng nào mang mã hay tên chỉ tiêu.",
        "Ghi mã chỉ tiêu ở đầu mỗi dòng, hoặc dùng đúng biểu mẫu đã gửi.",
    ),
    "BS-14": Message(
        RETURNS,
        "Ô gộp ghi «{found}» trải trên nhiều ô số liệu, không rõ số này của ô nào.",
        "Bỏ gộp ô; mỗi chỉ tiêu, mỗi năm ghi số ở một ô riêng.",
    ),
    "BS-15": Message(
        TELLS,
        "Số liệu ghi theo «{found}»; hệ thống quy đổi sang {unit} cho chỉ tiêu {indicators}{example}.",
    ),
    "BS-16": Message(
        ASKS,
        "Đơn vị tính «{found}» ghi chung cho nhiều dòng; hệ thống quy đổi sang {unit}: chỉ tiêu {indicators}{example}.",
        "Kiểm tra lại; nếu số liệu đã theo đơn vị tính của biểu thì sửa dòng ghi đơn vị tính rồi nộp lại.",
    ),
    "BS-17": Message(
        RETURNS,
        "Đơn vị tính ghi là «{found}», không quy đổi được sang {unit} của chỉ tiêu {indicator} «{name}».",
        "Ghi số liệu và đơn vị tính theo biểu mẫu.",
    ),
    "BS-18": Message(
        ASKS,
        "Đơn vị tính của chỉ tiêu {indicator} ghi là «{found}», biểu mẫu là «{unit}»; hệ thống giữ nguyên số.",
        "Kiểm tra xem số liệu có đúng chỉ tiêu không.",
    ),
    "BS-19": Message(
        RETURNS,
        "Chỉ tiêu {indicator} «{name}» có hai đơn vị tính khác nhau: «{one}» và «{other}».",
        "Chỉ để một đơn vị tính, đúng với số đã ghi.",
    ),
    "BS-20": Message(
        ASKS,
        "Có số liệu nằm ở dòng hoặc cột đang bị ẩn; hệ thống vẫn đọc.",
        "Cho hiện các dòng, cột ẩn (Unhide) để kiểm tra lại.",
    ),
    "BS-21": Message(
        ASKS,
        "Bảng số liệu nằm ở trang tính đang bị ẩn «{sheet}»; hệ thống vẫn đọc.",
        "Cho hiện trang tính (Unhide) để kiểm tra lại.",
    ),
    "BS-22": Message(
        RETURNS,
        "Tệp này là biểu mẫu «{found}», không phải biểu «{form}» giao cho đơn vị.",
        "Dùng biểu mẫu «{form}» gửi kèm công văn.",
    ),
    "BS-23": Message(
        ASKS,
        "Biểu mẫu này là bản cũ, kế hoạch đã sửa biểu sau khi gửi; hệ thống đọc theo mã chỉ tiêu.",
        "Nên chép số liệu sang biểu mẫu mới.",
    ),
    "BS-24": Message(
        RETURNS,
        "Dòng này của biểu mẫu là chỉ tiêu {indicator}, nhưng lại ghi {other} («{name}»).",
        "Có thể một phần bảng bị sắp xếp lại hoặc chép đè; kiểm tra lại mã, tên và số liệu của dòng.",
    ),
    "BS-25": Message(
        RETURNS,
        "{period} chỉ có số «{found}», không phải số thực hiện {whole}.",
        "Bổ sung số thực hiện (năm chưa hết thì ước thực hiện cả năm); nếu số đã ghi là số ấy thì sửa lời ghi này.",
    ),
    "BS-26": Message(
        RETURNS,
        "Cột này của biểu mẫu là {period}, nhưng tiêu đề lại ghi {found}.",
        "Giữ nguyên thứ tự các cột năm của biểu mẫu, hoặc điền lại vào biểu mẫu mới.",
    ),
    "BS-27": Message(
        RETURNS,
        "Đơn vị tính ghi chung là «{found}», không rõ áp dụng cho chỉ tiêu nào.",
        "Ghi rõ, ví dụ “triệu đồng”, “nghìn lượt”; hoặc ghi số liệu theo đơn vị tính của biểu mẫu.",
    ),
    "BS-28": Message(
        RETURNS,
        "Số liệu của biểu «{form}» để mỗi trang tính một số năm ({sheets}); hệ thống cần một bảng có đủ các cột.",
        "Ghép các trang tính thành một bảng có {columns}; hoặc điền vào biểu mẫu đã gửi.",
    ),
    "BS-29": Message(
        TELLS,
        "Biểu «{form}» nằm ở nhiều trang tính hoặc bảng ({sheets}); hệ thống đã ghép lại.",
        "Không phải sửa; lần sau nên để trong một bảng.",
    ),
    "BS-30": Message(
        ASKS,
        "Không có tệp biểu riêng; số liệu của «{form}» được lấy từ bảng trong báo cáo ({where}).",
        "Kiểm tra các số đã đọc; lần sau nên gửi kèm biểu mẫu Excel. Bảng đúng thì không phải gửi lại.",
    ),
    "BS-31": Message(
        ASKS,
        "Bảng trong báo cáo ghi {indicator} «{name}» {period} là {said} ({where}), biểu số liệu ghi {value} ({other}).",
        "Hệ thống dùng biểu số liệu; kiểm tra lại hai nơi và sửa cho khớp.",
    ),
    "BS-32": Message(
        RETURNS,
        "Dòng của chỉ tiêu {indicator} «{name}» ghi là «{found}», không phải số thực hiện.",
        "Bổ sung dòng số thực hiện (năm chưa hết thì ước thực hiện cả năm).",
    ),
    "BS-33": Message(
        RETURNS,
        "Bảng ghi là «{found}», không phải số thực hiện.",
        "Gửi biểu số thực hiện; nếu các số trong bảng là số thực hiện thì sửa lời ghi này.",
    ),
    "BS-34": Message(
        RETURNS,
        "Lời ghi ở dòng của chỉ tiêu {indicator} «{name}» nói đến số khác: «{found}»; chưa rõ số liệu là bao nhiêu.",
        "Ghi số đúng vào ô số liệu và bỏ lời ghi này.",
    ),
    "BS-35": Message(
        RETURNS,
        "Trong tệp chỉ có hình (ảnh chụp, ảnh dán) thay cho bảng của biểu «{form}»; hệ thống không đọc số trong hình.",
        "Ghi các số vào biểu mẫu Excel đã gửi, hoặc gửi tệp bảng tính gốc có bảng ấy.",
    ),
    "BS-36": Message(
        ASKS,
        "Bảng ghi «{found}», không phải của đơn vị.",
        "Kiểm tra lại xem số liệu có phải của đơn vị không; nếu nhầm thì gửi đúng bảng, nếu đúng thì sửa lời ghi này.",
    ),
    "BS-37": Message(
        ASKS,
        "Dòng của chỉ tiêu {indicator} «{name}» có ghi thêm «{found}»; số liệu có thể chưa đủ, hoặc của chỉ tiêu khác.",
        "Kiểm tra lại; nếu số liệu đúng như biểu mẫu thì bỏ lời ghi thêm.",
    ),
    "BS-38": Message(
        RETURNS,
        "Có số ở ngoài các cột có tiêu đề; số liệu của dòng có thể đã lệch cột, chưa rõ số nào là của năm nào.",
        "Đưa các số về đúng cột; cột thêm thì ghi tiêu đề, số thừa thì xóa.",
    ),
    "BS-39": Message(
        RETURNS,
        "Mã {indicator} đứng cạnh tên «{found}», không phải tên của chỉ tiêu ấy («{name}»).",
        "Có thể tên bị ghi đè hoặc dòng bị xê dịch; kiểm tra lại số liệu, ghi tên như biểu mẫu.",
    ),
    "BS-40": Message(
        RETURNS,
        "Chỉ tiêu {indicator} «{name}» ghi {number}, đơn vị tính lại ghi «{found}»: quá nhỏ so với {unit}.",
        "Ghi lại đúng đơn vị tính của số ấy, hoặc ghi số liệu theo đơn vị tính của biểu mẫu.",
    ),
}
