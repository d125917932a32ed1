"""Of signatures and signed copies: whose, whether they hold, and where a copy is not what was sent beside it."""

from __future__ import annotations

from soket.faults.message import ASKS, REFERS, RETURNS, TELLS, Message

_SEND_AS_SIGNED = "Gửi lại đúng tệp mà phần mềm ký xuất ra; không sửa, ghép, in lại thành PDF sau khi ký."
_WORD_OR_SIGNED = "Bản ký đúng thì sửa bản Word cho khớp rồi nộp lại; nêu lý do là xác nhận bản Word đúng."
_TABLE_OR_SIGNED = "Bản ký đúng thì sửa biểu cho khớp rồi nộp lại; nêu lý do là xác nhận biểu đúng."

UNLIKE_SIGNED = frozenset({"KS-21", "KS-22", "KS-23", "KS-24"})
"""What asks which is right: the signed copy, or what was sent beside it, of which papers are made."""

SIGNED: dict[str, Message] = {
    "KS-01": Message(TELLS, "Chữ ký số của {signer}, {time}: {integrity}; {chain}; {revocation}."),
    "KS-02": Message(ASKS, "Chữ ký số của {signer} không còn khớp: nội dung đã bị sửa sau khi ký.", _SEND_AS_SIGNED),
    "KS-03": Message(
        ASKS,
        "Sau khi {signer} ký, tệp còn được ghi thêm nội dung khác, hoặc chữ ký không bao hết tệp.",
        _SEND_AS_SIGNED,
    ),
    "KS-05": Message(
        ASKS,
        "Chứng thư của {signer} do «{issuer}» cấp, không thuộc chứng thư gốc nào mà cơ quan theo dõi tin cậy.",
        "Kiểm tra có ký đúng chứng thư chuyên dùng không; đúng thì báo cơ quan theo dõi, không phải ký lại.",
    ),
    "KS-06": Message(
        ASKS,
        "Chứng thư của {signer} không có hiệu lực lúc ký ({time}).",
        "Ký lại bằng chứng thư còn hiệu lực; nếu đồng hồ máy ký sai thì chỉnh lại rồi ký.",
    ),
    "KS-07": Message(
        ASKS, "Chứng thư của {signer} có trong danh sách chứng thư bị thu hồi.", "Ký lại bằng chứng thư khác."
    ),
    "KS-08": Message(
        ASKS,
        "Chứng thư của {signer} không dùng để ký văn bản, hoặc chuỗi chứng thư có lỗi.",
        "Ký lại bằng chứng thư dùng để ký văn bản.",
    ),
    "KS-09": Message(
        TELLS,
        "Tệp có chữ ký số mà hệ thống chưa kiểm được (cách ký, thuật toán chưa hỗ trợ, hoặc quá giới hạn xử lý).",
        "Đơn vị không phải ký lại.",
    ),
    "KS-10": Message(
        ASKS,
        "Tên trên chữ ký số là «{name}», gần giống nhưng không phải tên đơn vị «{unit}».",
        "Đúng là chữ ký của đơn vị thì không phải sửa.",
    ),
    "KS-11": Message(
        ASKS,
        "Chữ ký số mang tên «{name}», là một đơn vị khác trong kế hoạch.",
        "Kiểm tra có gửi nhầm tệp của đơn vị khác không.",
    ),
    "KS-12": Message(
        ASKS,
        "Chữ ký số mang tên «{name}», không nêu tên đơn vị «{unit}».",
        "Đúng là người có thẩm quyền của đơn vị ký thì không phải sửa.",
    ),
    "KS-14": Message(TELLS, "Bản PDF đã được đối chiếu với «{document}»: {figures} số trong văn bản đều khớp{rows}."),
    "KS-16": Message(
        TELLS,
        "Lời văn của tệp PDF khác hẳn «{document}» (trùng {share}%): coi là tài liệu khác, được lưu, không đối chiếu.",
    ),
    # The head of those that follow, which ask of each figure.
    "KS-20": Message(TELLS, "Bản ký khác bản Word «{document}» ở {count} số."),
    "KS-21": Message(
        ASKS,
        "Bản ký ghi {signed}, bản Word ghi {source}: «{quote}».",
        _WORD_OR_SIGNED,
        right="bản Word đúng ({source})",
    ),
    "KS-22": Message(
        ASKS,
        "Bản Word có số {source} mà bản ký không có: «{quote}».",
        _WORD_OR_SIGNED,
        right="bản Word đúng (có số {source})",
    ),
    "KS-23": Message(
        ASKS,
        "Bản ký có số {signed} mà bản Word không có: «{quote}».",
        _WORD_OR_SIGNED,
        right="bản Word đúng (không có số {signed})",
    ),
    "KS-24": Message(
        ASKS,
        "Bản ký ghi {signed}, biểu số liệu ghi {source}: {what}.",
        _TABLE_OR_SIGNED,
        right="biểu số liệu đúng ({source})",
    ),
    "KS-30": Message(
        RETURNS,
        "Kế hoạch yêu cầu bản ký số, nhưng trong các tệp đã gửi không có tệp nào mang chữ ký số.",
        "Gửi thêm tệp PDF đã ký số của văn bản này. Các tệp đã gửi đúng không phải gửi lại.",
    ),
    "KS-31": Message(
        REFERS,
        "Kế hoạch yêu cầu bản ký số; chữ ký đã gửi chưa đủ căn cứ để tự kết luận, cán bộ của cơ quan theo dõi sẽ xem.",
        "Đơn vị chờ kết luận; có bản ký khác thì gửi thêm để được xét ngay.",
    ),
    "KS-32": Message(
        RETURNS,
        "Kế hoạch yêu cầu bản ký số, nhưng bản đã ký bị sửa sau khi ký, hoặc không phải văn bản «{document}».",
        _SEND_AS_SIGNED,
    ),
}
