"""What reports say, by topic: sentences with blanks ({site}) and with words to choose from ([mở|tổ chức]).

Topics are found by words of an outline heading, so an outline may be reworded without a change here.
"""

from __future__ import annotations

Pool = tuple[str, ...]

REQUESTS: Pool = (
    (
        "[Đề nghị|Kính đề nghị|Kiến nghị] tỉnh [ưu tiên|cân đối|bố trí] vốn đầu tư công 2021 - 2025 cho [hạ tầng du "
        "lịch|giao thông kết nối các điểm đến|bãi đỗ xe, nước sạch, xử lý rác], trước hết là {site}."
    ),
    (
        "[Mong|Đề nghị] Sở Văn hóa, Thể thao và Du lịch [sớm tham mưu|trình ban hành] chính sách [phục hồi du lịch "
        "sau dịch|hỗ trợ hộ kinh doanh lưu trú|khuyến khích đầu tư vào du lịch cộng đồng]."
    ),
    (
        "[Hằng năm mở|Mỗi năm tổ chức] {small} lớp [ngoại ngữ giao tiếp|kỹ năng đón tiếp khách|thuyết minh viên tại "
        "điểm] cho [lao động ở cơ sở|người dân làm du lịch|đoàn viên, hội viên]."
    ),
    (
        "Các ngành cấp tỉnh cần [vào cuộc tháo gỡ|xử lý dứt điểm] vướng mắc về [đất đai|giải phóng mặt bằng|thủ tục "
        "môi trường] của {few} dự án [còn dở dang|kéo dài nhiều năm]."
    ),
    (
        "Cho phép [thí điểm|áp dụng trước] cơ chế [giao cộng đồng quản lý|đặt hàng dịch vụ công|đấu thầu khai thác] "
        "đối với một phần [không gian|mặt bằng] quanh {site}."
    ),
    (
        "[Sớm công bố|Hoàn thành] quy hoạch tỉnh để [đơn vị có căn cứ lập dự án|địa phương yên tâm kêu gọi đầu "
        "tư|người dân ổn định sản xuất, kinh doanh]."
    ),
    (
        "Tăng [biên chế|phụ cấp|kinh phí] cho cán bộ [văn hóa cấp xã|làm công tác quản lý du lịch|ban quản lý di "
        "tích], hiện mỗi người [phụ trách nhiều mảng|kiêm nhiệm ba, bốn việc]."
    ),
    (
        "Ngành [giao thông|điện lực|viễn thông] [đầu tư thêm|cải tạo] tuyến vào {site}, nhất là [đoạn hay ngập|chỗ "
        "cua hẹp|khu vực mất sóng]."
    ),
    (
        "Có hướng dẫn [thống nhất|cụ thể] về [cách tính lượt khách|chế độ thống kê|mẫu báo cáo] để số liệu [giữa các "
        "nơi so sánh được|không phải sửa nhiều lần]."
    ),
)

LESSONS: Pool = (
    (
        "[Nơi nào|Ở đâu] người đứng đầu [trực tiếp nắm việc|xuống tận thôn, tổ dân phố|chịu trách nhiệm đến cùng] "
        "thì nơi đó [chuyển biến thấy rõ|việc khó cũng xong|dân tin và làm theo]."
    ),
    (
        "Giữ [di tích|bãi biển|nếp nhà|làng nghề] là giữ [cái vốn để làm du lịch|lý do để khách quay lại]; [sửa sang "
        "phải đúng nguyên gốc|không đánh đổi lấy lợi trước mắt]."
    ),
    (
        "Chọn [một, hai việc|ít việc mà chắc] cho mỗi năm, [phân vai rõ|có người theo đến cuối], hơn là [đề ra nhiều "
        "rồi bỏ dở|dàn hàng ngang]."
    ),
    (
        "[Đi cùng|Bắt tay với] địa phương lân cận [chung một tuyến|chung lịch lễ hội] giúp khách [ở lại thêm một "
        "đêm|có nhiều lựa chọn hơn] khi đến {site}."
    ),
    "Người dân [được bàn trước|được chia lợi ích rõ ràng] sẽ [tự giữ vệ sinh|không chèo kéo khách|góp đất mở đường].",
    (
        "[Phải nghe|Luôn hỏi ý kiến] doanh nghiệp lữ hành trước khi [làm sản phẩm mới|đầu tư công trình], tránh [xây "
        "xong không ai dùng|làm theo ý mình]."
    ),
    (
        "Kiểm tra [đều tay|không báo trước], [nhắc ngay tại chỗ|công khai kết quả] có tác dụng hơn [họp nhiều|ra "
        "thêm văn bản]."
    ),
    (
        "Dữ liệu [khách lưu trú|thu chi|phản ánh của du khách] nếu [ghi chép hằng ngày|số hóa sớm] thì [điều hành "
        "kịp thời|khỏi phải ước chừng cuối năm]."
    ),
    (
        "Tuyên truyền [bằng người thật|bằng chuyện làm được] [dễ nhớ|dễ thuyết phục] hơn [khẩu hiệu|loa phát thanh "
        "đọc lại văn bản]."
    ),
)

