"""A folder with docker-compose.yml in it, made as docs/deploy.md tells an IT office to, and its stack."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soket.record.sending import UPLOAD_VARIABLE
from soket.stack import ports, production
from soket.stack.mail import USER as MAIL_USER
from soket.stack.replaying import QUICK
from soket.stack.state import REPOSITORY, write_private
from soket.store.connect import StoreSettings
from trial.engine import Engine, TrialError
from trial.images import IMAGES

MAIL_PASSWORD = "thu-hop-thu"  # noqa: S105 - of a mailbox that nothing leaves
SMTP_PORT, IMAP_PORT = 4025, 4143

_FOLDERS = ("directory", "themes", "roots")
_SCALE = {"worker-intake": 2}
_QUICK = ("SOKET_POLL_SECONDS", "SOKET_GATE_SECONDS", "SOKET_SETTLE_SECONDS")
_ONE_SHOT = {"identities", "init"}


@dataclass
class Project:
    """The stack of one folder."""

    engine: Engine
    folder: Path

    def prepare(self) -> None:
        """Do what the guide says before the first start; the plans are there already."""
        shutil.copy(REPOSITORY / "docker-compose.yml", self.folder)
        for name in _FOLDERS:
            shutil.copytree(REPOSITORY / "include" / name, self.folder / "include" / name, dirs_exist_ok=True)
        lines = [f"{name}={value}\n" for name, value in self.settings().items()]
        (self.folder / ".env").write_text("".join(lines), encoding="utf-8")
        self._make_secrets()

    @staticmethod
    def settings() -> dict[str, str]:
        """Return what stands in .env, with ports that nobody else uses."""
        chosen, _ = ports.choose({})
        return {
            "COMPOSE_PROFILES": "mail-dev",
            **IMAGES,
            **{name: QUICK[name] for name in _QUICK},
            "SMTP_HOST": "mail-dev",
            "SMTP_PORT": str(SMTP_PORT),
            "SMTP_DISABLE_TLS": "true",
            "SMTP_USER": MAIL_USER,
            "IMAP_HOST": "mail-dev",
            "IMAP_PORT": str(IMAP_PORT),
            "IMAP_SSL": "false",
            **{f"{name.upper()}_PORT": str(chosen[name]) for name in ("api", "s3", "page")},
            "MAIL_PORT": str(chosen["mail_http"]),
            UPLOAD_VARIABLE: f"http://{ports.HOST}:{chosen['page']}/{{plan}}/{{campaign}}/{{unit}}",
            "WORKER_CONCURRENCY": "2",
        }

    def _make_secrets(self) -> None:
        folder = self.folder / "secrets"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, production.USER, production.USER)
        # The one that somebody else gives is put there by hand; asked for it, the command finds nobody to type it in.
        write_private(folder / "smtp_password", MAIL_PASSWORD)
        os.chown(folder / "smtp_password", production.USER, production.USER)
        self.compose("run", "--rm", "secrets")

    def compose(self, *arguments: str, within: float = 900) -> str:
        """Run Compose in the folder."""
        program = str(Path(sys.executable).with_name("docker-compose"))
        return self.engine.run(program, "--ansi=never", *arguments, cwd=self.folder, within=within)

    def up(self, *services: str, within: float = 600) -> float:
        """Bring up the stack, or some of it; wait until everything that was started is well; return the seconds."""
        began = time.monotonic()
        scale = [part for name, number in _SCALE.items() for part in ("--scale", f"{name}={number}")]
        self.compose("up", "--detach", "--no-build", *([] if services else scale), *services, within=within)
        wait(lambda: not self.unwell(), "every service is well", within)
        return time.monotonic() - began

    def down(self, *, with_volumes: bool = False) -> None:
        """Take the stack down; what it keeps stays, unless told otherwise."""
        self.compose("down", "--remove-orphans", *(["--volumes"] if with_volumes else []))

    def containers(self, *services: str) -> list[dict[str, Any]]:
        """Return what the engine knows of containers: those of some services, or all."""
        names = self.compose("ps", "--all", "--quiet", *services).split()
        found: list[dict[str, Any]] = json.loads(self.engine.docker("inspect", *names)) if names else []
        return found

    def unwell(self, *services: str) -> list[str]:
        """Return the containers that are not as they should be, each with how it is."""
        found = []
        for each in self.containers(*services):
            state = each["State"]
            service = each["Config"]["Labels"]["com.docker.compose.service"]
            told = state.get("Health", {}).get("Status", state["Status"])
            over = service in _ONE_SHOT and state["Status"] == "exited" and state["ExitCode"] == 0
            if told != "healthy" and not over:
                found.append(f"{each['Name'].lstrip('/')}: {told}")
        return found

    def kill(self, container: str) -> None:
        """Kill all in a container as a full memory would: what is killed by the engine's own command stays dead."""
        pid = int(self.engine.docker("inspect", "--format", "{{.State.Pid}}", container))
        os.kill(pid, signal.SIGKILL)

    def set(self, name: str, value: str) -> None:
        """Write one more setting into .env, word for word."""
        with (self.folder / ".env").open("a", encoding="utf-8") as file:
            file.write(f"{name}='{value}'\n")

    def value(self, name: str) -> str:
        """Return a setting of .env."""
        lines = (self.folder / ".env").read_text(encoding="utf-8").splitlines()
        return next(line.partition("=")[2].strip("'") for line in lines if line.startswith(f"{name}="))

    def store(self, identity: str = "service") -> StoreSettings:
        """Return how this machine reaches the store, as one of the house's identities."""
        secret = (self.folder / "secrets" / f"s3_{identity}").read_text(encoding="utf-8")
        endpoint = f"http://127.0.0.1:{self.value('S3_PORT')}"
        return StoreSettings(endpoint, f"soket-{identity}", secret, "soket")

    def volume(self, name: str) -> str:
        """Return where a volume of the stack lies on this machine."""
        return self.engine.docker("volume", "inspect", "--format", "{{.Mountpoint}}", f"soket_{name}")

    def address(self, service: str) -> str:
        """Return the address that a service's container has in the engine's network."""
        networks = self.containers(service)[0]["NetworkSettings"]["Networks"]
        return str(next(each["IPAddress"] for each in networks.values()))


def wait(seen: Callable[[], bool], what: str, within: float) -> float:
    """Wait until something is so, return the seconds; raise TrialError where it is not in time."""
    began = time.monotonic()
    while not seen():
        if time.monotonic() - began > within:
            raise TrialError(f"not within {within:.0f} s: {what}")
        time.sleep(1)
    return time.monotonic() - began
