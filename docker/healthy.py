"""Exits with 0 if an address answers, and with a message if not: the images have no curl."""

import sys
from urllib.error import HTTPError
from urllib.request import urlopen

try:
    with urlopen(sys.argv[1], timeout=8) as answer:  # noqa: S310 - the addresses stand in docker-compose.yml
        status = answer.status
except HTTPError as refusal:
    status = refusal.code
# Who asks for a password is there.
sys.exit(0 if status in (200, 401) else f"{sys.argv[1]} answers {status}")