CAUSES: Pool = (
    (
        "Nguyên nhân khách quan: [dịch Covid-19 kéo dài|hai năm gần như không có khách đoàn|nhiều đợt giãn cách] "
        "khiến [cơ sở phải đóng cửa|lao động bỏ nghề|dòng tiền đứt đoạn]."
    ),
    (
        "Nguyên nhân khách quan: [lũ lớn tháng 10/2020|bão dồn dập|sạt lở bờ biển] [làm hỏng|cuốn trôi|vùi lấp] "
        "[đường vào điểm đến|nhiều hạng mục vừa xây|công trình phụ trợ]."
    ),
    (
        "Nguyên nhân chủ quan: [vài cấp ủy|một số chi bộ|có nơi lãnh đạo] [coi du lịch là việc của ngành văn "
        "hóa|chưa đưa vào chương trình công tác|giao việc rồi không kiểm tra]."
    ),
    (
        "Nguyên nhân chủ quan: [vốn dân góp ít|kêu gọi nhà đầu tư còn lúng túng|ngân sách chia nhỏ], mới [lo "
        "được|đáp ứng] khoảng {percent}% [nhu cầu|kế hoạch đề ra]."
    ),
    (
        "Phối hợp giữa [phòng với xã|các ngành|ban quản lý với chính quyền] [còn chậm|chồng việc], [văn bản trả lời "
        "muộn|không rõ ai làm chính]."
    ),
)

WEAKNESSES: Pool = (
    (
        "[Sản phẩm quanh quẩn vài thứ|Dịch vụ còn nghèo], khách tới {site} [chỉ đông|dồn vào] {few} tháng hè, [ngoài "
        "mùa gần như vắng|buổi tối không có gì xem]."
    ),
    (
        "[Đường, điện, nước|Bến bãi, nhà vệ sinh|Biển chỉ dẫn] [chưa đồng bộ|xuống cấp]; {few} [đoạn đường|hạng mục] "
        "[phải sửa tạm|chờ vốn]."
    ),
    (
        "[Người làm nghề qua đào tạo|Lao động có chứng chỉ] mới khoảng {percent}%; [ít ai nói được ngoại ngữ|thiếu "
        "người quản lý giỏi|làm theo thói quen]."
    ),
    "Quảng bá [theo đợt|thiếu chiều sâu], [chưa có bản tiếng nước ngoài|hình ảnh cũ|trang tin ít cập nhật].",
    "[Nhà đầu tư lớn chưa mặn mà|Kêu gọi đầu tư khó]; {few} dự án [giãn tiến độ|xin điều chỉnh|bị nhắc nhở].",
    (
        "Việc [thu gom rác|xử lý nước thải|giữ trật tự bán hàng] ở [nơi đông khách|vài bãi tắm] [có lúc buông|chưa "
        "thành nếp]."
    ),
    (
        "Một số [đảng viên|hội viên|cán bộ] [hiểu nghị quyết còn sơ|chưa gắn với việc của mình], [làm cho có|trông "
        "chờ cấp trên]."
    ),
    "Thống kê [chưa kịp|thiếu thống nhất], [số của xã và của huyện vênh nhau|phải đối chiếu nhiều lần].",
    "[Lễ hội|Làng nghề|Món ăn quê] [nhiều mà chưa thành|chưa được dựng thành] [sản phẩm bán được|tour trọn gói].",
)

TASKS: Pool = (
    (
        "[Tiếp tục học tập|Đưa vào sinh hoạt chi bộ việc thực hiện] Nghị quyết số 06-NQ/TU cùng Nghị quyết số "
        "08-NQ/TW, [gắn với đăng ký việc làm theo|có kiểm điểm cuối năm]."
    ),
    (
        "[Dựng phương án|Chuẩn bị kịch bản] đón khách trở lại [theo từng cấp độ dịch|từ khách nội tỉnh trước], [ưu "
        "tiên tiêm cho lao động|kiểm tra an toàn từng cơ sở]."
    ),
    (
        "[Tu bổ|Chỉnh trang|Mở rộng] {site}; đến năm 2025 [có thêm|đưa vào khai thác] {few} [sản phẩm riêng có|điểm "
        "dừng chân|tuyến trải nghiệm]."
    ),
    (
        "[Số hóa|Gắn mã QR cho] [di tích|cơ sở lưu trú|món ăn đặc trưng], [bán vé trực tuyến|mở trang giới thiệu "
        "bằng hai thứ tiếng] cho {few} [tour|điểm tham quan]."
    ),
    "[Bồi dưỡng|Cử đi học|Tập huấn tại chỗ] mỗi năm chừng {many} lượt [người làm nghề|chủ cơ sở|thanh niên nông thôn].",
    (
        "[Rà lại|Lập mới] quy hoạch chi tiết {few} khu, [công khai để dân biết|mời doanh nghiệp góp ý], [giữ đất cho "
        "công trình công cộng|không cấp phép xây chen]."
    ),
    (
        "[Xây dựng|Nhân rộng] mô hình [nhà dân đón khách|vườn mẫu mở cửa|bếp quê] ở [các thôn ven biển|vùng đồi|làng "
        "nghề], [mỗi xã chọn một điểm|hỗ trợ vốn ban đầu]."
    ),
    (
        "Siết [niêm yết giá|an toàn thực phẩm|cứu hộ bãi tắm]; [lập đường dây nóng|công khai số điện thoại] [trả lời "
        "trong ngày|có người trực]."
    ),
    (
        "[Khôi phục|Tổ chức lại] [đêm ví, giặm|chợ quê cuối tuần|lễ hội đầu xuân] [định kỳ|vào mùa khách], [giao câu "
        "lạc bộ làm nòng cốt|xã hội hóa kinh phí]."
    ),
)

