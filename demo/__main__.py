"""`python -m demo`: the 2021 campaign, played in minutes on a stack of its own."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from demo.evidence import Check
from demo.play import play, verify
from demo.stage import busier_by, raised_stack, samples_written
from demo.summary import print_places, print_results
from demo.world import World
from soket.stack import launch
from soket.stack.state import REPOSITORY, State
from soket.stack.supervisor import StartError

DEMO_STATE = REPOSITORY / ".soket" / "demo"
SAMPLES = REPOSITORY / "samples"

_LOG_WIDTH = 160  # of tables that end in a file


def main(
    headless: Annotated[
        bool, typer.Option("--headless", help="Xong thì dừng hệ thống; mã thoát khác 0 nếu đợt không đến đích.")
    ] = False,
    script: Annotated[Path, typer.Option(help="Kịch bản.", exists=True, dir_okay=False)] = SAMPLES
    / "nq06_du_lich"
    / "scenario.yaml",
    state: Annotated[Path, typer.Option(help="Thư mục trạng thái; mọi thứ trong đó được làm mới.")] = DEMO_STATE,
    json_file: Annotated[Path | None, typer.Option("--json", help="Ghi kết quả đối chiếu vào tệp JSON này.")] = None,
) -> None:
    """Chạy thử trọn một đợt báo cáo: nộp báo cáo, nhắc, dự thảo, thẩm định, hội nghị, lưu trữ."""
    console = Console(width=None if sys.stdout.isatty() else _LOG_WIDTH)
    place = State.locate(state)
    began = time.monotonic()
    launch.down(place)
    written, times = samples_written(script)
    console.print(f"Tệp mẫu: {len(written)} tệp trong {script.parent}", soft_wrap=True)
    try:
        with raised_stack(console, place, script, times, keep=not headless) as world:
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
        _, by_now = samples_written(script)
        if busier := busier_by(times, by_now):
            console.print(busier)
        raise typer.Exit(1)
    console.print("Đợt đã đến đích.")


def _play(console: Console, world: World, *, places: bool) -> list[Check]:
    """Play the campaign, and print what came of it."""
    play(world, console)
    evidence, checks = verify(world)
    print_results(console, evidence, checks)
    if places:
        print_places(console, world)
    return checks


if __name__ == "__main__":
    typer.run(main)
