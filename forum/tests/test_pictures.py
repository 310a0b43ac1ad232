"""Pictures in posts: taken in, shown to whom the post is shown, and gone when no post shows them."""

import datetime
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.leaving import leave
from forum import services
from forum.models import Picture, Post
from forum.rendering import render
from forum.services import drafts, pictures
from forum.tests.things import approve, board, known_member, png, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def author():
    return known_member()


@pytest.fixture
def picture(author):
    return pictures.keep(png(), by=author)


def shown(picture) -> str:
    return f"Look: ![a mast]({picture.get_absolute_url()})"


def status(client, picture, user=None) -> int:
    client.logout()
    if user:
        client.force_login(user)
    return client.get(picture.get_absolute_url()).status_code


def test_a_picture_is_added_to_what_was_typed(client, author):
    topic = post_topic().topic
    client.force_login(author)
    said = {"body": "Our mast:", "action": "picture", "alt": "A [mast]", "picture": png(), "key": str(uuid.uuid4())}
    page = client.post(reverse("forum:reply", args=[topic.pk]), said)
    body = page.context["form"]["body"].value()
    assert body == f"Our mast:\n\n![A \\[mast\\]]({Picture.objects.get().get_absolute_url()})\n"
    assert page.context["form"]["key"].value() == said["key"]
    assert 'alt="A [mast]"' in render(body)
    assert Post.objects.filter(topic=topic).count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"alt": "x"}, "Choose a picture first."),
        ({"picture": b"", "alt": "x"}, "is empty"),
        ({"picture": b"<svg onload=alert(1)>", "alt": "x"}, "mast.png"),
        ({"picture": None}, "Say in words what the picture shows"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(client, author, said, words):
    topic = post_topic().topic
    client.force_login(author)
    if "picture" in said:
        content = said["picture"]
        said = {**said, "picture": png() if content is None else SimpleUploadedFile("mast.png", content)}
    page = client.post(reverse("forum:reply", args=[topic.pk]), {"body": "Typed.", "action": "picture", **said})
    assert words in page.content.decode()
    assert page.context["form"]["body"].value() == "Typed."
    assert not Picture.objects.exists()


def test_what_is_wrong_with_a_picture_says_nothing_of_the_rest(client, author):
    client.force_login(author)
    page = client.post(reverse("forum:create", args=[board().slug]), {"action": "picture", "alt": "A mast"})
    assert page.context["picture_errors"] == ["Choose a picture first."]
    assert 'value="A mast"' in page.text
    assert "This field is required." not in page.text


def test_files_that_are_no_pictures_are_refused(client, author):
    client.force_login(author)
    said = {"body": "x", "action": "picture", "alt": "x", "picture": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}
    page = client.post(reverse("forum:reply", args=[post_topic().topic.pk]), said)
    assert "Choose a PNG or JPG picture." in page.content.decode()


def test_what_the_file_tells_beside_the_picture_is_gone(picture):
    assert b"secret place" not in picture.file.read()


def test_before_it_is_posted_its_owner_alone_sees_it(client, author, picture):
    assert status(client, picture, author) == 200
    assert [status(client, picture, user) for user in (None, known_member(), ModeratorFactory())] == [404] * 3


def test_a_public_picture_is_seen_by_all_with_headers_that_keep_it_a_picture(client, author, picture):
    post_topic(by=author, body=shown(picture))
    client.logout()
    answer = client.get(picture.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not answer.cookies


def test_a_picture_is_seen_by_whom_its_post_is(client, picture):
    author = picture.user
    author.member.approved_count = 0
    author.member.save()
    post = post_reply(post_topic().topic, by=author, body=shown(picture))
    moderator = ModeratorFactory()
    assert [status(client, picture, user) for user in (author, moderator, None)] == [200, 200, 404]
    approve(post)
    assert status(client, picture) == 200
    transition(post, "hide", by=moderator, public_reason="x")
    assert status(client, picture) == 404


def test_caches_may_share_what_everybody_may_see_alone(client, author, picture):
    post = post_topic(by=author, body=shown(picture))
    address = picture.get_absolute_url()
    answer = client.get(address)
    assert "s-maxage" in answer["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    transition(post.topic, "hide", by=ModeratorFactory(), public_reason="x")
    client.force_login(author)
    assert client.get(address)["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 404


def test_a_private_board_keeps_its_pictures(client, author, picture):
    reader = known_member()
    post_topic(on=private_board(author, reader), by=author, body=shown(picture))
    seen = [status(client, picture, user) for user in (None, known_member(), reader)]
    assert seen == [404, 404, 200]


def test_nobody_publishes_the_picture_of_somebody_else(client, picture):
    post_topic(body=shown(picture))
    assert status(client, picture) == 404


def test_a_picture_goes_with_the_text_that_showed_it(author, picture):
    post = post_topic(by=author, body=shown(picture))
    services.edit_post(post, by=author, body="Without it.", revision=1)
    Picture.objects.update(made_at=timezone.now() - datetime.timedelta(days=2))
    assert pictures.delete_unused() == 1
    assert not Picture.objects.exists()


def test_a_picture_in_a_draft_or_a_post_stays(author, picture):
    topic = post_topic(by=author, body=shown(pictures.keep(png(), by=author))).topic
    drafts.keep(author, topic, key=uuid.uuid4(), body=shown(picture))
    Picture.objects.update(made_at=timezone.now() - datetime.timedelta(days=2))
    assert pictures.delete_unused() == 0
    assert Picture.objects.count() == 2


def test_a_deleted_post_and_a_person_who_leaves_let_go_of_pictures(author, picture):
    services.delete_post(post_topic(by=author, body=shown(picture)), by=author)
    leave(author)
    assert not Picture.objects.exists()


def test_there_are_limits_of_a_day_and_of_a_post(client, author, monkeypatch):
    monkeypatch.setattr(pictures, "PER_DAY", 6)
    six = [pictures.keep(png(), by=author) for _ in range(6)]
    client.force_login(author)
    address = reverse("forum:reply", args=[post_topic().topic.pk])
    again = client.post(address, {"body": "x", "action": "picture", "alt": "x", "picture": png()})
    assert "many pictures today" in again.content.decode()
    page = client.post(address, {"body": "\n\n".join(map(shown, six))})
    assert "At most 5 pictures in a post." in page.content.decode()


def test_pictures_from_elsewhere_stay_links():
    html = render("![a](https://a.example/p.png) ![b](/forum/pictures/x/) ![c](/media/c.png)")
    assert "<img" not in html
    assert re.findall(r'href="([^"]*)"', html) == ["https://a.example/p.png"]


def test_visitors_and_others_add_none(client):
    topic = post_topic(on=private_board(owner := known_member()), by=owner).topic
    said = {"body": "x", "action": "picture", "alt": "x"}
    assert client.post(reverse("forum:reply", args=[topic.pk]), {**said, "picture": png()}).status_code == 302
    client.force_login(UserFactory())
    assert client.post(reverse("forum:reply", args=[topic.pk]), {**said, "picture": png()}).status_code == 404
    assert not Picture.objects.exists()


def test_a_picture_that_another_post_shows_stays(client, author, picture):
    one = post_topic(by=author, body=shown(picture))
    two = post_reply(post_topic().topic, by=author, body=shown(picture))
    services.delete_post(one, by=author)
    picture.refresh_from_db()
    assert picture.post == two
    assert status(client, picture) == 200
    three = post_topic(by=author, body=shown(picture))
    services.edit_post(two, by=author, body="Without it.", revision=1)
    picture.refresh_from_db()
    assert picture.post == three
    services.delete_post(three, by=author)
    picture.refresh_from_db()
    assert picture.post is None


def test_a_picture_is_let_go_for_the_post_that_all_see_first(author, picture):
    one = post_topic(by=author, body=shown(picture))
    hidden, public = (post_reply(one.topic, by=author, body=shown(picture) + word) for word in ("a", "b"))
    transition(hidden, "hide", by=ModeratorFactory(), public_reason="x")
    services.delete_post(one, by=author)
    picture.refresh_from_db()
    assert picture.post == public


def test_a_picture_in_two_posts_is_seen_in_the_one_that_is_not_hidden(client, author, picture):
    one = post_topic(by=author, body=shown(picture))
    two = post_reply(post_topic().topic, by=author, body=shown(picture))
    transition(one, "hide", by=ModeratorFactory(), public_reason="x")
    assert status(client, picture) == status(client, picture, known_member()) == 200
    transition(two.topic, "hide", by=ModeratorFactory(), public_reason="x")
    assert status(client, picture) == status(client, picture, known_member()) == 404
    assert status(client, picture, author) == 200


def test_a_hidden_picture_is_not_shown_by_posts_that_few_read_or_others_wrote(client, author, picture):
    reader = known_member()
    one = post_topic(by=author, body=shown(picture))
    post_topic(body=shown(picture))
    post_topic(on=private_board(author, reader), by=author, body=shown(picture))
    transition(one, "hide", by=ModeratorFactory(), public_reason="x")
    assert [status(client, picture, user) for user in (None, known_member(), reader)] == [404, 404, 200]
    client.force_login(reader)
    assert client.get(picture.get_absolute_url())["Cache-Control"] == "private, no-store"
