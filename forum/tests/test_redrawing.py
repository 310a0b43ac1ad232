"""Posts that were drawn when the program drew otherwise."""

import io

import pytest
from django.core.management import call_command

from forum import services
from forum.models import Mention, Post
from forum.services import redrawing
from forum.tests.things import known_member, post_reply, post_topic, speaker
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db
TABLE = "| Band | MHz |\n| --- | --- |\n| one | 700 |\n\nA footnote.[^1]\n\n[^1]: Said @amina, @nobody and `@boris`."


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("redraw_forum", *arguments, stdout=out)
    return out.getvalue().strip()


def drawn_before(*posts: Post) -> None:
    """Let the posts look as if an earlier program had drawn them."""
    Post.objects.filter(pk__in=[one.pk for one in posts]).update(html="<p>As before.</p>")


def test_what_was_written_today_stays_as_it_is(client):
    speaker("amina"), speaker("boris")
    post = post_topic(body=TABLE)
    post_reply(post.topic, body="@amina, @boris")
    before = list(Post.objects.order_by("pk").values_list("html", flat=True))
    assert 'class="mention"' in before[-1]
    assert run("--check") == "0 posts would be drawn differently"
    assert run() == "0 posts drawn anew"
    assert list(Post.objects.order_by("pk").values_list("html", flat=True)) == before


def test_an_old_one_is_drawn_anew_and_its_page_and_search_know(client):
    post = post_topic(body=TABLE)
    other = post_topic()
    drawn_before(post)
    page = client.get(post.topic.get_absolute_url())
    untouched = client.get(other.topic.get_absolute_url())["ETag"]
    assert "As before." in page.text
    assert run("--check") == "1 posts would be drawn differently"
    assert client.get(post.topic.get_absolute_url())["ETag"] == page["ETag"]
    assert run() == "1 posts drawn anew"
    after = client.get(post.topic.get_absolute_url())
    assert "<td>700</td>" in after.text and after["ETag"] != page["ETag"]
    assert client.get(other.topic.get_absolute_url())["ETag"] == untouched
    post.refresh_from_db()
    assert (post.revision, post.edited_at) == (1, None)
    assert "How to end" in client.get("/forum/search/?q=700").text


def test_whom_a_post_names_is_not_asked_again():
    speaker("amina")
    post = post_topic(body="Ask @amina and @later.")
    linked = '<a href="/forum/members/amina/" class="mention" rel="nofollow ugc noopener">@amina</a>'
    assert linked in post.html
    speaker("later")
    old = post.html.replace("<p>", "<p >")
    Post.objects.filter(pk=post.pk).update(html=old)
    assert redrawing.redraw() == 1
    post.refresh_from_db()
    assert linked in post.html and "@later." in post.html and "/members/later/" not in post.html
    assert Mention.objects.filter(post=post).count() == 1


def test_waiting_and_hidden_ones_are_drawn_and_stay_unseen_and_deleted_ones_stay_empty(client):
    topic = post_topic().topic
    waiting = post_reply(topic, by=UserFactory(), body="Wordwaiting")
    hidden, deleted = post_reply(topic, body="Wordhidden"), post_reply(topic, by=(author := known_member()))
    transition(hidden, "hide", by=ModeratorFactory(), public_reason="x")
    services.delete_post(deleted, by=author)
    drawn_before(waiting, hidden)
    assert redrawing.redraw() == 2
    hidden.refresh_from_db()
    assert "Wordhidden" in hidden.html and hidden.status == "hidden"
    assert Post.objects.get(pk=deleted.pk).html == ""
    assert "Word" not in client.get(topic.get_absolute_url()).text
    assert not Post.objects.filter(pk__in=[waiting.pk, hidden.pk], search_text__isnull=False).exists()


def test_what_was_edited_meanwhile_is_left(monkeypatch):
    post = post_topic(by=(author := known_member()))
    drawn_before(post)

    def slow(stored: Post) -> str:
        services.edit_post(post, by=author, body="Another text.", revision=1)
        return "<p>Of the earlier text.</p>"

    monkeypatch.setattr(redrawing, "drawn", slow)
    assert redrawing.redraw() == 0
    post.refresh_from_db()
    assert post.html == "<p>Another text.</p>\n"


@pytest.mark.parametrize("count", [1, 3])
def test_what_stays_costs_two_queries_however_many(count, django_assert_num_queries):
    topic = post_topic().topic
    for _ in range(count):
        post_reply(topic)
    with django_assert_num_queries(2):
        assert redrawing.redraw() == 0
