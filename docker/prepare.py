"""What a Compose stack needs once: `identities` before the S3 server starts, `bucket` after.

Keys and passwords are made at random the first time and stay in the state volume; later starts only add those of new
units and offices. The keys of the house's own identities come from the files of `soket init-production`.
"""

import json
import os
import sys
from pathlib import Path

from soket.stack import seaweedfs_security
from soket.stack.bucket import ensure
from soket.stack.credentials import IDENTITIES, Credentials, KeyPair
from soket.stack.launch import default_spec
from soket.stack.s3_identities import s3_identities
from soket.stack.state import State, write_private
from soket.store.bell import CALLER_FILE, caller_settings
from soket.store.connect import StoreSettings, open_store

# Where the S3 server looks for its settings, and where Compose mounts secrets.
SEAWEEDFS = Path("/etc/seaweedfs")
SECRETS = Path("/run/secrets")


def identities() -> None:
    """Write the S3 server's identities and keys, Airflow's accounts and their passwords."""
    state = State.locate()
    state.root.mkdir(parents=True, exist_ok=True)
    spec = default_spec(state)
    state.save_spec(spec)
    credentials = Credentials.ensure(state, spec)
    for identity in IDENTITIES:
        pair = KeyPair(f"soket-{identity}", (SECRETS / f"s3_{identity}").read_text().strip())
        setattr(credentials, identity, pair)
    credentials.save(state)
    write_private(SEAWEEDFS / "s3.json", json.dumps(s3_identities(spec, credentials)))
    word = (SECRETS / "bell").read_text().strip()
    write_private(SEAWEEDFS / CALLER_FILE, caller_settings("http://triggerer:8974/", word, spec.bucket))
    if seaweedfs_security.ensure(SEAWEEDFS):
        sys.stdout.write("new keys for the store: where it runs, `docker compose restart seaweedfs`\n")
    # Only the S3 server mounts this folder, under a user of its own.
    for path in SEAWEEDFS.iterdir():
        path.chmod(0o644)
    users = ",".join(f"{account.name}:{account.role}" for account in spec.accounts)
    write_private(state.root / "accounts.env", f"export AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS='{users}'\n")
    passwords = {account.name: credentials.accounts[account.name] for account in spec.accounts}
    write_private(Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]), json.dumps(passwords))


def bucket() -> None:
    """Make the bucket, every version of every object kept."""
    settings = StoreSettings.from_environment()
    ensure(State.locate(), open_store(settings).client, settings.bucket)


if __name__ == "__main__":
    {"identities": identities, "bucket": bucket}[sys.argv[1]]()
