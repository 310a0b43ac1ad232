"""The pages of the forum: what they show to whom, and what they cost."""

import re
import uuid

import pytest
from django.urls import reverse

from common import diff
from forum import services
from forum.history import change_of
from forum.models import Board, Post, PostRevision, Topic
from forum.models.topic import PER_PAGE
from forum.reader import Reader
from forum.tests.things import approve, board, known_member, post_reply, post_topic, private_board
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm

pytestmark = pytest.mark.django_db


def page(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_with_more_topics(client, count, django_assert_num_queries):
    for _ in range(count):
        post_topic()
    address = board().get_absolute_url()
    with django_assert_num_queries(3):
        page(client, reverse("forum:index"))
    with django_assert_num_queries(3):
        page(client, address)


@pytest.mark.parametrize("count", [1, 3])
def test_a_topic_costs_the_same_with_more_posts(client, count, django_assert_num_queries):
    topic = post_topic().topic
    for _ in range(count):
        confirm(post_reply(topic).author, OrganisationFactory())
    with django_assert_num_queries(4):
        page(client, topic.get_absolute_url())


def test_the_page_of_all_boards_leads_to_a_question_where_one_can_be_asked(client):
    peers, asks = board("ask-your-peers"), reverse("forum:create", args=["ask-your-peers"])
    assert asks in page(client, reverse("forum:index"))
    Board.objects.filter(pk=peers.pk).update(is_closed=True)
    assert asks not in page(client, reverse("forum:index"))


def test_a_post_names_the_organisation_as_it_is_now(client):
    author = known_member(name="Amina")
    organisation = OrganisationFactory(name="Regulator of Kenya")
    confirm(author, organisation)
    shown = page(client, post_topic(by=author).topic.get_absolute_url())
    assert "Amina" in shown
    assert "Regulator of Kenya" in shown
    assert "Kenya</span>" in shown.replace("\n", "")


def test_the_author_sees_what_waits_and_others_do_not(client):
    topic, author = post_topic().topic, UserFactory()
    post_reply(topic, by=author, body="Nobody sees this yet.")
    assert "Nobody sees this yet." not in page(client, topic.get_absolute_url())
    client.force_login(author)
    shown = page(client, topic.get_absolute_url())
    assert "Nobody sees this yet." in shown
    assert "Waiting for a moderator" in shown


def test_a_topic_that_waits_is_found_by_its_author_alone(client):
    post = post_topic(by=UserFactory())
    assert client.get(post.topic.get_absolute_url()).status_code == 404
    assert client.get(post.get_absolute_url()).status_code == 404
    client.force_login(post.author)
    assert "Waiting for a moderator" in page(client, post.topic.get_absolute_url())


def test_pages_are_of_numbers_and_stay(client):
    topic = post_topic().topic
    author = known_member()
    posts = [post_reply(topic, by=author) for _ in range(PER_PAGE)]
    transition(posts[0], "hide", by=ModeratorFactory(), public_reason="x")
    first, second = (page(client, topic.page_url(number)) for number in (1, PER_PAGE + 1))
    assert posts[-2].anchor in first
    assert posts[-1].anchor not in first
    assert posts[-1].anchor in second
    assert "A moderator has hidden this post." in first


def test_the_address_of_a_post_leads_to_its_place(client):
    topic, author = post_topic().topic, known_member()
    last = [post_reply(topic, by=author) for _ in range(PER_PAGE)][-1]
    answer = client.get(last.get_absolute_url())
    topic.refresh_from_db()
    assert answer.url == f"{topic.get_absolute_url()}?page=2#{last.anchor}"


def test_a_wrong_slug_leads_on(client):
    topic = post_topic().topic
    for wrong in (f"/forum/t/{topic.pk}/other/", f"/forum/t/{topic.pk}/"):
        assert client.get(wrong).url == client.get(f"{wrong}?page=x").url == topic.get_absolute_url()
        assert client.get(f"{wrong}?page=3&more=1").url == f"{topic.get_absolute_url()}?page=3"


def test_a_hidden_topic_is_not_found(client):
    topic = post_topic().topic
    transition(topic, "hide", by=ModeratorFactory(), public_reason="x")
    assert client.get(topic.get_absolute_url()).status_code == 404


def test_a_private_board_is_not_known_to_others(client):
    member = known_member()
    private = private_board(member)
    post = post_topic(on=private, by=member)
    addresses = [private.get_absolute_url(), post.topic.get_absolute_url(), post.get_absolute_url()]
    for user in (None, known_member()):
        if user:
            client.force_login(user)
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
        assert post.topic.title not in page(client, reverse("forum:index"))
        assert "Working group" not in page(client, reverse("forum:index"))
    for user in (member, ModeratorFactory()):
        client.force_login(user)
        assert post.topic.title in page(client, private.get_absolute_url())
        assert "Working group" in page(client, reverse("forum:index"))


def test_markdown_is_shown_and_html_is_not(client):
    post = post_topic(body="**bold** <script>alert(1)</script>")
    shown = page(client, post.topic.get_absolute_url())
    assert "<strong>bold</strong>" in shown
    assert "<script>alert" not in shown


# Writing


def test_a_member_begins_a_topic(client):
    client.force_login(known_member())
    values = {"title": "How did you end it?", "language": "en", "body": "Tell us.", "key": uuid.uuid4()}
    answer = client.post(reverse("forum:create", args=["spectrum"]), values)
    topic = Topic.objects.get()
    assert answer.url == f"{topic.get_absolute_url()}#{topic.last_post.anchor}"


def test_what_is_wrong_is_said_and_nothing_is_lost(client):
    client.force_login(known_member())
    values = {"title": "Short", "language": "en", "body": "A long question about it."}
    shown = client.post(reverse("forum:create", args=["spectrum"]), values).content.decode()
    assert "A long question about it." in shown
    assert 'href="#id_title"' in shown
    assert not Topic.objects.exists()


def test_a_member_replies(client):
    topic = post_topic().topic
    client.force_login(known_member())
    answer = client.post(reverse("forum:reply", args=[topic.pk]), {"body": "An answer."}, follow=True)
    assert "An answer." in answer.content.decode()


def test_a_new_member_is_told_that_the_post_waits(client):
    topic = post_topic().topic
    client.force_login(UserFactory())
    answer = client.post(reverse("forum:reply", args=[topic.pk]), {"body": "An answer."}, follow=True)
    assert "waits for a moderator" in answer.content.decode()


def test_a_reply_to_a_locked_topic_is_not_lost(client):
    topic = post_topic().topic
    transition(topic, "lock", by=ModeratorFactory())
    client.force_login(known_member())
    answer = client.post(reverse("forum:reply", args=[topic.pk]), {"body": "Three pages of thought."})
    assert answer.status_code == 403
    assert "Three pages of thought." in answer.content.decode()


def test_who_posts_too_fast_is_told_so_and_loses_nothing(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"post": "1/m/user"}
    topic = post_topic().topic
    client.force_login(known_member())
    address = reverse("forum:reply", args=[topic.pk])
    client.post(address, {"body": "The first answer."})
    answer = client.post(address, {"body": "Three pages of thought."})
    assert answer.status_code == 429
    assert "You have posted a lot" in answer.text and "Three pages of thought." in answer.text


def test_only_the_author_edits_and_deletes(client):
    post = post_topic()
    client.force_login(known_member())
    for name in ("edit", "delete"):
        assert client.get(reverse(f"forum:{name}", args=[post.pk])).status_code == 403
        assert client.post(reverse(f"forum:{name}", args=[post.pk])).status_code == 403
    client.force_login(post.author)
    client.post(reverse("forum:edit", args=[post.pk]), {"body": "Changed text.", "revision": 1})
    client.post(reverse("forum:delete", args=[post.pk]))
    assert Post.objects.get().status == "deleted"


def test_letters_tell_the_author():
    post = approve(post_topic(by=UserFactory()))
    transition(post, "hide", by=ModeratorFactory(), public_reason="Advertising is not for here.")
    first, second = Letter.objects.filter(recipient=post.author.email).order_by("pk")
    assert post.get_absolute_url() in first.body
    assert "Advertising is not for here." in second.body


def test_earlier_texts_of_a_public_post_stay_readable(client):
    post = post_topic(body="We asked for a plan.")
    services.edit_post(post, by=post.author, body="We asked for a migration plan.", revision=1)
    address = reverse("forum:history", args=[post.pk])
    assert address in page(client, post.topic.get_absolute_url())
    assert "<ins" in page(client, address)
    services.delete_post(post, by=post.author)
    assert client.get(address).status_code == 404


def test_a_page_of_the_history_compares_two_texts_and_leads_to_the_others(client, monkeypatch):
    post = post_topic(body="Text 1")
    for revision in (1, 2, 3):
        services.edit_post(post, by=post.author, body=f"Text {revision + 1}", revision=revision)
    compared = []
    words = diff.words
    monkeypatch.setattr(diff, "words", lambda old, new: compared.append((old[:6], new[:6])) or words(old, new))
    address = reverse("forum:history", args=[post.pk])
    pages = [page(client, address), page(client, f"{address}?version=3"), page(client, f"{address}?version=2")]
    assert compared == [("Text 3", "Text 4"), ("Text 2", "Text 3"), ("Text 1", "Text 2")]
    leads = [re.findall(r'href="\?version=(\d+)"', html) for html in pages]
    assert leads == [["3"], ["2", "4"], ["3"]]
    for version in ("1", "5", "0", "9" * 30):
        assert client.get(f"{address}?version={version}").status_code == 404
    assert client.get(f"{address}?version=%00").status_code == 404


@pytest.mark.parametrize("count", [2, 30])
def test_a_history_of_many_texts_costs_what_one_of_few_does(count, django_assert_num_queries):
    post = post_topic(by=(author := known_member()))
    texts = [
        PostRevision(post=post, number=number, body=f"Text {number}.", written_at=post.created_at, replaced_by=author)
        for number in range(1, count + 1)
    ]
    PostRevision.objects.bulk_create(texts)
    Post.objects.filter(pk=post.pk).update(revision=count + 1, edited_at=post.created_at)
    post.refresh_from_db()
    with django_assert_num_queries(1):
        assert change_of(post).before_number == count
    with django_assert_num_queries(2):
        assert change_of(post, 2).later == 3


def test_a_post_that_was_never_edited_has_no_history(client):
    assert client.get(reverse("forum:history", args=[post_topic().pk])).status_code == 404


def test_addresses_on_pages_are_those_of_the_views():
    reader = Reader.here()
    for slug in ("one-two", "ليل", "a_b"):
        assert reader.topic(7, slug) == reverse("forum:topic", args=[7, slug])
    assert reader.unread(7) == reverse("forum:unread", args=[7])
    assert reader.member("amina-2") == reverse("forum:member", args=["amina-2"])
    names = {"": "post", "order": "post_order"} | {name: name for name in ("history", "edit", "delete", "flag")}
    assert {what: reader.post(7, what) for what in names} == {
        what: reverse(f"forum:{name}", args=[7]) for what, name in names.items()
    }
