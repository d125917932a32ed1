"""Who may do what at the S3 server: an administrator, the service, the units' page, and the holder of each folder."""

from __future__ import annotations

import json
from collections.abc import Iterable

from soket.stack.credentials import Credentials, KeyPair
from soket.stack.spec import Folder, StackSpec
from soket.store.keys import MAIL_SEAL

PAGE = "soket-page"
# What a page's visitors do: files on their way and handed in, what is asked, answered and promised, what was refused,
# keys that were shown.
_PAGE_WRITES = (
    *("staging/*", "inbox/*", "replies/*", "decisions/*", "refusals/*", "register/*", "handovers/*"),
    MAIL_SEAL,
)
# What is on its way, earlier versions of what is made again, sheets that were shown.
_PAGE_REMOVES = ("staging/*", "register/*", "handovers/*")


def s3_identities(spec: StackSpec, credentials: Credentials) -> dict[str, object]:
    """Return the S3 server's list of identities and policies.

    A holder without a key stays on the list: the running server forgets no name, but takes over what it says now.
    """
    bucket = spec.bucket
    everything = [f"{action}:{bucket}" for action in ("Admin", "Read", "Write", "List", "Tagging")]
    identities = [
        _identity("soket-admin", credentials.admin, actions=["Admin", "Read", "Write", "List", "Tagging"]),
        _identity("soket-service", credentials.service, actions=everything),
        _identity(PAGE, credentials.page, policies=[PAGE]),
    ]
    policies = [{"name": PAGE, "content": json.dumps(_page_policy(bucket))}]
    for folder in spec.folders:
        name = f"folder:{folder.name}"
        identities.append(_identity(name, credentials.folders.get(folder.name), policies=[name]))
        policies.append({"name": name, "content": json.dumps(_policy(bucket, folder))})
    return {"identities": identities, "policies": policies}


def _identity(
    name: str, keys: KeyPair | None, *, actions: Iterable[str] = (), policies: Iterable[str] = ()
) -> dict[str, object]:
    pairs = [{"accessKey": keys.access_key, "secretKey": keys.secret}] if keys else []
    return {"name": name, "credentials": pairs, "actions": list(actions), "policyNames": list(policies)}


def _page_policy(bucket: str) -> dict[str, object]:
    """Return what the units' page may do: read, write what its visitors bring, and remove none of the record."""
    whole = f"arn:aws:s3:::{bucket}"
    looks = ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketLocation"]
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": looks, "Resource": whole},
            {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": f"{whole}/*"},
            _allow(["s3:PutObject"], whole, _PAGE_WRITES),
            _allow(["s3:DeleteObject", "s3:DeleteObjectVersion"], whole, _PAGE_REMOVES),
        ],
    }


def _allow(actions: list[str], whole: str, keys: Iterable[str]) -> dict[str, object]:
    return {"Effect": "Allow", "Action": actions, "Resource": [f"{whole}/{key}" for key in keys]}


def _policy(bucket: str, folder: Folder) -> dict[str, object]:
    """Return what a folder's holder may do: write, read, list and delete in it, but no version once written."""
    inside = [
        *("s3:PutObject", "s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObject"),
        *("s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
    ]
    own = {"StringLike": {"s3:prefix": f"{folder.prefix}*"}}
    whole = f"arn:aws:s3:::{bucket}"
    folders = f"{whole}/{folder.prefix}*/"
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": inside, "Resource": f"{whole}/{folder.prefix}*"},
            # SeaweedFS keeps its own things in folders of these names: it would answer 200, and list the file nowhere.
            {
                "Effect": "Deny",
                "Action": ["s3:PutObject"],
                "Resource": [f"{whole}/{folder.prefix}*.versions/*", f"{whole}/{folder.prefix}*.uploads/*"],
            },
            # In parts or as a copy under a folder's name, a file would vanish too. Whole, it loses its content,
            # which is seen (record/drops.py) and not refused, as programs make folders so.
            {"Effect": "Deny", "Action": ["s3:CreateMultipartUpload"], "Resource": folders},
            {
                "Effect": "Deny",
                "Action": ["s3:PutObject"],
                "Resource": folders,
                "Condition": {"StringLike": {"s3:x-amz-copy-source": "*"}},
            },
            {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": whole, "Condition": own},
            # What programs ask first.
            {"Effect": "Allow", "Action": ["s3:GetBucketLocation"], "Resource": whole},
        ],
    }
