"""What reports say: sentences by topic, with blanks for the unit, its sites and small numbers.

Topics are found by words of an outline heading, so an outline may be reworded without a change here.
"""

from __future__ import annotations

from random import Random

from soket.text import fold

# Folded unit name → sites to name in its report.
_SITES = {
    "cam xuyen": ("biển Thiên Cầm", "hồ Kẻ Gỗ", "khu lưu niệm Tổng Bí thư Hà Huy Tập"),
    "nghi xuan": ("Khu lưu niệm Đại thi hào Nguyễn Du", "biển Xuân Thành", "đền chợ Củi", "làng ca trù Cổ Đạm"),
    "can loc": ("Ngã ba Đồng Lộc", "chùa Hương Tích", "hồ Trại Tiểu"),
    "huong son": ("nước khoáng Sơn Kim", "khu di tích Hải Thượng Lãn Ông", "vườn cam Sơn Mai"),
    "duc tho": ("Khu lưu niệm Tổng Bí thư Trần Phú", "bến Tam Soa", "làng nghề đóng thuyền Trường Xuân"),
    "loc ha": ("biển Lộc Hà", "chùa Xuân Đài", "khu lưu niệm Mai Hắc Đế"),
    "thach ha": ("biển Thạch Hải", "chùa Quỳnh Viên", "Khu tưởng niệm Lý Tự Trọng"),
    "vu quang": ("Vườn quốc gia Vũ Quang", "căn cứ khởi nghĩa Phan Đình Phùng", "hồ Ngàn Trươi"),
    "huong khe": ("thành Sơn Phòng", "đền Công Đồng", "thác Vũ Môn", "làng bưởi Phúc Trạch"),
    "thi xa ky anh": ("Đèo Ngang", "biển Kỳ Ninh", "đền thờ Chế thắng phu nhân Nguyễn Thị Bích Châu"),
    "thi uy ky anh": ("Đèo Ngang", "biển Kỳ Ninh", "đền thờ Chế thắng phu nhân Nguyễn Thị Bích Châu"),
    "ky anh": ("biển Kỳ Xuân", "hồ Tàu Voi", "đền Phương Giai"),
    "hong linh": ("núi Hồng Lĩnh", "suối Tiên", "chùa Đại Hùng", "Hồ Thiên Tượng"),
    "thanh uy ha tinh": ("Quảng trường Thành phố", "Văn Miếu Hà Tĩnh", "công viên Trần Phú"),
}
_PROVINCE = ("biển Thiên Cầm", "Ngã ba Đồng Lộc", "Khu lưu niệm Đại thi hào Nguyễn Du", "chùa Hương Tích", "hồ Kẻ Gỗ")

