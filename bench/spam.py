"""How many spam messages would wait for a moderator, and how many honest ones would: forum/policy.py on real messages.

    python bench/spam.py [messages.csv.gz]

The file has the columns label ("spam", or anything else) and text. Each message is looked at as a post of a new member,
of one with some posts, of the same within a week of joining, and of one with a record. Nothing is stored, so bursts and
repetitions are not counted; the list of watched words is empty. The rules are not made by the words of this file.
"""

import os
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from scratch import own_database  # isort: skip (sets Django up)

from django.utils import timezone
from search_rows import read

from accounts.models import User
from forum import policy
from forum.models import Member

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BENCH_DATA") or ROOT.parent / "shared" / "data")
MEMBERS = {  # posts that became public, days since joining
    "new member": (0, 0),
    "some posts, joined this week": (policy.NEW_UNTIL, 1),
    "some posts, joined a month ago": (policy.NEW_UNTIL, 30),
    "member with a record": (policy.TRUSTED_FROM, 365),
}


def member_of(posts: int, days: int) -> User:
    joined = timezone.now() - timedelta(days=days)
    handle = f"member{posts}x{days}"
    user = User.objects.create(email=f"{handle}@example.org", name=handle, handle=handle, date_joined=joined)
    Member.objects.create(user=user, approved_count=posts)
    return user


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "spam_messages.csv.gz"
    if not path.is_file():
        print(f"{path} is not there: name a file of messages.")
        return 1
    rows = [(row["label"] == "spam", row["text"]) for row in read(path)]
    spam = sum(is_spam for is_spam, _text in rows)
    print(f"{path.name}: {spam:,} spam messages, {len(rows) - spam:,} honest ones\n")
    print("| as a post of | spam that waits | honest that waits | why, spam | why, honest |\n|---|---:|---:|---|---|")
    with own_database():
        for name, (posts, days) in MEMBERS.items():
            print_line(name, member_of(posts, days), rows, spam)
    return 0


def print_line(name: str, author: User, rows: list[tuple[bool, str]], spam: int) -> None:
    waits, why = Counter(), {True: Counter(), False: Counter()}
    for is_spam, text in rows:
        reasons = policy.reasons_to_wait(author, text)
        waits[is_spam] += bool(reasons)
        why[is_spam].update(reason.value for reason in reasons)
    shares = (f"{waits[True] / max(1, spam):.0%}", f"{waits[False] / max(1, len(rows) - spam):.0%}")
    words = (", ".join(f"{code} {count}" for code, count in why[kind].most_common()) for kind in (True, False))
    print("| " + " | ".join([name, *shares, *words]) + " |")


if __name__ == "__main__":
    sys.exit(main())
