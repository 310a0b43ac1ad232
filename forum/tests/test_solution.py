"""Which reply solved a topic: who may say so, where it shows, and when it is over."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from forum import services
from forum.models import Topic
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db

ANSWERED = '<span class="mark mark--confirmed">answered</span>'


@pytest.fixture
def asked():
    return post_topic().topic


def solved(topic: Topic):
    """Return the reply that the author of the topic has marked."""
    answer = post_reply(topic)
    assert services.mark_solution(topic, answer, by=topic.author)
    return answer


def address(topic: Topic) -> str:
    return reverse("forum:solution", args=[topic.pk])


def test_the_author_of_the_topic_marks_a_reply_and_the_record_says_so(asked):
    answer = solved(asked)
    assert asked.solution == answer
    decision = asked.decisions.first()
    assert (decision.move, decision.private_note, decision.decided_by) == ("solve", f"→ {answer.pk}", asked.author)


def test_marking_again_changes_and_records_nothing(asked):
    answer = solved(asked)
    assert not services.mark_solution(asked, answer, by=asked.author)
    assert asked.decisions.count() == 1


def test_another_reply_takes_its_place_and_the_mark_is_taken_away(asked):
    solved(asked)
    other = solved(asked)
    assert asked.solution == other
    assert services.mark_solution(asked, None, by=ModeratorFactory())
    assert asked.solution is None
    assert asked.decisions.first().move == "unsolve"


def test_others_mark_nothing(asked):
    answer = post_reply(asked)
    with pytest.raises(PermissionDenied):
        services.mark_solution(asked, answer, by=answer.author)


def test_only_a_public_reply_of_the_topic_is_a_solution(asked):
    hidden = post_reply(asked)
    transition(hidden, "hide", by=ModeratorFactory(), public_reason="x")
    for post in (asked.posts.get(is_first=True), hidden, post_reply(post_topic().topic)):
        with pytest.raises(ValidationError):
            services.mark_solution(asked, post, by=asked.author)


@pytest.mark.parametrize("move", ["hide", "delete", "mark_as_spam"])
def test_what_is_not_public_any_more_is_no_solution(asked, move):
    answer = solved(asked)
    by = answer.author if move == "delete" else ModeratorFactory()
    transition(answer, move, by=by, public_reason="x")
    asked.refresh_from_db()
    assert asked.solution is None


def test_a_solution_that_is_split_off_solves_the_topic_no_more(asked):
    answer = solved(asked)
    services.split(asked, [answer], title="Another question", by=ModeratorFactory())
    assert asked.solution is None


def test_the_page_and_the_list_say_that_it_is_answered(client, asked):
    assert ANSWERED not in client.get(asked.get_absolute_url()).text
    answer = solved(asked)
    shown = client.get(asked.get_absolute_url()).text
    assert ANSWERED in shown
    assert f'href="{answer.get_absolute_url()}">Go to the solution' in shown
    assert ANSWERED in client.get(board().get_absolute_url()).text


def test_the_button_is_there_for_who_may_press_it(client, asked):
    answer = post_reply(asked)
    button = f'name="post" value="{answer.pk}"'
    for user, is_there in [(asked.author, True), (ModeratorFactory(), True), (known_member(), False)]:
        client.force_login(user)
        assert (button in client.get(asked.get_absolute_url()).text) is is_there


def test_the_button_marks_and_unmarks(client, asked):
    answer = post_reply(asked)
    client.force_login(asked.author)
    reply = client.post(address(asked), {"post": answer.pk})
    assert reply.url == f"{asked.get_absolute_url()}#{answer.anchor}"
    asked.refresh_from_db()
    assert asked.solution == answer
    client.post(address(asked), {"post": ""})
    asked.refresh_from_db()
    assert asked.solution is None


def test_others_who_send_the_form_are_refused(client, asked):
    answer = post_reply(asked)
    client.force_login(answer.author)
    assert client.post(address(asked), {"post": answer.pk}).status_code == 403


@pytest.mark.parametrize("wrong", ["x", "-1", "9" * 30, "١٢", "\0"])
def test_a_post_that_is_none_is_not_found(client, asked, wrong):
    client.force_login(asked.author)
    assert client.post(address(asked), {"post": wrong}).status_code == 404


def test_whether_there_is_a_reply_elsewhere_is_not_told(client, asked):
    client.force_login(asked.author)
    elsewhere, waiting = post_reply(post_topic().topic), post_reply(asked, by=UserFactory())
    for number in (elsewhere.pk, waiting.pk, 999_999):
        answer = client.post(address(asked), {"post": number}, follow=True)
        assert answer.redirect_chain == [(asked.get_absolute_url(), 302)]
        assert "Only a public reply of this topic" in answer.text


def test_a_title_is_never_taken_for_another_page(client):
    topic = post_topic(title="Solution?").topic
    assert client.get(topic.get_absolute_url()).status_code == 200
