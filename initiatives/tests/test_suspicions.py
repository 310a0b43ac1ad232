"""Why a moderator should look twice."""

import datetime

import pytest

from accounts.models import User
from initiatives import suspicions
from initiatives.models import Link, Submission
from initiatives.services import save_draft, start_correction
from initiatives.vocabulary import Suspicion
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, content, make_draft, make_initiative, make_submission

pytestmark = pytest.mark.django_db
OTHER = [{"url": "https://ministry.example/plan"}]
LINKS = " ".join(f"https://example.org/{number}" for number in range(3))


def stored(submission) -> list[str]:
    return Submission.objects.get(pk=submission.pk).suspicions


def experienced() -> User:
    """Somebody of whom something was approved."""
    author = UserFactory()
    make_initiative(by=author, title="Plan for emergencies", countries=["FR"], sources=OTHER)
    return author


def test_first_of_an_author_is_marked_when_it_is_sent():
    draft = make_draft()
    assert stored(draft) == []
    transition(draft, "submit", by=draft.author)
    assert stored(draft) == [Suspicion.FIRST_TIME]


def test_second_of_an_author_is_not_the_first():
    assert Suspicion.FIRST_TIME not in stored(make_submission(by=experienced()))


@pytest.mark.parametrize("move", ["reject", "retract", "claim"])
def test_what_was_not_approved_is_no_record(move):
    author = UserFactory()
    by = author if move == "retract" else ModeratorFactory()
    transition(make_submission(by=author), move, by=by, public_reason="out of scope")
    assert Suspicion.FIRST_TIME in stored(make_submission(by=author))


def test_approval_that_is_held_is_no_record_yet(settings):
    settings.DECISION_HOLD = datetime.timedelta(minutes=5)
    author = UserFactory()
    transition(make_submission(by=author), "approve", by=ModeratorFactory())
    assert Suspicion.FIRST_TIME in stored(make_submission(by=author))


@pytest.mark.parametrize(("text", "marked"), [(LINKS, False), (f"{LINKS} WWW.example.org", True)])
def test_more_than_three_links_in_the_texts_are_many(text, marked):
    submission = make_submission(by=experienced(), results=text)
    assert (Suspicion.MANY_LINKS in stored(submission)) is marked


def test_links_are_counted_over_all_texts():
    submission = make_submission(description=f"[a](https://example.org) {LINKS[:22]}", lessons=LINKS)
    assert Suspicion.MANY_LINKS in stored(submission)


def test_source_that_fails_is_marked_whoever_gave_it_first():
    url = "https://regulator.example/gone"
    Link.objects.create(url=url, host="regulator.example", state=Link.State.FAILS)
    assert Suspicion.DEAD_SOURCE in stored(make_submission(sources=[{"url": url}]))
    assert Suspicion.DEAD_SOURCE not in stored(make_submission())


def test_correction_is_not_suspected_of_being_a_duplicate():
    author = experienced()
    alike = make_initiative(title="Temporary spectrum for networks")
    corrected = make_initiative(by=author, title="Plan for schools")
    correction = start_correction(corrected, by=author)
    save_draft(correction, by=author, values=content(title=alike.title))
    transition(correction, "submit", by=author)
    assert suspicions.looks_like_another(correction)
    assert Suspicion.DUPLICATE not in stored(correction)


def test_refresh_says_whether_anything_changed():
    submission = make_submission(by=experienced())
    link = Link.objects.create(url="https://regulator.example/decision", host="regulator.example")
    submission.sources.update(link=link)
    assert suspicions.refresh(submission) is False
    Link.objects.update(state=Link.State.FAILS)
    assert suspicions.refresh(submission) is True
    assert Suspicion.DEAD_SOURCE in stored(submission)
    Link.objects.update(state=Link.State.WORKS)
    assert suspicions.refresh(submission) is True
    assert Suspicion.DEAD_SOURCE not in stored(submission)


def test_what_looks_like_something_public_is_marked():
    public = make_initiative(title="National emergency telecommunication plan")
    assert Suspicion.DUPLICATE not in suspicions.of(start_correction(public, by=UserFactory()))
    assert Suspicion.DUPLICATE in stored(make_submission(title="National emergency telecommunications plan"))
    other = make_submission(title="Free calls for nurses", countries=["FR"], sources=OTHER)
    assert Suspicion.DUPLICATE not in stored(other)


def test_what_looks_like_something_that_waits_is_marked_whoever_sent_it():
    make_submission(title="Handsets for schools")
    values = {"title": "Handsets for schools", "is_another_one": True}
    assert Suspicion.DUPLICATE in stored(make_submission(**values))


def test_each_sending_looks_anew():
    submission = make_submission(by=experienced(), results=f"{LINKS} {LINKS}")
    transition(submission, "request_changes", by=ModeratorFactory(), public_reason="Fewer links, please.")
    save_draft(submission, by=submission.author, values={"results": ""})
    transition(submission, "submit", by=submission.author)
    assert Suspicion.MANY_LINKS not in stored(submission)


def test_machines_are_nobodys_first():
    machine = User.objects.system("importer", "Importer")
    draft = make_draft(by=machine, origin="import", results=f"{LINKS} {LINKS}")
    transition(draft, "submit", by=machine)
    assert stored(draft) == [Suspicion.MANY_LINKS]


def test_suspicions_cost_two_queries_beside_the_search_for_another_one(django_assert_num_queries, monkeypatch):
    submission = make_submission()
    monkeypatch.setattr(suspicions, "looks_like_another", lambda one: False)
    with django_assert_num_queries(2):
        suspicions.of(submission)
