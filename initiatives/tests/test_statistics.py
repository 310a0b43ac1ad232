"""Decisions on submissions by region and theme."""

import pytest
from django.core.cache import cache

from initiatives.models import Submission
from moderation.figures import Period, figures
from moderation.services import transition
from tests.factories import ModeratorFactory, make_initiative, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


def counted(name: str) -> dict[str, int]:
    return figures(Submission, Period.of_last(1)).groups[name]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"countries": ["KE"]}, {"AFR": 1}),
        ({"scope": "multi_country", "countries": ["KE", "GH", "FR"]}, {"AFR": 1, "EUR": 1}),
        ({"scope": "regional", "region": "ARB", "countries": []}, {"ARB": 1}),
        ({"scope": "global", "countries": []}, {"world": 1}),
    ],
)
def test_decision_counts_once_in_each_region(where, expected):
    make_initiative(**where)
    assert counted("region") == expected


def test_decision_without_a_place_still_counts():
    submission = make_submission()
    submission.countries.clear()
    transition(submission, "reject", by=ModeratorFactory(), public_reason="Where?")
    assert counted("region") == {"": 1}


def test_each_decision_counts_under_the_theme():
    submission = make_submission(theme="spectrum")
    transition(submission, "request_changes", by=ModeratorFactory(), public_reason="More, please.")
    transition(submission, "submit", by=submission.author)
    transition(submission, "approve", by=ModeratorFactory())
    assert counted("theme") == {"spectrum": 2}
