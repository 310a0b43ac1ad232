"""The title and language of a topic change, and the title is kept back while its first post is."""

import uuid

import pytest
from django.urls import reverse

from accounts.leaving import leave
from forum import services
from forum.models import Post, PostText, Topic, Watchword
from forum.tests.things import board, known_member, post_reply, post_topic
from forum.tests.told import letters_to
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory, UserFactory
from tests.seen import part_of_sitemap

pytestmark = pytest.mark.django_db
OLD, NEW = "How to zqold temporary licences", "How to end temporary licences"


def edit(client, post: Post, **more):
    said = {"title": OLD, "language": "en", "body": post.body, "revision": post.revision}
    return client.post(reverse("forum:edit", args=[post.pk]), {**said, **more})


def order(client, topic: Topic, **said):
    return client.post(reverse("forum:topic_order", args=[topic.pk]), {"move": "rename", **said})


def found(client, word: str) -> int:
    return client.get(reverse("forum:search"), {"q": word}).context["page"].total


# Changed


def test_the_author_changes_title_and_language_with_the_first_post(client):
    post = post_topic(title=OLD)
    client.force_login(post.author)
    page = client.get(reverse("forum:edit", args=[post.pk])).text
    assert OLD in page and 'name="language"' in page
    edit(client, post, title=NEW, language="fr")
    topic = Topic.objects.get()
    assert (topic.title, topic.language, topic.slug) == (NEW, "fr", "how-to-end-temporary-licences")
    post.refresh_from_db()
    assert post.is_public and post.edited_at is None and not post.revisions.exists()
    decision = topic.decisions.first()
    assert decision.private_note == f"“{OLD}” (en) → “{NEW}” (fr)" and decision.decided_by == post.author


def test_earlier_addresses_lead_to_the_new_one_and_back_again(client):
    topic = post_topic(title=OLD).topic
    before = topic.get_absolute_url()
    services.rename(topic, title=NEW, language="en", by=ModeratorFactory())
    assert client.get(before).url == topic.get_absolute_url() != before
    assert client.get(f"{before}?page=2").url == f"{topic.get_absolute_url()}?page=2"
    services.rename(topic, title=OLD, language="en", by=ModeratorFactory())
    assert client.get(before).status_code == 200


def test_a_reply_has_no_title(client):
    post = post_reply(post_topic(title=OLD).topic)
    client.force_login(post.author)
    assert 'name="title"' not in client.get(reverse("forum:edit", args=[post.pk])).text
    edit(client, post, title=NEW, body="Another answer")
    assert Topic.objects.get().title == OLD and Post.objects.get(pk=post.pk).body == "Another answer"


@pytest.mark.parametrize("title", ["", "short", "x" * 151])
def test_a_title_that_cannot_be_changes_nothing_and_is_shown_again(client, title):
    post = post_topic(title=OLD)
    client.force_login(post.author)
    assert edit(client, post, title=title).status_code == 200
    client.force_login(ModeratorFactory())
    assert order(client, post.topic, new_title=title or OLD).status_code == 200
    assert Topic.objects.get().title == OLD


def test_a_new_title_is_judged_as_a_text_is(client):
    Watchword.objects.create(text="casino")
    post = post_topic(title=OLD)
    post_reply(post.topic)
    client.force_login(post.author)
    assert "has to wait for a moderator" in edit(client, post, title="A casino for everybody").text
    assert Topic.objects.get().title == OLD
    edit(client, post, title="A casino for everybody", may_wait="yes")
    post.refresh_from_db()
    assert post.is_waiting and post.waits == ["words"]
    topic = Topic.objects.get()
    assert (topic.title, topic.own_title) == ("Hidden title", "A casino for everybody")
    transition(post, "approve", by=ModeratorFactory())
    assert Topic.objects.get().title == "A casino for everybody"


def test_pages_lists_feeds_and_search_follow(client):
    topic = post_topic(title=OLD).topic
    pages = [topic.get_absolute_url(), topic.board.get_absolute_url()]
    tags = [client.get(page)["ETag"] for page in pages]
    services.rename(topic, title=NEW, language="en", by=ModeratorFactory())
    pages[0] = topic.get_absolute_url()
    for page, tag in zip(pages, tags, strict=True):
        answer = client.get(page, headers={"If-None-Match": tag})
        assert answer.status_code == 200 and NEW in answer.text and "zqold" not in answer.text
    assert NEW in client.get(reverse("forum:board_feed", args=["spectrum"])).text
    assert (found(client, "zqold"), found(client, "temporary")) == (0, 1)


