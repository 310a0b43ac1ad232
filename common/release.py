"""A name for what runs: another one whenever code, templates, words or static files are others."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

# What a page is made of; libraries by their pinned versions.
KINDS = {".py", ".html", ".xml", ".txt", ".mo", ".json", ".css", ".js", ".svg"}
LEFT_OUT = {"tests", "__pycache__", "node_modules"}


@cache
def release() -> str:
    """Return the name: of the contents of files, so that all processes and machines with the same ones agree."""
    found = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for path in sorted(_files()):
        found.update(f"\n{path.relative_to(settings.BASE_DIR)}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _files() -> Iterator[Path]:
    yield settings.BASE_DIR / "requirements.txt"
    rooms = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    for folder in (*rooms, *(settings.BASE_DIR / name for name in ("templates", "static", "locale"))):
        for path in folder.rglob("*"):
            if path.suffix in KINDS and not LEFT_OUT.intersection(path.parts) and path.is_file():
                yield path
