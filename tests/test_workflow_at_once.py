"""Two moderators at the same submission in the same moment, each with a connection of their own."""

import threading

import pytest
from django.db import connection

from accounts.models import User
from initiatives.models import Initiative, Submission
from moderation.services import MoveRefused, transition
from tests.factories import ModeratorFactory, make_submission


def at_once(*tries) -> list:
    """Run the calls in threads that start together; return what each returned or raised."""
    barrier, results = threading.Barrier(len(tries)), [None] * len(tries)

    def run(place: int) -> None:
        try:
            barrier.wait(timeout=10)
            results[place] = tries[place]()
        except Exception as error:  # noqa: BLE001 the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(tries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def trying(submission, move: str, by: User):
    return lambda: transition(Submission.objects.get(pk=submission.pk), move, by=by, public_reason="a reason")


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_one_wins_and_the_other_is_told_who():
    submission = make_submission()
    amina, boris = ModeratorFactory(name="Amina"), ModeratorFactory(name="Boris")
    results = at_once(trying(submission, "approve", amina), trying(submission, "reject", boris))
    refused = [one for one in results if isinstance(one, MoveRefused)]
    won = [one for one in results if not isinstance(one, Exception)]
    assert len(won) == len(refused) == 1
    winner = won[0].decision
    assert refused[0].latest == winner and winner.decided_by_name in str(refused[0])
    assert list(submission.decisions.exclude(move="submit")) == [winner]


@pytest.mark.django_db(transaction=True)
def test_two_moderators_approve_at_once_and_it_is_published_once():
    submission = make_submission()
    people = ModeratorFactory(name="Amina"), ModeratorFactory(name="Boris")
    results = at_once(*(trying(submission, "approve", person) for person in people))
    assert sorted(one.changed for one in results) == [False, True]
    assert results[0].decision == results[1].decision
    assert Initiative.objects.count() == 1
