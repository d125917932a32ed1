"""What the players of the demonstration know: the stack, the script, and their own credentials."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from demo.airflow_api import AirflowUser
from demo.mailbox import Mailbox
from demo.place import Place
from demo.scenario import Scenario
from soket.record.workspace import Workspace, open_workspace
from soket.stack.credentials import Credentials, folder_credentials
from soket.stack.mail import USER as MAIL_USER
from soket.stack.state import State
from soket.store.connect import StoreSettings, open_store
from soket.store.s3 import S3Store


@dataclass
class World:
    """One stack on which one script is played. `workspace` reads the bucket as the service; players do not use it."""

    place: Place
    script: Path
    scenario: Scenario
    workspace: Workspace
    mailbox: Mailbox
    _stores: dict[str, S3Store] = field(default_factory=dict)
    _users: dict[str, AirflowUser] = field(default_factory=dict)

    @classmethod
    def at(cls, place: Place, script: Path, scenario: Scenario) -> World:
        """Return the world on a running stack."""
        os.environ.update(place.environment)
        mailbox = Mailbox(place.mail.host, place.mail.imap, MAIL_USER, place.mail.password)
        return cls(place, script, scenario, open_workspace(scenario.plan, scenario.campaign), mailbox)

    @property
    def state(self) -> State:
        """Where the stack keeps keys and passwords."""
        return self.place.state

    @property
    def now(self) -> datetime:
        """The campaign's present moment."""
        return self.workspace.now

    @property
    def url(self) -> str:
        """The address of the Airflow UI."""
        return self.place.airflow

    def store_of(self, owner: str) -> S3Store:
        """Return the bucket as a unit or an office sees it: its own folder, and nothing else."""
        if owner not in self._stores:
            keys = self.workspace.keys
            pair = folder_credentials(self.state, f"{keys.plan}/{keys.campaign}/{owner}")
            service = StoreSettings.from_environment()
            self._stores[owner] = open_store(
                StoreSettings(service.endpoint_url, pair.access_key, pair.secret, service.bucket, service.region)
            )
        return self._stores[owner]

    def close(self) -> None:
        """Let go of every connection."""
        stores = [*self._stores.values(), self.workspace.store]
        for store in stores:
            if isinstance(store, S3Store):
                store.client.close()
        for user in self._users.values():
            user.close()

    def user_of(self, office: str) -> AirflowUser:
        """Return an office's session with Airflow, under its own account."""
        account = self.workspace.plan.office(office).account
        if account is None:
            raise LookupError(f"the office {office!r} has no account")
        if account not in self._users:
            password = Credentials.load(self.state).accounts[account]
            self._users[account] = AirflowUser(self.url, account, password)
        return self._users[account]
