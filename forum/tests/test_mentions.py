"""Whom a post names by @handle, and where the name leads."""

import pytest

from accounts.leaving import leave
from accounts.models import User
from forum import services
from forum.mentions import MENTIONS_MAX, mentioned, people_named
from forum.models import Mention
from forum.rendering import render
from forum.tests.things import known_member, post_topic, private_board, speaker
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@amina-diallo, see this", ["amina-diallo"]),
        ("(@Amina) and @ben: both. @amina!", ["amina", "ben"]),
        ("请@amina看", ["amina"]),
        ("**@amina**\n\n> @ben\n\n- @carla", ["amina", "carla"]),
        ("me@amina.example, https://a.example/@amina, @@amina, a.@amina, @am, @-amina, @amina_x", []),
        ("`@amina` [@ben](https://a.example/)\n\n    @carla\n\n```\n@dora\n```", []),
        ("@" + "a" * 31, []),
        ("\\@amina", ["amina"]),
        ("@", []),
    ],
)
def test_mentions_are_found_in_text_and_not_in_code_links_or_addresses(text, handles):
    assert mentioned(text) == handles


def test_a_mention_leads_to_the_member_where_there_is_one():
    html = render("@Amina and @nobody", handles={"amina"})
    link = '<a href="/forum/members/amina/" class="mention" rel="nofollow ugc noopener">@Amina</a>'
    assert html == f"<p>{link} and @nobody</p>\n"


@pytest.mark.parametrize("address", ["/admin/", "/forum/members/a/../../admin/", "/forum/members/amina/?x", "#top"])
def test_no_other_address_within_the_portal_can_be_linked(address):
    assert "href" not in render(f"[x]({address})")


@pytest.mark.django_db
def test_a_post_remembers_whom_it_names():
    amina, ben = speaker("amina"), speaker("ben")
    post = post_topic(body="Ask @amina.")
    assert [mention.user for mention in post.mentions.all()] == [amina]
    services.edit_post(post, by=post.author, body="Ask @ben, @amina and @nobody-at-all.", revision=1)
    assert {mention.user for mention in post.mentions.all()} == {amina, ben}
    services.edit_post(post, by=post.author, body="Ask @ben.", revision=2)
    assert [mention.user for mention in post.mentions.all()] == [ben]
    services.delete_post(post, by=post.author)
    assert not Mention.objects.exists()


@pytest.mark.django_db
def test_on_a_private_board_only_those_are_named_who_read_it():
    member, reader, moderator = known_member(), UserFactory(handle="reader"), ModeratorFactory(handle="moderator")
    UserFactory(handle="stranger")
    post = post_topic(on=private_board(member, reader), by=member, body="@reader, @stranger and @moderator:")
    assert {mention.user for mention in post.mentions.all()} == {reader, moderator}
    assert "/forum/members/reader/" in post.html
    assert "/forum/members/stranger/" not in post.html


@pytest.mark.django_db
def test_who_has_said_nothing_in_public_is_not_given_away():
    inside, hidden = known_member(handle="inside"), post_topic(by=known_member(handle="hidden"))
    post_topic(on=private_board(inside), by=inside)
    post_topic(by=UserFactory(handle="waiting"))
    transition(hidden, "hide", by=ModeratorFactory(), public_reason="Rude.")
    known_member(handle="silent")
    post = post_topic(body="@inside, @hidden, @waiting, @silent and @nobody")
    assert not post.mentions.exists() and "/forum/members/" not in post.html


@pytest.mark.django_db
def test_nobody_names_the_whole_world():
    for number in range(MENTIONS_MAX + 5):
        speaker(f"one-{number}")
    post = post_topic(body=" ".join(f"@one-{number}" for number in range(MENTIONS_MAX + 5)))
    assert post.mentions.count() == MENTIONS_MAX


@pytest.mark.django_db
def test_machines_and_those_who_have_gone_are_not_named():
    speaker("machine"), speaker("gone")
    User.objects.filter(handle="machine").update(is_system=True)
    User.objects.filter(handle="gone").update(is_active=False)
    assert not post_topic(body="@machine and @gone").mentions.exists()


@pytest.mark.django_db
def test_who_leaves_is_named_no_more():
    amina = speaker("amina")
    assert post_topic(body="Ask @amina.").mentions.exists()
    leave(amina)
    assert not Mention.objects.exists()


@pytest.mark.django_db
def test_a_text_without_mentions_costs_no_query(django_assert_num_queries):
    board = post_topic().topic.board
    with django_assert_num_queries(0):
        assert people_named("Write to me@example.org or `@amina`", board) == {}
    with django_assert_num_queries(2):  # who is called so, and who was
        assert people_named("@nobody", board) == {}


@pytest.mark.django_db
def test_a_former_handle_means_who_had_it(client):
    amina = speaker("amina")
    post = post_topic(body="Ask @amina.")
    for handle in ("amina-d", "amina-diallo"):
        User.objects.filter(pk=amina.pk).update(handle=handle)
    link = '<a href="/forum/members/amina/" class="mention"'
    assert link in post.html and client.get("/forum/members/amina/").url == "/forum/members/amina-diallo/"
    services.edit_post(post, by=post.author, body="Ask @amina, @amina-d and @amina-diallo first.", revision=1)
    assert [mention.user for mention in post.mentions.all()] == [amina]
    assert post.html.count('class="mention"') == 3 and link in post.html
