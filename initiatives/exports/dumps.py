"""All that is public, once a day, for whoever wants everything: files in the storage, a folder for each day.

A folder counts from the moment its manifest is in it, which is written last: what was cut off is not offered. Nor is,
from that moment on, what holds something that was removed from the portal since: the worker deletes it, and makes
today's anew.
"""

import datetime
import hashlib
import json
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from initiatives import changes, status
from initiatives.exports import packing
from initiatives.models import Initiative

FOLDER, MANIFEST = "dumps", "manifest.json"
KEPT = 7  # days
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass
class Dump:
    """The files of a day: name, bytes and SHA-256 of each; `removed` had been removed by then, and is not in them."""

    day: str
    made_at: str
    rows: int
    files: list[dict[str, Any]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)

    @property
    def date(self) -> datetime.date:
        return datetime.date.fromisoformat(self.day)

    def file(self, name: str) -> dict[str, Any] | None:
        return next((file for file in self.files if file["name"] == name), None)


def dumps() -> list[Dump]:
    """Return what may be handed out, newest first. One query, where there is any."""
    found = [dump for day in sorted(_days(), reverse=True) if (dump := _written(day))]
    gone = set(_removed()) if found else set()
    return [dump for dump in found if gone <= set(dump.removed)]


def dump_of(day: str) -> Dump | None:
    """Return the dump of a day (2026-11-22); None where there is none, or it holds what was removed since."""
    dump = _written(day) if _DAY.fullmatch(day) else None
    return dump if dump and set(_removed()) <= set(dump.removed) else None


def _written(day: str) -> Dump | None:
    try:
        with default_storage.open(f"{FOLDER}/{day}/{MANIFEST}") as file:
            return Dump(**json.load(file))
    except FileNotFoundError:
        return None


def open_file(dump: Dump, name: str) -> File:
    """Return a file that the manifest names, for reading; raise FileNotFoundError for another."""
    if not dump.file(name):
        raise FileNotFoundError(name)
    return default_storage.open(f"{FOLDER}/{dump.day}/{name}")


def make() -> Dump | None:
    """Write today's dump, if there is none yet, and return it; meanwhile the disk holds it twice."""
    day = status.today().isoformat()
    if dump_of(day):
        return None
    removed = _removed()
    with tempfile.TemporaryDirectory() as place:
        rows = packing.pack(Path(place), day)
        files = [{"name": path.name, "size": path.stat().st_size, "sha256": digest(path)} for path in _order(place)]
        sums = "".join(f"{file['sha256']}  {file['name']}\n" for file in files).encode()
        files.append({"name": "SHA256SUMS", "size": len(sums), "sha256": hashlib.sha256(sums).hexdigest()})
        (Path(place) / "SHA256SUMS").write_bytes(sums)
        dump = Dump(day, timezone.now().isoformat(timespec="seconds"), rows, files, removed)
        _store(dump, Path(place))
    return dump


def forget() -> int:
    """Delete what is too old, was cut off, or holds something that was removed since; return how many."""
    days, good = sorted(_days(), reverse=True), {dump.day for dump in dumps()}
    kept = good & set(days[:KEPT])
    for day in set(days) - kept:
        _delete(day)
    return len(days) - len(kept)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _order(place: str) -> Iterable[Path]:
    return (Path(place) / name for name in packing.NAMES)


def _store(dump: Dump, place: Path) -> None:
    _delete(dump.day)  # of a run that was cut off
    for file in dump.files:
        with (place / file["name"]).open("rb") as content:
            default_storage.save(f"{FOLDER}/{dump.day}/{file['name']}", File(content))
    manifest = ContentFile(json.dumps(asdict(dump)).encode())
    default_storage.save(f"{FOLDER}/{dump.day}/{MANIFEST}", manifest)
    changes.tell()


def _delete(day: str) -> None:
    """Delete the folder of a day, its manifest first."""
    with suppress(FileNotFoundError):
        names = default_storage.listdir(f"{FOLDER}/{day}")[1]
        for name in sorted(names, key=lambda name: name != MANIFEST):
            default_storage.delete(f"{FOLDER}/{day}/{name}")
        default_storage.delete(f"{FOLDER}/{day}")
    changes.tell()


def _days() -> list[str]:
    with suppress(FileNotFoundError):
        return [name for name in default_storage.listdir(FOLDER)[0] if _DAY.fullmatch(name)]
    return []


def _removed() -> list[int]:
    return list(Initiative.objects.filter(status=Initiative.Status.REMOVED).order_by("pk").values_list("pk", flat=True))
