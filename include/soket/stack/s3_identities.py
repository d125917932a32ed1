"""Who may do what at the S3 server: an administrator, the console, each server, and the holder of each folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from soket.stack.credentials import Credentials, KeyPair
from soket.stack.spec import Folder, StackSpec


@dataclass(frozen=True)
class Job:
    """What a server writes and removes, as patterns of keys; everything is read by all, and nothing else is done.

    Who `replaces` removes the earlier versions of what is derived and made again and again. Only who `removes` can
    destroy a version of the record, which is how a spoilt one makes room for what it was.
    """

    writes: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()  # beside those


_DERIVED = "register/*"
_CODES = "handovers/*/one-time/*"  # notes that a code was asked for
_MAIL = ("notices/*", "mail/pace/*", "mail/read/*", "mail/readers/*", "mail/strays/*")
_PAPERS_OF_MAIL = "notices/*.docx"  # made anew until the mail is out
_SPOILT_MAIL = ("notices/*/intent.json", "notices/*/message.eml")  # whoever sends sets it apart
# What every step does over again that finds it missing: a changed plan, a reviewed submission's slip.
_BY_ALL = (*_MAIL, _DERIVED, "plans/*", "decisions/*/plan_change-*.json", "stages/*", "reports/*/slip-review-*.docx")
_MADE_ANEW = (_DERIVED, _CODES, _PAPERS_OF_MAIL, *_SPOILT_MAIL)

JOBS = {
    "board": Job(),
    "intake": Job(
        writes=(*_BY_ALL, "receipts/*", "reports/*", "replies/*", "decisions/*", "checks/*"),
        removes=(*_MADE_ANEW, "receipts/*", "reports/*", "replies/*", "decisions/*", "stages/*"),
    ),
    "papers": Job(
        writes=(*_BY_ALL, "decisions/*", "refusals/*", "archive/*", "reports/*/parsed.json"),
        removes=_MADE_ANEW,
        # The archive is locked against removal.
        actions=("s3:GetBucketObjectLockConfiguration", "s3:PutObjectLegalHold"),
    ),
    "monitor": Job(
        writes=(*_BY_ALL, "replies/*", "receipts/*/by-day/*", "checks/*/runs/*"),
        removes=(*_MADE_ANEW, "checks/*/unasked/*"),
        # Uploads that nobody finished are cleared away.
        actions=("s3:ListBucketMultipartUploads", "s3:AbortMultipartUpload"),
    ),
    # What a page's visitors do: files on their way and handed in, what is asked, answered and promised, what was
    # refused, keys that were shown.
    "page": Job(
        writes=("staging/*", "inbox/*", "replies/*", "decisions/*", "refusals/*", _DERIVED, "handovers/*"),
        removes=("staging/*", _DERIVED, "handovers/*"),
    ),
}


def s3_identities(spec: StackSpec, credentials: Credentials) -> dict[str, object]:
    """Return the S3 server's list of identities and policies.

    A holder without a key stays on the list: the running server forgets no name, but takes over what it says now.
    """
    bucket = spec.bucket
    everything = [f"{action}:{bucket}" for action in ("Admin", "Read", "Write", "List", "Tagging")]
    identities = [
        _identity("soket-admin", credentials.admin, actions=["Admin", "Read", "Write", "List", "Tagging"]),
        _identity("soket-service", credentials.service, actions=everything),
    ]
    policies = []
    for job, rights in JOBS.items():
        name = f"soket-{job}"
        identities.append(_identity(name, credentials.of(job), policies=[name]))
        policies.append({"name": name, "content": json.dumps(_job_policy(bucket, rights))})
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


def _job_policy(bucket: str, job: Job) -> dict[str, object]:
    """Return what a server may do: read everything, and write and remove what its job says."""
    whole = f"arn:aws:s3:::{bucket}"
    looks = ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketLocation"]
    statements: list[dict[str, object]] = [
        {"Effect": "Allow", "Action": looks, "Resource": whole},
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectVersion"], "Resource": f"{whole}/*"},
        _allow(["s3:PutObject"], whole, job.writes),
        _allow(["s3:DeleteObject", "s3:DeleteObjectVersion"], whole, job.removes),
        {"Effect": "Allow", "Action": list(job.actions), "Resource": [whole, f"{whole}/*"]},
    ]
    return {"Version": "2012-10-17", "Statement": [each for each in statements if all(each.values())]}


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
