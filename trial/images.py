"""The images of the trial: soket's own from its Dockerfile, and stand-ins for those that a registry would give."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

from soket.stack.state import REPOSITORY
from trial.engine import Engine, TrialError

IMAGES = {
    "PYTHON_IMAGE": "soket-trial/python:1",
    "POSTGRES_IMAGE": "soket-trial/postgres:1",
    "VALKEY_IMAGE": "soket-trial/valkey:1",
    "SEAWEEDFS_IMAGE": "soket-trial/seaweedfs:1",
    "SOKET_IMAGE": "soket-trial/soket:1",
}
"""Each variable of docker-compose.yml that names an image, with what it names in the trial."""

_HERE = Path(__file__).with_name("images")
_MIRROR = "http://deb.debian.org/debian"
_RELEASES = {
    "bookworm": ("python3", "python3-venv", "ca-certificates"),
    "trixie": ("postgresql-17", "valkey-server", "valkey-tools", "wget"),
}
_LEFT_OUT = ("./proc/*", "./sys/*", "./var/cache/apt/archives/*.deb", "./var/lib/apt/lists/*")
_PYTHON = {"python_version": "3.11", "python_full_version": "3.11.2"}  # Debian's, wherever this one is from
_SERVERS = ("postgres", "valkey", "seaweedfs")


def build(engine: Engine) -> None:
    """Build every image; what was built before is built anew only where something changed."""
    for release in _RELEASES:
        if not engine.docker("image", "ls", "--quiet", f"soket-trial/{release}:1"):
            _import(engine, release, engine.folder / release)
    wheels, servers = engine.folder / "python", engine.folder / "servers"
    _download(wheels / "wheels")
    shutil.copy(_HERE / "python.Dockerfile", wheels)
    _build(engine, wheels, "python.Dockerfile", "PYTHON_IMAGE")
    shutil.copytree(_HERE, servers, dirs_exist_ok=True)
    shutil.copy(Path(sys.executable).with_name("weed"), servers)
    for name in _SERVERS:
        _build(engine, servers, "servers.Dockerfile", f"{name.upper()}_IMAGE", "--target", name)
    python = f"PYTHON_IMAGE={IMAGES['PYTHON_IMAGE']}"
    _build(engine, REPOSITORY, "Dockerfile", "SOKET_IMAGE", "--network", "none", "--build-arg", python)


def _import(engine: Engine, release: str, root: Path) -> None:
    """Make a Debian with a few packages into an image."""
    if not (root / "etc" / "debian_version").exists() or (root / "debootstrap").exists():
        shutil.rmtree(root, ignore_errors=True)
        packages = ",".join(_RELEASES[release])
        engine.run("debootstrap", "--variant=minbase", f"--include={packages}", release, str(root), _MIRROR)
    packed = engine.folder / f"{release}.tar"
    excluded = (f"--exclude={each}" for each in _LEFT_OUT)
    engine.run("tar", "--create", f"--file={packed}", f"--directory={root}", *excluded, ".")
    engine.docker("import", str(packed), f"soket-trial/{release}:1")
    packed.unlink()
    shutil.rmtree(root)


def _download(folder: Path) -> None:
    """Fetch what the lock file names, and what builds soket, from wherever this machine's pip fetches things."""
    lock = REPOSITORY / "requirements.txt"
    kept = folder / "requirements.txt"
    if kept.exists() and kept.read_bytes() == lock.read_bytes():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    named = [Requirement(line) for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    pinned = [f"{each.name}{each.specifier}" for each in named if not each.marker or each.marker.evaluate(_PYTHON)]
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:", "--no-deps", f"--dest={folder}")
    done = subprocess.run([*pip, *pinned, "setuptools>=77"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise TrialError(done.stderr)
    shutil.copy(lock, kept)


def _build(engine: Engine, context: Path, file: str, variable: str, *options: str) -> None:
    named = ("--file", str(context / file), "--tag", IMAGES[variable])
    engine.run("docker", "build", "--quiet", *named, *options, str(context), within=1800)