LEADERSHIP: Pool = (
    (
        "[Nghị quyết vừa ban hành|Chỉ một tháng sau], {unit} [mở|tổ chức] {small} hội nghị [học tập|quán triệt] cho "
        "{many} lượt [cán bộ, đảng viên|bí thư, cấp ủy viên]."
    ),
    (
        "[Ra chương trình hành động|Ban hành đề án] kèm {few} kế hoạch [từng năm|từng lĩnh vực], [ghi rõ người làm, "
        "ngày xong|giao chỉ tiêu tới xã]."
    ),
    (
        "[Ban chỉ đạo|Tổ công tác] do [đồng chí phó bí thư|lãnh đạo chủ chốt] đứng đầu, [họp mỗi quý|giao ban hằng "
        "tháng], [xuống cơ sở|kiểm tra] {few} cuộc."
    ),
    (
        "[Lấy kết quả làm du lịch|Đưa việc thực hiện Nghị quyết] vào [chấm điểm thi đua|kiểm điểm cuối năm|đánh giá "
        "tổ chức đảng]."
    ),
    (
        "[Tài liệu hỏi đáp|Sổ tay bỏ túi|Chuyên đề sinh hoạt] được [biên soạn ngắn gọn|in phát] đến [từng chi bộ|tổ "
        "dân phố], [dễ đọc|ai cũng nắm ý chính]."
    ),
    (
        "Mặt trận và đoàn thể [nhận phần việc riêng|ký chương trình phối hợp]: [đường hoa|nhà sạch vườn đẹp|đội tình "
        "nguyện], [có sơ kết từng năm|bình xét công khai]."
    ),
    (
        "[Loa truyền thanh|Trang cộng đồng|Bản tin nội bộ] [nhắc hằng tuần|mở mục riêng] về [cách ứng xử với "
        "khách|gương làm hay|việc cần góp ý]."
    ),
    (
        "[Giám sát|Kiểm tra chuyên đề] {few} tổ chức đảng; [chỉ ra chỗ chậm|yêu cầu khắc phục trong ba tháng], [nay "
        "đã xong|còn một nơi đang sửa]."
    ),
)

SITUATION: Pool = (
    (
        "{unit} [phụ trách địa bàn|hoạt động trong lĩnh vực] [vừa có biển vừa có núi|đông dân, nhiều di tích|giao "
        "thương thuận lợi], [nổi bật là|được biết đến nhờ] {site}."
    ),
    (
        "[Năm năm qua|Giai đoạn này] [thuận lợi đan xen khó khăn|nửa đầu khởi sắc, nửa sau chững lại]; [hạ tầng dần "
        "khá lên|dân đã quen làm dịch vụ]."
    ),
    (
        "[Dịch bệnh|Thiên tai] [làm đảo lộn|buộc phải hoãn] {few} [kế hoạch|hoạt động đã chuẩn bị]; [nhiều việc "
        "chuyển sang trực tuyến|đơn vị dồn sức hỗ trợ người dân]."
    ),
    (
        "[Lợi thế|Tiềm năng] [chưa khai thác hết|còn lớn], nhất là [đất ven hồ|nghề truyền thống|văn hóa dân gian]; "
        "[điểm yếu|cái khó] là [vốn ít|xa trung tâm|mùa khách ngắn]."
    ),
    (
        "[Tổ chức đảng|Bộ máy] có {small} [chi bộ|đầu mối], [cán bộ phần lớn trẻ|nhiều đồng chí kiêm nhiệm], [đoàn "
        "kết|tận tâm với việc chung]."
    ),
    (
        "[Nhiệm vụ liên quan du lịch|Phần việc được giao] gồm [tuyên truyền|phối hợp quản lý|hỗ trợ cơ sở], [tuy "
        "không thường xuyên|khối lượng không nhỏ] nhưng [đòi hỏi bền bỉ|cần nhiều bên cùng làm]."
    ),
)
