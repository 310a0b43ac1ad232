"""Which sources get links, and which links are asked for or forgotten."""

import pytest
from django.utils import timezone

from initiatives.links import registration, rounds
from initiatives.models import Link
from initiatives.tests.links import DAY, sources, with_source
from moderation.services import transition
from tests.factories import ModeratorFactory, make_draft, make_initiative, make_submission


@pytest.mark.django_db
def test_sources_of_what_is_public_or_waits_get_links():
    initiative = make_initiative(sources=sources("https://a.test/1", "https://a.test/2"))
    waiting = make_submission(sources=sources("https://a.test/1"))
    make_draft(sources=sources("https://draft.test/"))
    assert registration.register() == 3
    assert sorted(Link.objects.values_list("url", "host")) == [
        ("https://a.test/1", "a.test"),
        ("https://a.test/2", "a.test"),
    ]
    assert initiative.sources.first().link == waiting.sources.get().link


@pytest.mark.django_db
def test_registering_again_changes_nothing():
    make_initiative(sources=sources("https://a.test/1"))
    registration.register()
    assert registration.register() == 0 and Link.objects.count() == 1


@pytest.mark.django_db
def test_registration_goes_on_where_it_stopped():
    make_initiative(sources=sources(*(f"https://a.test/{number}" for number in range(5))))
    assert [registration.register(most=2) for _time in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["https://[::1", "http://x y/", "http://1.2.3.4:22/"])
def test_address_that_cannot_be_asked_gets_a_link_as_well(url):
    initiative = make_initiative()
    initiative.sources.update(url=url)
    assert registration.register() == 1


@pytest.mark.django_db
def test_links_that_nobody_gives_any_more_are_forgotten_after_a_while():
    kept = with_source("https://kept.test/")
    for name in ("old", "new"):
        Link.objects.create(url=f"https://{name}.test/", host=f"{name}.test")
    for name, age in (("old", 31), ("new", 29), ("kept", 99)):
        Link.objects.filter(host=f"{name}.test").update(due_at=timezone.now() - age * DAY)
    assert registration.forget_unused() == 1
    assert set(Link.objects.values_list("host", flat=True)) == {"new.test", "kept.test"}
    assert kept.sources.get().link


@pytest.mark.django_db
def test_links_of_what_was_rejected_or_removed_are_not_asked_for():
    removed, moderator = with_source("https://removed.test/"), ModeratorFactory()
    transition(removed, "remove", by=moderator, public_reason="Not ours.")
    rejected = make_submission(sources=sources("https://rejected.test/"))
    registration.register()
    transition(rejected, "reject", by=moderator, public_reason="Out of scope.")
    assert Link.objects.count() == 2 and not rounds.claim(timezone.now())