def test_replies_are_compared_by_the_words_of_the_new_language(client):
    topic = post_topic(title=OLD).topic
    post_reply(topic, body="Les opérateurs nationaux ont répondu.")
    before = list(PostText.objects.order_by("pk").values_list("vector", flat=True))
    services.rename(topic, title=OLD, language="fr", by=ModeratorFactory())
    after = list(PostText.objects.order_by("pk").values_list("vector", flat=True))
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_a_moderator_changes_it_at_any_time_and_the_author_is_told(client):
    topic, moderator = post_topic(title=OLD).topic, ModeratorFactory()
    client.force_login(moderator)
    for move in ("lock", "hide"):
        transition(topic, move, by=moderator, public_reason="Closed.")
    answer = order(client, topic, new_title=NEW, language="fr", public_reason="It named a person.")
    topic.refresh_from_db()
    assert answer.url == topic.get_absolute_url() and (topic.title, topic.language) == (NEW, "fr")
    decision = topic.decisions.first()
    assert (decision.move, decision.decided_by, decision.public_reason) == ("rename", moderator, "It named a person.")
    letter = Letter.objects.get(occasion=f"decision-{decision.pk}-{topic.author_id}")
    assert NEW in letter.subject and "It named a person." in letter.body and "French" in letter.body
    assert "already" in order(client, topic, new_title=NEW, language="fr").text
    assert topic.decisions.filter(move="rename").count() == 1


@pytest.mark.parametrize("move", ["lock", "hide"])
def test_the_author_does_not_change_it_later_than_the_post(client, move):
    post = post_topic(title=OLD)
    transition(post.topic, move, by=ModeratorFactory(), public_reason="Closed.")
    client.force_login(post.author)
    assert edit(client, post, title=NEW).status_code in (403, 404) and Topic.objects.get().title == OLD


def test_an_edit_begun_before_a_moderator_changed_the_title_does_not_take_that_back(client):
    post = post_topic(title=OLD)
    services.rename(post.topic, title=NEW, language="en", by=ModeratorFactory())
    client.force_login(post.author)
    assert "changed meanwhile" in edit(client, post, body="Another text").text
    assert Topic.objects.get().title == NEW


def test_a_form_for_a_new_topic_sent_again_after_its_title_was_changed_makes_no_second_one():
    person, said = known_member(), {"language": "en", "key": uuid.uuid4(), "body": "We asked for a plan."}
    post = services.begin_topic(board(), by=person, title=OLD, **said)
    services.rename(post.topic, title=NEW, language="en", by=person)
    assert services.begin_topic(board(), by=person, title=OLD, **said) == post
    assert services.begin_topic(board(), by=person, title="How to end roaming", **said) != post


# Kept back


@pytest.fixture
def hidden(follower) -> Post:
    """The first post of a topic in which others went on, hidden by a moderator."""
    post = post_topic(title=OLD, by=known_member(handle="amina"))
    services.follow(post.topic, by=follower)
    for person in (known_member(handle="boris"), post.author):
        post_reply(post.topic, by=person)
    transition(post, "hide", by=ModeratorFactory(), public_reason="It names a person.")
    post.topic.refresh_from_db()
    return post


def test_no_public_page_tells_the_title_of_a_hidden_post(client, hidden):
    topic = hidden.topic
    pages = [topic.get_absolute_url(), topic.board.get_absolute_url(), reverse("forum:index"), "/", "/themes/spectrum/"]
    pages += [reverse("forum:feed"), reverse("forum:board_feed", args=["spectrum"])]
    pages += [reverse("forum:topic_feed", args=[topic.pk])]
    pages += [reverse("api:topics"), reverse("api:topic", args=[topic.pk]), part_of_sitemap("topics", topic)]
    pages += [f"{reverse('forum:search')}?q=plan", "/search/?q=plan"]
    pages += [reverse("forum:member", args=["boris"]), f"{reverse('forum:member', args=['amina'])}?show=topics"]
    for page in pages:
        answer = client.get(page, follow=True)
        said = b"".join(answer).decode()
        assert answer.status_code == 200 and "zqold" not in said, page
    assert found(client, "zqold") == 0
    assert "Hidden title" in client.get(topic.get_absolute_url()).text
    assert "Hidden title" in client.get(topic.board.get_absolute_url()).text
    assert client.get(f"/forum/t/{topic.pk}/how-to-zqold-temporary-licences/").url == topic.get_absolute_url()


