"""What the page on privacy says of the forum is what the portal does."""

import datetime

import pytest
from django.urls import reverse

from forum import unread
from forum.services import drafts, pictures, telling
from tests.seen import opened, words

pytestmark = pytest.mark.django_db


def lines(client) -> list[str]:
    return [words(line) for line in opened(client, reverse("portal:privacy")).iter("li")]


@pytest.mark.parametrize(
    ("beginning", "kept"),
    [
        ("What you have not posted yet", drafts.KEPT_FOR),
        ("Pictures that you have added", pictures.KEPT_FOR),
        ("How far you have read", unread.NEW_FOR),
        ("What you follow", telling.KEPT),
    ],
)
def test_each_time_is_the_one_after_which_it_is_deleted(client, beginning, kept: datetime.timedelta):
    (line,) = (line for line in lines(client) if line.startswith(beginning))
    assert f" {kept.days} day" in line
