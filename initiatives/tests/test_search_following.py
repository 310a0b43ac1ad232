"""What search compares follows what it is made of."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from accounts.models import Organisation
from countries.models import Country
from initiatives import changes
from initiatives.jobs.search import count_words, renew_search_texts
from initiatives.models import Collection, Initiative, SearchProgress, SearchText
from initiatives.search import following, matches, writing
from initiatives.tests.searching import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    one = made("Title", tags=["helpline"], countries=["KE"])
    following.catch_up()
    return one


def found(text: str) -> list[int]:
    asked = matches(text)
    return list(asked.ids()) if asked.is_exact else []


@pytest.mark.parametrize(
    "change, word",
    [
        (lambda one: Initiative.objects.filter(pk=one.pk).update(title="Novelty"), "novelty"),
        (lambda one: Organisation.objects.filter(pk=one.organisation_id).update(name="Novelty"), "novelty"),
        (lambda one: one.tags.filter().update(name="Novelty"), "novelty"),
        (lambda one: one.tags.add("Novelty"), "novelty"),
        (lambda one: Country.objects.filter(iso2="KE").update(name_fr="Nouveauté"), "nouveaute"),
        (lambda one: Collection.objects.filter(pk=one.collection_id).update(name="Novelty"), "novelty"),
    ],
    ids=["title", "organisation", "tag", "tagged", "country", "collection"],
)
def test_change_is_found_after_one_run_of_the_job(one, change, word):
    made("Something else")
    change(one)
    assert one.pk not in found(word)
    renew_search_texts()
    assert one.pk in found(word)


def test_what_was_taken_away_is_not_found_any_more(one):
    assert found("helpline") == found("Kenya") == [one.pk]
    one.tags.clear()
    one.countries.clear()
    renew_search_texts()
    assert found("helpline") == found("Kenya") == []


def test_removed_one_leaves_nothing_behind(one):
    Initiative.objects.filter(pk=one.pk).update(status="removed")
    renew_search_texts()
    assert not SearchText.objects.exists()


def test_removed_one_that_comes_back_is_found(one):
    for status in ("removed", "published"):
        Initiative.objects.filter(pk=one.pk).update(status=status)
        renew_search_texts()
    assert found("title") == [one.pk]


def test_worker_that_was_dead_for_long_writes_everything_anew(one):
    Initiative.objects.filter(pk=one.pk).update(title="Novelty")
    changes.Change.objects.all().delete()
    SearchProgress.objects.update(read_at=timezone.now() - changes.KEPT + timedelta(minutes=1))
    renew_search_texts()
    assert found("novelty") == [one.pk]


def test_release_that_writes_another_form_writes_everything_anew(one):
    SearchProgress.objects.update(form=writing.FORM - 1)
    SearchText.objects.update(vector="")
    assert renew_search_texts() == "1 written"
    assert found("title") == [one.pk]
    assert SearchProgress.objects.get().form == writing.FORM


def test_what_takes_too_long_is_continued_by_the_next_run(one, monkeypatch):
    monkeypatch.setattr(following, "BATCH", 1)
    made("Second")
    following.mark_all()
    assert following.catch_up(seconds=0) == 1
    assert SearchText.objects.filter(stale=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_transaction_that_ends_late_is_not_missed():
    early, late = made("Early"), made("Late")
    following.catch_up()
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:  # begins first, ends last
            cursor.execute("UPDATE initiatives_initiative SET title = 'Nightfall' WHERE id = %s", [late.pk])
        with transaction.atomic():
            Initiative.objects.filter(pk=early.pk).update(title="Sunrise")
        assert following.catch_up() == 1
        assert found("sunrise") == [early.pk] and found("nightfall") == []
        other.commit()
        assert following.catch_up() == 1
        assert found("nightfall") == [late.pk]
    finally:
        other.close()
    assert following.catch_up() == 0


def test_job_says_what_it_did(one):
    Initiative.objects.filter(pk=one.pk).update(title="Novelty")
    assert renew_search_texts() == "1 written"
    assert count_words() == "the words of 1 counted"


def test_command_writes_everything_anew(one, capsys):
    SearchText.objects.all().delete()
    call_command("refresh_search")
    assert found("title") == [one.pk]
    assert capsys.readouterr().out == "1 texts written, their words counted\n"


@pytest.mark.parametrize("rows", [1, 3])
def test_writing_asks_twice(rows, django_assert_num_queries):
    ids = [made(f"Title {number}", tags=["one", "two"], countries=["KE", "FR"]).pk for number in range(rows)]
    with django_assert_num_queries(2):
        assert writing.write(ids) == rows
