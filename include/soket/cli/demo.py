"""`soket demo`: the 2021 campaign, played in minutes on a stack of its own."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from soket.stack.state import REPOSITORY, State

if TYPE_CHECKING:
    from soket.demo.evidence import Check
    from soket.demo.world import World

DEMO_STATE = REPOSITORY / ".soket" / "demo"
SAMPLES = REPOSITORY / "samples"

_LOG_WIDTH = 160  # of tables that end in a file


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Xong thì dừng hệ thống; mã thoát khác 0 nếu đợt không đến đích.")
    ] = False,
    script: Annotated[Path, typer.Option(help="Kịch bản.", exists=True, dir_okay=False)] = SAMPLES
    / "nq06_du_lich"
    / "scenario.yaml",
    state: Annotated[Path, typer.Option(help="Thư mục trạng thái; mọi thứ trong đó được làm mới.")] = DEMO_STATE,
    json_file: Annotated[Path | None, typer.Option("--json", help="Ghi kết quả đối chiếu vào tệp JSON này.")] = None,
) -> None:
    """Chạy thử trọn một đợt sơ kết: nộp báo cáo, nhắc, dự thảo, thẩm định, hội nghị, lưu trữ."""
    from soket.demo.stage import raised_stack
    from soket.stack.supervisor import StartError

    console = Console(width=None if sys.stdout.isatty() else _LOG_WIDTH)
    place = State.locate(state)
    began = time.monotonic()
    try:
        with raised_stack(console, place, script, keep=not headless) as world:
            console.print(f"Hệ thống sẵn sàng sau {time.monotonic() - began:.0f} giây: {world.url}")
            checks = _play(console, world, places=not headless)
    except StartError as error:
        console.print(f"Không khởi động được {error.component}: {error.reason}. Nhật ký: {place.log(error.component)}")
        raise typer.Exit(1) from None
    seconds = time.monotonic() - began
    if json_file:
        report = {"seconds": round(seconds, 1), "checks": [asdict(check) for check in checks]}
        json_file.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    console.print(f"Tổng thời gian: {seconds / 60:.1f} phút.")
    if not headless:
        console.print(f"Hệ thống vẫn chạy; dừng bằng: soket down --state {os.path.relpath(place.root)}", soft_wrap=True)
    if wrong := [check.name for check in checks if not check.ok]:
        console.print(f"CHƯA ĐẠT: {'; '.join(wrong)}.", markup=False)
        raise typer.Exit(1)
    console.print("Đợt sơ kết đã đến đích.")


def _play(console: Console, world: World, *, places: bool) -> list[Check]:
    """Play the campaign, and print what came of it."""
    from soket.demo.play import play, verify
    from soket.demo.summary import print_places, print_results

    play(world, console)
    evidence, checks = verify(world)
    print_results(console, evidence, checks)
    if places:
        print_places(console, world)
    return checks
