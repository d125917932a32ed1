"""Exits with 0 if an address answers, and with a message if not: the images have no curl."""

import sys
from urllib.request import urlopen

with urlopen(sys.argv[1], timeout=8) as answer:  # noqa: S310 - the addresses stand in docker-compose.yml
    sys.exit(0 if answer.status == 200 else f"{sys.argv[1]} answers {answer.status}")
