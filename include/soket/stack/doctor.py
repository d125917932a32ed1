"""Looks a machine over: what is missing, what that costs, how to get it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import psutil

from soket.intake.roots import roots_folder, supplied_roots
from soket.reading import programs
from soket.stack import bucket, ports
from soket.stack.launch import components
from soket.stack.seaweedfs import SeaweedFS, service_client
from soket.stack.state import State
from soket.stack.status import Phase, status
from soket.store.s3 import S3Store
from soket.text import format_size

Level = Literal["ok", "warning", "error"]

_DISK = (1.0, 5.0)  # GB free: below the first nothing works for long, below the second it gets tight
_MEMORY = (1.5, 3.0)  # GB available before the stack starts


@dataclass(frozen=True)
class Diagnosis:
    """One thing looked at."""

    subject: str
    level: Level
    message: str
    advice: str = ""


def examine(state: State) -> list[Diagnosis]:
    """Look at everything; a running stack is asked whether each server does its work."""
    running = status(state).running
    checks: list[Callable[[], Iterator[Diagnosis]]] = [
        _python,
        lambda: _disk(state),
        lambda: _memory(running=running),
        _office,
        _scans,
        _roots,
        lambda: _servers(state) if running else _ports(state),
    ]
    return [finding for check in checks for finding in check()]


def _python() -> Iterator[Diagnosis]:
    number = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 12):
        yield Diagnosis("Python", "ok", number)
    else:
        yield Diagnosis("Python", "error", f"{number} chưa được hỗ trợ.", "Cài Python 3.11 hoặc 3.12.")


def _disk(state: State) -> Iterator[Diagnosis]:
    place = next(path for path in (state.root, *state.root.parents) if path.exists())
    free = shutil.disk_usage(place).free / 1e9
    yield _amount("Đĩa", free, _DISK, f"còn {free:.1f} GB ở {place}", "Dọn bớt, hoặc chọn chỗ khác bằng --state.")


def _memory(*, running: bool) -> Iterator[Diagnosis]:
    free = psutil.virtual_memory().available / 1e9
    if running:
        yield Diagnosis("Bộ nhớ", "ok", f"còn {free:.1f} GB khi hệ thống đang chạy")
    else:
        yield _amount(
            "Bộ nhớ", free, _MEMORY, f"còn {free:.1f} GB", "Hệ thống cần khoảng 1,5 GB; đóng bớt chương trình."
        )


def _amount(subject: str, amount: float, limits: tuple[float, float], message: str, advice: str) -> Diagnosis:
    least, comfortable = limits
    if amount < least:
        return Diagnosis(subject, "error", message, advice)
    if amount < comfortable:
        return Diagnosis(subject, "warning", message, advice)
    return Diagnosis(subject, "ok", message)


def _office() -> Iterator[Diagnosis]:
    if found := programs.office():
        yield Diagnosis("LibreOffice", "ok", found)
    else:
        yield Diagnosis(
            "LibreOffice",
            "warning",
            "không có: văn bản chỉ ra bản .docx, không có bản PDF; tệp .doc của Word trước 1997 phải do cán bộ mở.",
            "apt install libreoffice-writer-nogui libreoffice-calc-nogui",
        )


def _scans() -> Iterator[Diagnosis]:
    if found := programs.recogniser():
        yield Diagnosis("Tesseract", "ok", found)
    else:
        yield Diagnosis(
            "Tesseract",
            "warning",
            "không có, hoặc thiếu tiếng Việt: không tìm kiếm được trong bản quét. Việc chấm không đổi: báo cáo chỉ có "
            "bản quét thì có hay không cũng do cán bộ đọc.",
            "apt install tesseract-ocr tesseract-ocr-vie",
        )


def _roots() -> Iterator[Diagnosis]:
    found = supplied_roots()
    if found.certificates:
        message = f"{len(found.certificates)} tệp chứng thư, {len(found.revoked)} danh sách thu hồi"
        yield Diagnosis("Chứng thư gốc", "ok", message)
    else:
        yield Diagnosis(
            "Chứng thư gốc",
            "warning",
            "chưa có: chữ ký số vẫn được kiểm, nhưng không biết do ai cấp.",
            f"Chép chứng thư gốc mà cơ quan tin cậy vào {roots_folder()}.",
        )


def _ports(state: State) -> Iterator[Diagnosis]:
    taken = [f"{name} {port}" for name, port in state.ports.items() if not ports.is_free(port)]
    if taken:
        message = f"chương trình khác đang dùng: {', '.join(taken)}"
        yield Diagnosis("Cổng", "warning", message, "Không phải làm gì: `soket up` sẽ tự chọn cổng khác và báo lại.")
    else:
        yield Diagnosis("Cổng", "ok", "các cổng đều trống")


def _servers(state: State) -> Iterator[Diagnosis]:
    told = status(state)
    for component in components(state, [entry.name for entry in told.components if not entry.step]):
        entry = told.component(component.name)
        try:
            working = component.ready(0)
            message = "" if working else "không trả lời như mong đợi"
        except Exception as error:  # whatever it is, it goes into the findings
            working, message = False, f"{type(error).__name__}: {error}"
        if working:
            yield Diagnosis(component.title, "ok", f"trả lời tốt, cổng {entry.port}" if entry.port else "hoạt động tốt")
        else:
            advice = (
                f"Xem {state.log(component.name)}; hệ thống tự khởi động lại phần này, lần thứ {entry.restarts + 1}."
            )
            if entry.phase == Phase.FAILED:
                message = entry.message
            if isinstance(component, SeaweedFS) and (bucket.GONE in message or component.complaint()):
                advice = bucket.advice(state)
            yield Diagnosis(component.title, "error", message, advice)
            continue
        if isinstance(component, SeaweedFS):
            yield _contents(component)


def _contents(server: SeaweedFS) -> Diagnosis:
    """Tell how much the bucket holds: two looks an hour apart show whether anything grows by itself."""
    held = usage_of(S3Store(service_client(server.state), server.state.spec.bucket))
    on_disk = sum(path.stat().st_size for path in server.directory.rglob("*") if path.is_file())
    return Diagnosis(
        "Dung lượng kho",
        "ok",
        f"{held.objects} tệp và {held.old_versions} bản cũ, {format_size(held.size)}; trên đĩa {format_size(on_disk)}",
    )


@dataclass(frozen=True)
class Usage:
    """How much there is."""

    objects: int
    old_versions: int  # and marks of what was deleted
    size: int  # bytes, of all versions


def usage_of(store: S3Store, prefix: str = "") -> Usage:
    """Return what lies under a prefix; one request a thousand versions."""
    objects = old = size = 0
    pages = store.client.get_paginator("list_object_versions").paginate(Bucket=store.bucket, Prefix=prefix)
    for page in pages:
        versions = page.get("Versions", ())
        current = sum(version["IsLatest"] for version in versions)
        objects += current
        old += len(versions) - current + len(page.get("DeleteMarkers", ()))
        size += sum(version["Size"] for version in versions)
    return Usage(objects, old, size)