def test_letters_do_not_tell_it_but_those_to_its_author(follower, hidden):
    said = [letter.subject + letter.body for letter in letters_to(follower)]
    assert said and "zqold" not in "".join(said)
    assert "zqold" in Letter.objects.get(recipient=hidden.author.email, subject__contains="hidden").subject


def test_the_title_comes_back_with_the_post(client, hidden):
    transition(hidden, "restore", by=ModeratorFactory())
    assert OLD in client.get(Topic.objects.get().get_absolute_url()).text
    assert (Topic.objects.get().kept_title, found(client, "zqold")) == ("", 1)


def test_a_title_that_a_moderator_gives_meanwhile_is_shown_and_stays(client, hidden):
    client.force_login(ModeratorFactory())
    page = client.get(hidden.topic.get_absolute_url()).text
    assert "zqold" in page and "Hidden title" in page
    order(client, hidden.topic, new_title=NEW, language="en")
    assert Topic.objects.get().title == NEW
    transition(hidden, "restore", by=ModeratorFactory())
    assert (Topic.objects.get().title, Topic.objects.get().kept_title) == (NEW, "")


def test_a_moderator_who_changes_the_language_alone_does_not_show_it(client, hidden):
    client.force_login(ModeratorFactory())
    order(client, hidden.topic, new_title="Hidden title", language="fr")
    topic = Topic.objects.get()
    assert (topic.title, topic.own_title, topic.language) == ("Hidden title", OLD, "fr")


@pytest.mark.parametrize("how", ["mark_as_spam", "flags"])
def test_it_is_kept_back_however_the_post_was_taken_away(how):
    post = post_topic(title=OLD)
    post_reply(post.topic)
    if how == "flags":
        for _number in range(3):
            services.flag(post, by=known_member(), reason="spam")
    else:
        transition(post, how, by=ModeratorFactory())
    assert Topic.objects.get().title == "Hidden title"


def test_the_title_of_what_its_author_deleted_stays_for_those_who_went_on():
    post = post_topic(title=OLD)
    post_reply(post.topic)
    services.delete_post(post, by=post.author)
    assert Topic.objects.get().title == OLD


@pytest.mark.parametrize("how", ["deletes the post", "leaves"])
def test_who_takes_the_post_back_takes_the_title_that_was_kept_back(hidden, how):
    if how == "leaves":
        leave(hidden.author)
    else:
        Post.objects.filter(pk=hidden.pk).update(status="waiting")  # as after an edit
        services.delete_post(hidden, by=hidden.author)
    assert (Topic.objects.get().title, Topic.objects.get().kept_title) == ("Hidden title", "")


def test_neutral_words_are_in_the_language_of_the_topic(settings):
    post = services.begin_topic(
        board(), by=known_member(), title="عنوان الموضوع", body="نص طويل بما يكفي", language="ar", key=uuid.uuid4()
    )
    post_reply(post.topic)
    transition(post, "hide", by=ModeratorFactory(), public_reason="Rude.")
    assert Topic.objects.get().title and "عنوان" not in Topic.objects.get().title.replace("عنوان مخفي", "")


def test_moderators_find_what_waits_by_its_own_title(desk):
    post = post_topic(title=OLD, by=UserFactory())
    transition(post, "approve", by=ModeratorFactory())
    services.edit_post(post, by=post.author, body="Other words", revision=1)  # a new member's wait again
    assert post.is_waiting and Topic.objects.get().title == "Hidden title"
    assert "zqold" in desk.get(reverse("admin:index") + "?q=zqold").text
    assert "zqold" in desk.get(reverse("admin:forum_post_change", args=[post.pk])).text


@pytest.fixture(autouse=True)
def _demonstration(demonstration) -> None:
    """The admin without a second factor."""
