"""The restore drill of docs/deploy.md on Compose: all is lost, and the campaign goes on from the store's files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from trial.campaign import Play
from trial.engine import TrialError

_IMAGE = "soket-trial/bookworm:1"  # the guide has debian:12
_VOLUME = "soket_objects"


def drill(play: Play) -> Iterator[tuple[str, float]]:
    """Copy the store, lose every volume, restore the store's alone and go on; yield each step with its seconds."""
    project, docker = play.project, play.project.engine.docker
    before = {code: (entry.receipts, entry.verdicts) for code, entry in play.register.units.items()}
    mails = play.mailbox.seen.total()
    began = time.monotonic()
    project.compose("stop", "seaweedfs")
    _tar(play, f"{_VOLUME}:/data:ro", "--create", "--file=/copy/objects.tar", "--directory=/data", ".")
    project.compose("start", "seaweedfs")
    copy = project.folder / "objects.tar"
    yield f"copy the store, {copy.stat().st_size / 2**20:.1f} MB", time.monotonic() - began
    # The mail server is the province's: it loses nothing.
    services = [each for each in project.compose("config", "--services").split() if each != "mail-dev"]
    began = time.monotonic()
    project.compose("rm", "--stop", "--force", *services)
    lost = [name for name in docker("volume", "ls", "--quiet").split() if name.startswith("soket_")]
    docker("volume", "rm", *lost)
    yield f"lose {', '.join(sorted(lost))}", time.monotonic() - began
    began = time.monotonic()
    docker("volume", "create", _VOLUME)
    _tar(play, f"{_VOLUME}:/data", "--extract", "--file=/copy/objects.tar", "--directory=/data")
    yield "restore the store alone", time.monotonic() - began
    yield "everything is up and well, with a database made anew", project.up()
    after = {code: (entry.receipts, entry.verdicts) for code, entry in play.register.units.items()}
    if after != before:
        raise TrialError("what was on record is not what is")
    yield "a unit that sends only now judged and answered", play.send_last()
    if play.mailbox.seen.total() < mails:
        raise TrialError("the mailbox lost mail")


def _tar(play: Play, volume: str, *arguments: str) -> None:
    folder: Path = play.project.folder
    mounts = ("--volume", volume, "--volume", f"{folder}:/copy")
    play.project.engine.docker("run", "--rm", "--network", "none", *mounts, _IMAGE, "tar", *arguments)