# Words of a folded heading → sentences that may stand under it.
_TOPICS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("kien nghi", "de xuat"),
        (
            "Đề nghị tỉnh ưu tiên vốn đầu tư công 2021 - 2025 cho hạ tầng du lịch, trước hết là {site}.",
            "Đề nghị Sở Văn hóa, Thể thao và Du lịch sớm tham mưu chính sách phục hồi du lịch sau dịch.",
            "Đề nghị mở mỗi năm {small} lớp bồi dưỡng nghiệp vụ du lịch cộng đồng cho cơ sở.",
            "Đề nghị các ngành cấp tỉnh tháo gỡ vướng mắc về đất đai đối với {few} dự án du lịch chậm tiến độ.",
        ),
    ),
    (
        ("bai hoc", "kinh nghiem"),
        (
            "Ở đâu cấp ủy quan tâm, người đứng đầu vào cuộc quyết liệt thì ở đó du lịch có chuyển biến rõ nét.",
            "Phát triển du lịch phải gắn với bảo tồn di tích và giữ gìn môi trường, lấy người dân làm chủ thể.",
            "Phải chọn việc trọng tâm từng năm, có phân công, kiểm tra, sơ kết; không dàn trải.",
            "Liên kết với các địa phương lân cận giúp kéo dài thời gian lưu trú của khách đến {site}.",
        ),
    ),
    (
        ("nguyen nhan",),
        (
            "Nguyên nhân khách quan: dịch Covid-19 bùng phát từ đầu năm 2020 làm du lịch đình trệ kéo dài.",
            "Nguyên nhân khách quan: thiên tai, lũ lụt tháng 10/2020 gây thiệt hại nặng cho hạ tầng.",
            "Nguyên nhân chủ quan: một số cấp ủy chưa xem du lịch là nhiệm vụ thường xuyên; cán bộ còn kiêm nhiệm.",
            "Nguyên nhân chủ quan: nguồn lực xã hội hóa huy động được còn ít, mới đạt khoảng {percent}% nhu cầu.",
        ),
    ),
    (
        ("han che", "ton tai", "khuyet diem", "kho khan"),
        (
            "Sản phẩm du lịch còn đơn điệu, khách đến {site} chủ yếu trong {few} tháng mùa hè.",
            "Hạ tầng chưa đồng bộ; còn {few} tuyến đường vào điểm du lịch xuống cấp.",
            "Lao động trực tiếp qua đào tạo mới đạt khoảng {percent}%; ngoại ngữ còn yếu.",
            "Công tác quảng bá chưa thường xuyên, chưa có nhiều ấn phẩm bằng tiếng nước ngoài.",
            "Thu hút nhà đầu tư lớn còn khó khăn; {few} dự án chậm tiến độ.",
        ),
    ),
    (
        ("giai phap", "nhiem vu", "phuong huong", "thoi gian toi"),
        (
            "Tiếp tục quán triệt Nghị quyết số 06-NQ/TU gắn với Nghị quyết số 08-NQ/TW của Bộ Chính trị.",
            "Xây dựng kịch bản phục hồi du lịch trong trạng thái bình thường mới, bảo đảm an toàn phòng dịch.",
            "Tập trung nâng cấp {site}; phấn đấu đến năm 2025 có thêm {few} sản phẩm du lịch đặc trưng.",
            "Đẩy mạnh chuyển đổi số: số hóa thông tin các điểm đến, đưa {few} tour lên nền tảng trực tuyến.",
            "Mỗi năm bồi dưỡng nghiệp vụ cho khoảng {many} lượt lao động du lịch.",
        ),
    ),
    (
        ("khen thuong", "bieu duong", "dien hinh", "guong"),
        (
            "Tập thể tiêu biểu: {unit}, với {few} mô hình du lịch gắn với {site} được cấp tỉnh ghi nhận.",
            "Cá nhân tiêu biểu: cán bộ phụ trách văn hóa cơ sở tại {site}, nhiều năm gắn bó với công tác bảo tồn.",
            "Đề nghị biểu dương {few} tập thể, {small} cá nhân có thành tích trong thực hiện Nghị quyết.",
        ),
    ),
    (
        ("tuyen truyen", "quang ba", "xuc tien", "lien ket", "ket qua"),
        (
            "Xây dựng {many} tin, bài, phóng sự giới thiệu {site} trên báo, đài và trang thông tin điện tử.",
            "Tham gia {small} hội chợ, chương trình xúc tiến trong và ngoài tỉnh; đón {few} đoàn famtrip.",
            "Phối hợp tổ chức Ngày hội Văn hóa, Thể thao và Du lịch với {few} chương trình biểu diễn.",
            "Phối hợp với báo chí trung ương, địa phương mở {few} chuyên mục về điểm đến Hà Tĩnh.",
        ),
    ),
    (
        ("nhan luc", "dao tao", "lao dong", "ket qua"),
        (
            "Mở {small} lớp bồi dưỡng nghiệp vụ lễ tân, buồng, bàn, hướng dẫn cho {many} lượt học viên.",
            "Tỷ lệ lao động du lịch qua đào tạo tăng từ {low_percent}% năm 2017 lên {percent}% năm 2021.",
            "Cử {small} lượt cán bộ đi học tập mô hình du lịch cộng đồng ở ngoài tỉnh.",
        ),
    ),
    (
        ("ha tang", "quy hoach", "dau tu", "co so vat chat", "ket qua"),
        (
            "Rà soát, lồng ghép quy hoạch du lịch vào quy hoạch chung; công bố {few} đồ án quy hoạch chi tiết.",
            "Nâng cấp {small} km đường vào {site}; đầu tư bãi đỗ xe, nhà vệ sinh đạt chuẩn tại {few} điểm đến.",
            "Hỗ trợ thủ tục cho {few} dự án du lịch, dịch vụ; {few} dự án đã đi vào hoạt động.",
        ),
    ),
    (
        ("san pham", "dich vu", "loai hinh", "di tich", "van hoa", "ket qua"),
        (
            "Hình thành tuyến tham quan nối {site} với các điểm lân cận, kết hợp trải nghiệm nông thôn mới.",
            "Phục hồi {few} lễ hội truyền thống; đưa dân ca ví, giặm vào phục vụ khách.",
            "Có {small} sản phẩm OCOP được giới thiệu tại các điểm dừng chân.",
        ),
    ),
    (
        ("quan ly", "moi truong", "an ninh", "trat tu", "ket qua"),
        (
            "Kiểm tra {small} lượt cơ sở lưu trú, ăn uống; nhắc nhở, xử lý {few} trường hợp vi phạm niêm yết giá.",
            "Duy trì {small} đợt ra quân làm sạch môi trường tại {site}.",
            "Công an, quân sự phối hợp giữ an ninh, cứu hộ cứu nạn tại bãi tắm vào mùa cao điểm.",
        ),
    ),
    (
        ("chi dao", "lanh dao", "quan triet", "hoc tap", "nhan thuc", "to chuc thuc hien"),
        (
            "Ngay sau khi có Nghị quyết, {unit} tổ chức {small} hội nghị quán triệt cho {many} lượt cán bộ, đảng viên.",
            "Ban hành chương trình hành động và {few} kế hoạch cụ thể; giao việc cho từng bộ phận, có thời hạn.",
            "Thành lập ban chỉ đạo phát triển du lịch, mỗi quý họp một lần; kiểm tra {few} cuộc tại cơ sở.",
            "Đưa kết quả thực hiện Nghị quyết vào tiêu chí đánh giá tổ chức đảng, đảng viên hằng năm.",
        ),
    ),
)
_ANY = (
    "Trong 05 năm, {unit} đã triển khai các nội dung của Nghị quyết gắn với nhiệm vụ chính trị được giao.",
    "Các hoạt động liên quan {site} được duy trì; {few} việc đã hoàn thành theo kế hoạch.",
    "Trước tác động của dịch Covid-19, đơn vị chủ động chuyển {few} hoạt động sang hình thức trực tuyến.",
)


def sites_of(unit_name: str) -> tuple[str, ...]:
    """Return the sites that a unit would write about: its own, or the province's."""
    folded = fold(unit_name)
    return next((sites for words, sites in _SITES.items() if words in folded), _PROVINCE)


def paragraphs(heading: str, unit_name: str, random: Random) -> list[str]:
    """Return three to five paragraphs that a unit would write under a heading."""
    folded = fold(heading)
    fitting = [sentence for words, pool in _TOPICS if any(word in folded for word in words) for sentence in pool]
    pool = fitting or list(_ANY)
    chosen = random.sample(pool, min(len(pool), random.randint(3, 5)))
    return [_filled(sentence, unit_name, random) for sentence in chosen]


def _filled(sentence: str, unit_name: str, random: Random) -> str:
    return sentence.format(
        unit=unit_name,
        site=random.choice(sites_of(unit_name)),
        few=f"{random.randint(2, 9):02d}",
        small=random.randint(10, 45),
        many=random.randint(120, 960),
        percent=random.randint(52, 78),
        low_percent=random.randint(28, 45),
    )
