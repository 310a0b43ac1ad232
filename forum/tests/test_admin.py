"""Posts in the admin: after a decision, the next that waits; and many at once."""

import pytest
from django.test import Client
from django.urls import reverse

from forum import services
from forum.models import Post, Topic
from forum.tests.things import board, post_topic
from moderation.models import Reason
from moderation.reasons import moves_with_reasons
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def waiting(count: int) -> list[Post]:
    return [post_topic(by=UserFactory()) for _ in range(count)]


def decide(desk, post: Post, move: str, **said):
    return desk.post(reverse("admin:forum_post_decide", args=[post.pk]), {"move": move, **said})


def page_of(post: Post) -> str:
    return reverse("admin:forum_post_change", args=[post.pk])


def test_a_decision_leads_to_the_next_post_that_waits(desk):
    first, second, third = waiting(3)
    assert decide(desk, second, "approve").url == page_of(third)
    assert decide(desk, third, "reject", public_reason="Advertising.").url == page_of(first)
    assert decide(desk, first, "approve").url == reverse("admin:forum_post_changelist")


def test_what_cannot_be_decided_stays_where_it_is(desk):
    first, _second = waiting(2)
    answer = decide(desk, first, "reject")
    assert answer.status_code == 200 and "Give a reason" in answer.text


@pytest.mark.parametrize(("move", "status"), [("approve", "public"), ("reject", "rejected"), ("mark_as_spam", "spam")])
def test_many_posts_are_decided_at_once(desk, move, status):
    posts = waiting(3)
    chosen = [str(post.pk) for post in posts[:2]]
    listed = desk.post(reverse("admin:forum_post_changelist"), {"action": move, "_selected_action": chosen})
    assert listed.status_code == 200
    values = {"move": move, "chosen": chosen, "public_reason": "Not for here."}
    desk.post(reverse("admin:forum_post_many"), values)
    assert list(Post.objects.order_by("pk").values_list("status", flat=True)) == [status, status, "waiting"]


def slug_can_be_changed(desk, board) -> bool:
    return 'name="slug"' in desk.get(reverse("admin:forum_board_change", args=[board.pk])).text


def test_the_address_of_a_board_is_changed_while_nothing_leads_there_and_not_later(client):
    client.force_login(ModeratorFactory(group="Administrator"))
    empty, used = board("announcements"), post_topic(by=UserFactory()).topic.board
    assert slug_can_be_changed(client, empty) and not slug_can_be_changed(client, used)
    values = {"slug": "elsewhere", "kind": "theme", "code": "spectrum", "position": 1}
    client.post(reverse("admin:forum_board_change", args=[used.pk]), values)
    used.refresh_from_db()
    assert used.slug == "spectrum" and used.position == 1


def test_a_topic_leads_to_where_it_is_moved_and_is_offered_what_changes_something(desk):
    topic = post_topic().topic
    page = desk.get(reverse("admin:forum_topic_change", args=[topic.pk])).text
    assert reverse("forum:topic_order", args=[topic.pk]) in page
    assert 'value="pin"' in page and 'value="unpin"' not in page


def test_a_topic_and_its_posts_are_found_by_a_title_that_is_kept_back(desk):
    first = post_topic(title="Zqmasts on roofs")
    transition(first, "hide", by=ModeratorFactory(), public_reason="Rude.")
    for kind, row, status in (("topic", first.topic, ""), ("post", first, "hidden")):
        listed = desk.get(reverse(f"admin:forum_{kind}_changelist"), {"q": "zqmasts", "status": status}).text
        assert reverse(f"admin:forum_{kind}_change", args=[row.pk]) in listed


def test_titles_of_merged_topics_are_forgotten_with_a_record(desk):
    away, kept = post_topic(title="Zqrude words").topic, post_topic().topic
    address, decide_on = kept.get_absolute_url(), reverse("admin:forum_topic_decide", args=[kept.pk])
    assert 'value="forget_merged"' not in desk.get(reverse("admin:forum_topic_change", args=[kept.pk])).text
    services.merge(Topic.objects.get(pk=away.pk), Topic.objects.get(pk=kept.pk), by=ModeratorFactory())
    first = Client().get(address)
    assert "Zqrude" in first.text
    assert 'value="forget_merged"' in desk.get(reverse("admin:forum_topic_change", args=[kept.pk])).text
    desk.post(decide_on, {"move": "forget_merged"})
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200 and "Zqrude" not in again.text
    assert kept.decisions.first().move == "forget_merged"


def test_reasons_for_submissions_are_not_offered_for_posts(desk):
    post, own = waiting(1)[0], "Off the topic"
    assert "No usable source" not in desk.get(page_of(post)).text
    Reason.objects.create(code="off_topic", label=own, moves=["reject_post"], text_en="This belongs elsewhere.")
    assert own in desk.get(page_of(post)).text and "No usable source" not in desk.get(page_of(post)).text
    decide(desk, post, "reject", reason="off_topic")
    assert post.decisions.get(move="reject").public_reason == "This belongs elsewhere."
    assert ("reject_post", "Reject (post)") in moves_with_reasons().items()


@pytest.mark.parametrize("status", ["%00", "nonsense", "%D8%A7", "x" * 3_000])
def test_a_status_that_is_none_finds_nothing(desk, status):
    waiting(1)
    answer = desk.get(f"{reverse('admin:forum_post_changelist')}?status={status}")
    assert answer.status_code == 200
    assert answer.context["cl"].result_count == 0
