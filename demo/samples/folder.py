"""Where samples lie: `<folder of the script>/<campaign>/<owner>/<number>/<file>`."""

from __future__ import annotations

import shutil
from pathlib import Path

from demo.samples.sending import files_of
from demo.scenario import Drop, Scenario, load
from soket.plan.loader import find_plan


def folder_of(script: Path, scenario: Scenario, drop: Drop) -> Path:
    """Return the folder of one sending."""
    return script.parent / scenario.campaign / drop.owner / str(drop.number)


def write_samples(script: Path) -> list[Path]:
    """Write every sending of a script anew; return the files."""
    scenario = load(script)
    plan = find_plan(scenario.plan)
    # A sample of an earlier script would be a sending that nobody tells of.
    shutil.rmtree(script.parent / scenario.campaign, ignore_errors=True)
    written = []
    for drop in scenario.drops(plan):
        folder = folder_of(script, scenario, drop)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files_of(plan, drop, scenario.seed).items():
            path = folder / name
            path.write_bytes(data)
            written.append(path)
    return written
