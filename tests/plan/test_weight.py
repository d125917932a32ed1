"""Files that are no plan cost little and take nothing else down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY
from soket.plan.check import check
from soket.plan.loader import load_all

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")

BOMB = "# mười dòng\na0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 10)
)
MERGED = "a0: &a0 {k: v}\n" + "".join(
    f"a{level}: &a{level}\n  <<: [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 10)
)

# What is in the file, and the line and words that tell of it.
NO_PLANS: dict[str, tuple[bytes, int, str]] = {
    "bomb": (BOMB.encode(), 7, "quá 180000 mục, kể cả chỗ dùng lại"),
    "bomb of merges": (MERGED.encode(), 11, "quá 180000 mục"),
    "bomb in a plan": ((SMALL + BOMB).encode(), SMALL.count("\n") + 7, "quá 180000 mục"),
    "in itself": (b"id: a\nb: &b [1, *b]\n", 2, "«*b» nằm trong chính nó"),
    "deep": (b"id: a\nb: " + b"[" * 100_000, 2, "lồng nhau quá 30 lớp"),
    "deep in blocks": (b"".join(b" " * n + b"a:\n" for n in range(2000)), 30, "lồng nhau quá 30 lớp"),
    "60 MB": (b"id: a\n" * (10 << 20), 1, "tệp quá lớn (60 MB, tối đa 4 MB)"),
    "a long list": (b"[" + b"x," * 2_000_000 + b"]", 1, "quá 180000 mục"),
    "one long line": (b"id: " + b"x" * (4 << 20 - 10), 1, "thiếu mục"),
    "many unknown keys": (b"".join(b"khoa_%d: 1\n" % n for n in range(30_000)), 1, "chỗ sai nữa"),
    "many keys twice": (b"id: a\n" * 30_000, 30_000, "«id» ghi hai lần"),
    "a number without end": (b"id: " + b"9" * 10_000, 1, "viết chưa đúng"),
    "UTF-16": ("id: a\n".encode("utf-16"), 1, "không phải văn bản UTF-8"),
    "CP1258": ("id: a\ntitle: Sơ kết\n".encode("cp1258", "replace"), 2, "không phải văn bản UTF-8"),
    "binary": (bytes(range(255, -1, -1)) * 1000, 1, "không phải văn bản UTF-8"),
    "zeros": (bytes(1 << 20), 1, "ký tự không in được"),
    "half a character": (b'id: "\\uD800"\n', 1, ""),
    "keys that are no names": (b"1: a\n2021-01-01: b\nnull: c\n[x]: d\n", 4, "tên mục phải là chữ"),
    "tags": (b"id: !!python/object/apply:os.system [true]\n", 1, "nhãn kiểu"),
    "bad base64": (b"id: !!binary '*'\n", 1, ""),
    "a set": (b"!!set {a, b}\n", 1, "có nhãn kiểu (!) không dùng được"),
}


@pytest.mark.parametrize("name", NO_PLANS)
def test_what_is_no_plan_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    data, line, words = NO_PLANS[name]
    (tmp_path / "x.yaml").write_bytes(data)
    (tmp_path / "good.yaml").write_text(SMALL, encoding="utf-8")
    plans, (error,) = load_all(tmp_path)
    assert [plan.id for plan in plans] == ["small"]
    assert [fault for fault in error.faults if words in fault.message and fault.line == line], str(error)[:2000]
    assert len(str(error)) < 300_000


def test_a_folder_or_a_pipe_is_no_plan(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "lost.yaml").symlink_to(tmp_path / "nothing")
    _, errors = load_all(tmp_path)
    assert [error.faults[0].message for error in errors] == [
        "không phải một tệp",
        "không có tệp này",
        "không phải một tệp",
    ]


def test_a_fault_of_ours_hides_no_other_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(data: object) -> list[object]:
        raise RuntimeError("hỏng")

    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr("soket.plan.check.references.CHECKS", (break_down,))
    (fault,) = check(tmp_path / "a.yaml")
    assert "RuntimeError: hỏng" in fault.message
    assert "Lỗi của hệ thống" in fault.hint


_COST = """
import json, resource, sys
from pathlib import Path
from effort import slowness
from soket.plan.loader import load

def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

costs = {}
load(Path(sys.argv[1]))  # what every plan needs is loaded
slow = slowness()
for file in sys.argv[2:]:
    seconds, memory = used()
    try:
        load(Path(file))
    except Exception:
        pass
    seconds, memory = used()[0] - seconds, used()[1] - memory
    before, slow = slow, slowness()
    costs[Path(file).stem] = seconds * 2 / (before + slow), memory
print(json.dumps(costs))
"""


def test_what_is_no_plan_costs_little(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(SMALL, encoding="utf-8")
    files = []
    for name, (data, _, _) in NO_PLANS.items():
        files.append(tmp_path / f"{name}.yaml")
        files[-1].write_bytes(data)
    command = [sys.executable, "-c", _COST, str(tmp_path / "good.yaml"), *map(str, files)]
    here = os.environ | {"PYTHONPATH": str(REPOSITORY / "tests")}
    costs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True, env=here).stdout)
    assert len(costs) == len(NO_PLANS)
    assert {name: cost for name, cost in costs.items() if cost[0] > 1 or cost[1] > 200} == {}
