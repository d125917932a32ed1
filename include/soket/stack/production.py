"""The secrets of docker-compose.yml: each a file of its own, made once at random, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from soket.stack.state import write_private

USER = 50000  # who reads them in the containers: the image's user

Ask = Callable[[str], str | None]  # for what a person has to type in; None where nobody is there


@dataclass(frozen=True)
class Secret:
    """What a file holds, in Vietnamese, and how it is made; None: somebody else gives it."""

    what: str
    make: Callable[[], str] | None = lambda: secrets.token_urlsafe(36)


def _fernet() -> str:
    return urlsafe_b64encode(secrets.token_bytes(32)).decode()


FERNET = "fernet_key"
DATABASE = "postgres_password"

SECRETS = {
    DATABASE: Secret("mật khẩu cơ sở dữ liệu"),
    "valkey_password": Secret("mật khẩu hàng đợi (Valkey)"),
    FERNET: Secret("khóa mã hóa của Airflow", _fernet),
    "jwt_secret": Secret("khóa ký lượt đăng nhập và lượt chạy của Airflow"),
    "api_secret_key": Secret("khóa phiên làm việc trên trang Airflow"),
    "s3_admin": Secret("khóa kho tệp: tạo kho, đặt cách giữ phiên bản"),
    "s3_service": Secret("khóa kho tệp của dòng lệnh (console)"),
    "s3_board": Secret("khóa kho tệp của bảng theo dõi: chỉ đọc"),
    "s3_intake": Secret("khóa kho tệp của việc tiếp nhận"),
    "s3_papers": Secret("khóa kho tệp của việc lập văn bản, ghi quyết định"),
    "s3_monitor": Secret("khóa kho tệp của việc theo dõi, nhắc"),
    "s3_page": Secret("khóa kho tệp của trang nộp hồ sơ"),
    "bell": Secret("lời kho tệp xưng khi báo bộ chờ sự kiện có tệp mới"),
    "smtp_password": Secret("mật khẩu hộp thư gửi, do máy chủ thư của tỉnh cấp", None),
    "webhooks": Secret("địa chỉ các kênh báo (SOKET_WEBHOOKS), có mật khẩu trong đó; tệp trống: không báo", str),
}


@dataclass
class Made:
    """What came of each secret, by name."""

    new: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


def make_all(folder: Path, ask: Ask, owner: int = USER) -> Made:
    """Make every secret that is not there, and shut what is there to everybody but its owner; overwrite none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _shut(folder, 0o700, owner)
    made = Made()
    for name in SECRETS:
        path = folder / name
        if is_there(path):
            _shut(path, 0o600, owner)
            made.kept.append(name)
        else:
            (made.new if _write(path, ask, owner) else made.lacking).append(name)
    return made


def rotate(folder: Path, name: str, ask: Ask, owner: int = USER) -> bool:
    """Make a secret anew in place of the old; tell whether it was, which needs somebody to give what is not ours.

    What is encrypted with the old Fernet key stays readable until Airflow has written it anew: the old one stands
    behind the new one, and is gone after the next time.
    """
    path = folder / name
    before = path.read_text(encoding="utf-8").strip() if name == FERNET else ""
    behind = f",{before.partition(',')[0]}" if before else ""
    return _write(path, ask, owner, behind)


def is_there(path: Path) -> bool:
    """Tell whether a secret is there: an empty file is none, where something has to be in it."""
    return path.is_file() and (path.stat().st_size > 0 or SECRETS[path.name].make is str)


def _write(path: Path, ask: Ask, owner: int, behind: str = "") -> bool:
    make = SECRETS[path.name].make
    value = make() if make else ask(path.name)
    if value is None:
        return False
    write_private(path, value + behind)
    _shut(path, 0o600, owner)
    return True


def _shut(path: Path, mode: int, owner: int) -> None:
    """Leave a file to its owner alone; only root can give it to the containers' user."""
    if os.geteuid() == 0:
        os.chown(path, owner, owner)
    path.chmod(mode)
