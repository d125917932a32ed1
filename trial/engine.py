"""A Docker engine of the trial's own: Debian's `dockerd`, with a private socket, which touches no firewall."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

_STARTS_WITHIN = 60.0
_STOPS_WITHIN = 60.0


class TrialError(Exception):
    """The trial cannot go on."""


@dataclass(frozen=True)
class Engine:
    """One daemon and everything it keeps, in a folder of its own."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return what the clients have to know to reach it."""
        # The images are built by the daemon itself: no builder needs to be there.
        return os.environ | {"DOCKER_HOST": f"unix://{self._socket}", "DOCKER_BUILDKIT": "0"}

    @property
    def _socket(self) -> Path:
        return self.folder / "docker.sock"

    @property
    def _pid(self) -> Path:
        return self.folder / "dockerd.pid"

    @property
    def settings(self) -> dict[str, object]:
        """Return the daemon's settings: its networks reach each other and this machine, nothing beyond."""
        return {
            "data-root": str(self.folder / "data"),
            "exec-root": str(self.folder / "exec"),
            "pidfile": str(self._pid),
            "hosts": [f"unix://{self._socket}"],
            "storage-driver": "overlay2",
            "bridge": "none",
            **dict.fromkeys(("iptables", "ip6tables", "ip-forward", "ip-masq"), False),
        }

    def start(self) -> None:
        """Start the daemon, unless it runs; raise TrialError where it does not come up."""
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        if self._answers():
            return
        settings = self.folder / "daemon.json"
        settings.write_text(json.dumps(self.settings), encoding="utf-8")
        log = self.folder / "dockerd.log"
        with log.open("a") as out:
            daemon = subprocess.Popen(
                ["dockerd", "--config-file", str(settings)], stdout=out, stderr=out, start_new_session=True
            )
        deadline = time.monotonic() + _STARTS_WITHIN
        while not self._answers():
            if daemon.poll() is not None or time.monotonic() > deadline:
                raise TrialError(f"no Docker engine runs here; see {log}")
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop the daemon that was started here, and wait until it is gone."""
        if not self._pid.exists():
            return
        daemon = psutil.Process(int(self._pid.read_text()))
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(_STOPS_WITHIN)

    def _answers(self) -> bool:
        asked = subprocess.run(["docker", "version"], env=self.environment, capture_output=True, check=False)
        return asked.returncode == 0

    def run(self, *command: str, cwd: Path | None = None, within: float = 900, quiet: bool = True) -> str:
        """Run a client; return what it prints, and raise TrialError with what it says where it fails."""
        done = subprocess.run(
            command, env=self.environment, cwd=cwd, timeout=within, text=True, check=False, capture_output=quiet
        )
        if done.returncode:
            raise TrialError(f"{' '.join(command)}: {done.returncode}\n{done.stdout or ''}{done.stderr or ''}")
        return done.stdout or ""

    def docker(self, *arguments: str) -> str:
        """Run `docker`."""
        return self.run("docker", *arguments).strip()
