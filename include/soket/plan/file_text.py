"""Files of plans and directories: which there are, whether one has changed, and its text, if it has any."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from soket.plan.fault import TextFaultError

MOST_BYTES = 4 << 20

_SEE = "Xem lại đường dẫn."
_SAMPLE = "Xem một kế hoạch mẫu trong thư mục plans."
_SAVE = "Trong Notepad: Tệp, Lưu thành, Mã hóa: UTF-8."
_REASONS = {
    errno.ENOENT: ("không có tệp này", _SEE),
    errno.ENOTDIR: ("không có tệp này", _SEE),
    errno.ELOOP: ("liên kết trỏ vòng tròn, không đến tệp nào", "Chép chính tệp kế hoạch vào thay liên kết."),
    errno.EACCES: ("không có quyền đọc tệp này", "Cấp quyền đọc tệp cho tài khoản chạy soket."),
    errno.EPERM: ("không có quyền đọc tệp này", "Cấp quyền đọc tệp cho tài khoản chạy soket."),
    errno.ENAMETOOLONG: ("tên tệp quá dài", "Đặt tên ngắn hơn."),
}
# What a coding's files begin with, and what those of other programs do.
_MARKS = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_OTHERS = {
    b"PK\x03\x04": "tệp Word, Excel hoặc tệp nén",
    b"\xd0\xcf\x11\xe0": "tệp Word, Excel kiểu cũ",
    b"%PDF": "tệp PDF",
    b"{\\rtf": "tệp RTF",
    b"\x89PNG": "ảnh",
    b"\xff\xd8\xff": "ảnh",
}
_PAPER = "Lập kế hoạch từ văn bản: «soket plan new TỆP»; cập nhật danh bạ từ bảng: «soket directory import TỆP»."


def yaml_files(folder: Path) -> list[Path]:
    """Return a folder's files by name, without those that editors hide beside the one they work on."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))


def state_of(file: Path) -> tuple[int, ...] | None:
    """Return what changes when a file does; None where there is no file to look at."""
    try:
        facts = file.stat()
    except OSError:
        return None
    # A copy put in place of a file may keep its time and its size.
    return facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, facts.st_size


def read_text(file: Path) -> str:
    """Return a plan file's text; raise TextFaultError saying why there is none."""
    data = _bytes(file)
    if other := next((what for mark, what in _OTHERS.items() if data.startswith(mark)), None):
        raise TextFaultError(1, 1, f"không phải tệp kế hoạch mà là {other}, dù mang tên .yaml", _PAPER)
    coding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if coding is None and 1 / 3 < data[:2000].count(0) / max(len(data[:2000]), 1) < 2 / 3:
        coding = "UTF-16"  # which has a zero beside each plain letter
    if coding:
        raise TextFaultError(1, 1, f"tệp không phải văn bản UTF-8 mà là {coding}", f"Lưu lại với UTF-8. {_SAVE}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _lines(data[: error.start].decode("latin-1")).count("\n") + 1
        raise TextFaultError(
            line,
            1,
            "tệp không phải văn bản UTF-8: dòng này có chữ theo bảng mã cũ (Windows-1258, TCVN3, VNI…)",
            f"Chữ TCVN3, VNI: chuyển mã sang Unicode trước. Rồi lưu lại với UTF-8. {_SAVE}",
        ) from error
    return _lines(text)


def _bytes(file: Path) -> bytes:
    try:
        facts = file.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise TextFaultError(1, 1, "không phải một tệp", _SEE)
        if facts.st_size > MOST_BYTES:
            message = f"tệp quá lớn ({facts.st_size >> 20} MB, tối đa {MOST_BYTES >> 20} MB), không phải kế hoạch"
            raise TextFaultError(1, 1, message, _SAMPLE)
        return file.read_bytes()
    except OSError as error:
        message, hint = _REASONS.get(error.errno or 0, (f"không đọc được: {error.strerror}", _SEE))
        raise TextFaultError(1, 1, message, hint) from error


def _lines(text: str) -> str:
    """Return a text with one kind of line ends, whatever system it was written on."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
