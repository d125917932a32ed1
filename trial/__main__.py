"""Tries out the real docker-compose.yml on a Docker engine of its own, without a registry: `python -m trial`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from bench.plans import write_plan
from demo.scenario import load
from trial import images
from trial.campaign import Play
from trial.engine import Engine, TrialError
from trial.project import Project
from trial.replay import SCRIPT, replay, up
from trial.restore import drill

_FOLDER = Path("/var/lib/soket-trial")
_LOG_WIDTH = 160  # of tables that end in a file
_FIRST = 1  # units that send before anything is killed


def told(what: str, seconds: float) -> None:
    """Say how long something took."""
    print(f"{what:60} {seconds:6.1f} s", flush=True)


def try_out(project: Project, *, blows: bool, restore: bool) -> list[str]:
    """Bring the stack up, play the campaign, and return what is not as it must be."""
    plan = write_plan(project.folder / "include" / "plans", name="thu_compose")
    project.prepare()
    told("everything is up and well", project.up())
    play = Play(project, plan)
    told(f"{_FIRST} judged and answered", play.send(_FIRST))
    for outcome in play.suffer() if blows else ():
        told(f"{outcome.service} killed: what was sent is judged", outcome.verdicts)
        told(f"{outcome.service} killed: all is well again", outcome.well)
    lost = play.end()
    if restore:
        for what, seconds in drill(play):
            told(what, seconds)
        lost += play.end()
    return lost


def play_demo(project: Project) -> list[str]:
    """Bring the stack up, play the whole campaign of `make demo`, and return what is not as it must be."""
    scenario = load(SCRIPT)
    seconds, times = up(project, scenario)
    told("everything is up and well", seconds)
    began = time.monotonic()
    lost = replay(project, scenario, Console(width=None if sys.stdout.isatty() else _LOG_WIDTH))
    told(f"the campaign, {times:.1f} times slower than its script", time.monotonic() - began)
    return lost


def main() -> int:
    """Try it out; return 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="python -m trial", description=__doc__)
    parser.add_argument("--folder", type=Path, default=_FOLDER, help="of the engine: images, volumes")
    parser.add_argument("--demo", action="store_true", help="play all of `make demo` instead of a short campaign")
    parser.add_argument("--no-blows", action="store_true", help="kill nothing")
    parser.add_argument("--no-restore", action="store_true", help="lose nothing")
    parser.add_argument("--keep-images", action="store_true", help="for another trial")
    arguments = parser.parse_args()
    if os.geteuid():
        parser.error("a Docker engine needs root")
    engine = Engine(arguments.folder)
    began = time.monotonic()
    try:
        engine.start()
        images.build(engine)
        told("engine and images", time.monotonic() - began)
        with tempfile.TemporaryDirectory(prefix="soket-trial-") as folder:
            project = Project(engine, Path(folder))
            try:
                blows, restore = not arguments.no_blows, not arguments.no_restore
                lost = play_demo(project) if arguments.demo else try_out(project, blows=blows, restore=restore)
            finally:
                project.down(with_volumes=True)
    except TrialError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        engine.stop()
        if not arguments.keep_images:
            shutil.rmtree(arguments.folder)
    for each in lost:
        print(f"LOST {each}")
    print("everything as it must be" if not lost else f"{len(lost)} things are not as they must be")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
