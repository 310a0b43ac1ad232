"""Following, and the choice of mail: on one's own page, and by the address in a letter."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.leaving import leave
from accounts.models import User
from forum import mail_links, services
from forum.models import BoardMark, Follow, MailSettings, Notice, ReadMark
from forum.services.following import follows
from forum.tests.things import board, known_member, post_reply, post_topic, private_board
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def signed(user) -> str:
    return mail_links.url_for(user).removeprefix("http://testserver")


def mail_of(user) -> str:
    return MailSettings.objects.get(user=user).mail


def test_who_writes_in_a_topic_follows_it_unless_they_do_not_want_to():
    topic, writer, quiet = post_topic().topic, known_member(), known_member()
    services.choose_mail(quiet, mail="daily", follows_own=False)
    for person in (writer, quiet):
        post_reply(topic, by=person)
    assert follows(topic.author, topic=topic) and follows(writer, topic=topic) and not follows(quiet, topic=topic)


def test_what_was_switched_off_stays_so():
    topic, writer = post_topic().topic, known_member()
    services.follow(topic, by=writer, on=False)
    post_reply(topic, by=writer)
    assert not follows(writer, topic=topic)


def test_nobody_follows_what_they_may_not_read():
    with pytest.raises(PermissionDenied):
        services.follow(private_board(), by=known_member())


@pytest.mark.parametrize("kind", ["topic", "board"])
def test_a_button_follows_and_follows_no_more(client, kind):
    topic = post_topic().topic
    thing = topic if kind == "topic" else board()
    name, key = ("forum:follow", topic.pk) if kind == "topic" else ("forum:follow_board", board().slug)
    address, person = reverse(name, args=[key]), known_member()
    client.force_login(person)
    assert f">Follow this {kind}<" in client.get(thing.get_absolute_url()).text
    assert client.get(address).url == client.post(address, {"on": "yes"}).url == thing.get_absolute_url()
    assert follows(person, **{kind: thing})
    assert f">Stop following this {kind}<" in client.get(thing.get_absolute_url()).text
    client.post(address, {"on": "no"})
    assert not follows(person, **{kind: thing})
    assert Follow.objects.filter(user=person).count() == 1


def test_what_is_private_is_not_found_by_the_button(client):
    client.force_login(known_member())
    private_board()
    assert client.post(reverse("forum:follow_board", args=["group"])).status_code == 404


def test_the_page_of_ones_own_lists_what_one_follows_and_may_read(client):
    person = known_member()
    group = private_board(person)
    services.follow(post_topic(title="A topic to follow").topic, by=person)
    services.follow(group, by=person)
    client.force_login(person)
    shown = client.get(reverse("forum:settings")).text
    assert "A topic to follow" in shown and "Working group" in shown
    group.members.clear()
    assert "Working group" not in client.get(reverse("forum:settings")).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_ones_own_costs_the_same_with_more(client, count, django_assert_num_queries):
    person = known_member()
    for _ in range(count):
        services.follow(post_topic().topic, by=person)
    client.force_login(person)
    client.get(reverse("forum:index"))
    with django_assert_num_queries(4):
        client.get(reverse("forum:settings"))


def test_the_choice_is_kept(client):
    person = known_member()
    client.force_login(person)
    assert 'name="is_whole" value="True"' in client.get(reverse("forum:settings")).text
    client.post(reverse("forum:settings"), {"mail": "weekly", "is_whole": "True"})
    assert (mail_of(person), MailSettings.objects.get().follows_own) == ("weekly", False)
    assert "one of the available" in client.post(reverse("forum:settings"), {"mail": "hourly"}).text


def test_one_click_ends_the_mail_without_cookie_or_token():
    person, client = known_member(), Client(enforce_csrf_checks=True)
    answer = client.post(signed(person), ONE_CLICK)
    assert answer.status_code == 200 and not answer.cookies
    assert mail_of(person) == "never"
    client.post(signed(person), ONE_CLICK)
    assert mail_of(person) == "never"


def test_one_person_s_link_is_limited_and_not_those_of_others(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"mail": "1/m/key"}
    one, two = signed(known_member()), signed(known_member())  # signed anew each second
    answers = [client.post(address, ONE_CLICK).status_code for address in (one, one, two)]
    assert answers == [200, 429, 200]


def test_opening_the_link_changes_nothing_and_says_little(client):
    person = UserFactory(name="Amina", email="amina@regulator.example", handle="amina")
    answer = client.get(signed(person))
    assert "a•••@r•••.example" in answer.text
    assert "amina" not in answer.text.lower().replace(signed(person).lower(), "")
    assert not MailSettings.objects.exists()
    assert answer["Referrer-Policy"] == "no-referrer" and "no-store" in answer["Cache-Control"]


def test_the_link_chooses_another_rhythm(client):
    person = known_member()
    assert "Saved." in client.post(signed(person), {"mail": "at_once", "follows_own": "on"}).text
    assert mail_of(person) == "at_once"
    assert client.post(signed(person), {"mail": "\0"}).status_code == 200
    assert mail_of(person) == "at_once"


@pytest.mark.parametrize("said", [{"mail": "weekly"}, {"follows_own": "on"}, {"follows_own": ""}])
def test_what_is_not_said_stays_as_it_was(client, said):
    person = known_member()
    client.force_login(person)
    for address in (signed(person), reverse("forum:settings")):
        for follows_own in (True, False):
            services.choose_mail(person, mail="daily", follows_own=follows_own)
            assert client.post(address, said).status_code in (200, 302)
            kept = MailSettings.objects.get()
            wanted = bool(said["follows_own"]) if "follows_own" in said else follows_own
            assert (kept.mail, kept.follows_own) == (said.get("mail", "daily"), wanted)


def test_who_says_nothing_is_asked_and_nothing_is_kept(client):
    person = known_member()
    for said in ({}, {"is_whole": "True"}, {"is_whole": "True", "follows_own": "on"}):
        assert "Saved." not in client.post(signed(person), said).text
    assert not MailSettings.objects.exists()


def test_what_one_says_of_ones_own_topics_moves_no_letter():
    topic, person = post_topic().topic, known_member()
    services.follow(topic, by=person)
    post_reply(topic)
    Notice.objects.update(due_at=timezone.now())
    due_at = Notice.objects.get(user=person).due_at
    services.choose_mail(person, follows_own=False)
    assert Notice.objects.get(user=person).due_at == due_at


def test_a_link_ends_with_the_address_that_it_was_sent_to_and_leads_to_signing_in(client):
    person = known_member()
    old = signed(person)
    User.objects.filter(pk=person.pk).update(email="new@example.org")
    person.refresh_from_db()
    answer = client.get(old)
    assert answer.status_code == 404 and "n•••" not in answer.text
    assert "Your account has another address" in answer.text and reverse("forum:settings") in answer.text
    assert client.post(old, ONE_CLICK).status_code == 404
    assert not MailSettings.objects.exists()
    assert client.get(signed(person)).status_code == 200


def test_links_in_old_letters_go_on_when_the_key_is_changed(client, settings):
    person = known_member()
    old = signed(person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-" + "0123456789abcdef" * 4
    assert client.post(old, ONE_CLICK).status_code == 200
    assert mail_of(person) == "never"
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(old).status_code == 404


@pytest.mark.parametrize("token", ["17", "17:", "9" * 40 + ":x", "-1:x", "²:x", "x", "MQ:1:x", "é", "a" * 3000])
def test_a_link_that_is_not_ours_is_said_to_be_broken(client, token):
    assert client.get(reverse("forum:mail", args=[token])).status_code == 404


def test_the_link_of_who_has_left_leads_nowhere(client):
    person = known_member()
    address = signed(person)
    leave(person)
    assert client.get(address).status_code == 404
    assert client.post(address, ONE_CLICK).status_code == 404


def test_nothing_of_who_has_left_is_kept():
    topic, person = post_topic().topic, known_member()
    User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - timedelta(days=9))
    person.refresh_from_db()
    services.follow(topic, by=person)
    services.choose_mail(person, mail="weekly")
    services.read(topic, 1, by=person)
    services.read_all(board(), by=person)
    post_reply(topic)
    kept = (Follow, MailSettings, ReadMark, BoardMark, Notice)
    assert all(model.objects.filter(user=person).exists() for model in kept)
    leave(person)
    assert not any(model.objects.filter(user=person).exists() for model in kept)


def test_another_choice_moves_what_waits_and_never_drops_it():
    topic, person = post_topic().topic, known_member()
    services.follow(topic, by=person)
    post_reply(topic)
    later = Notice.objects.get(user=person).due_at
    services.choose_mail(person, mail="at_once")
    assert Notice.objects.get(user=person).due_at < later
    services.choose_mail(person, mail="never")
    assert Notice.objects.get(user=person).settled_at


def test_following_and_choices_of_mail_are_limited_and_looking_is_not(client, settings, topic):
    settings.ACCOUNT_RATE_LIMITS = {"follow": "2/m/user"}
    client.force_login(known_member())
    addresses = [reverse("forum:follow", args=[topic.pk]), reverse("forum:follow_board", args=[topic.board.slug])]
    addresses += [reverse("forum:settings")] * 2
    said = {"mail": "daily"}
    assert [client.post(address, said).status_code for address in addresses] == [302, 302, 429, 429]
    assert client.get(reverse("forum:settings")).status_code == 200
