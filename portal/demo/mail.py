"""Mail of the demonstration: kept as files that a local page shows; sign-in codes go to the console too."""

import json
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

KEPT = 200  # letters


class EmailBackend(BaseEmailBackend):
    """Keep each letter as a JSON file in DEMO_MAIL_DIR."""

    def send_messages(self, email_messages) -> int:
        for message in email_messages:
            _keep({"subject": message.subject, "to": message.to, "body": message.body, "at": time.time()})
            print(f"\n--- mail to {', '.join(message.to)}: {message.subject}\n{message.body}---", flush=True)
        return len(email_messages)


def _keep(letter: dict) -> None:
    folder = Path(settings.DEMO_MAIL_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written aside and renamed, so that the page never reads half a letter; the name sorts by time.
    path = folder / f"{time.time_ns():020}-{uuid.uuid4().hex[:8]}.json"
    aside = path.with_suffix(".part")
    aside.write_text(json.dumps(letter), encoding="utf-8")
    os.replace(aside, path)
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink(missing_ok=True)


def letters() -> Iterator[dict]:
    """Yield the kept letters (subject, to, body, at in seconds since 1970), newest first."""
    for path in sorted(Path(settings.DEMO_MAIL_DIR).glob("*.json"), reverse=True):
        yield json.loads(path.read_text(encoding="utf-8"))
