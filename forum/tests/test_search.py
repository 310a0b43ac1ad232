"""Search in topics and posts: what is found, by whom, and never what is not public."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from forum import services
from forum.models import Board, PostText
from forum.search import PostMatches, writing
from forum.tests.things import approve, board, known_member, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def found(text: str, user=None) -> list[int]:
    boards = Board.objects.visible_to(user) if user else Board.objects.public()
    return PostMatches(text, boards.values_list("pk", flat=True)).best_first()


def said(body: str, **more):
    return post_reply(more.pop("topic", None) or post_topic().topic, body=body, **more)


WORDS = {
    "english ending": ("Licences for quokkas end in May.", "quokka licence"),
    "french accents": ("La télésanté est zéro-rated.", "telesante"),
    "arabic article": ("خدمات الاتصالات في الطوارئ", "اتصالات"),
    "chinese": ("疫情期间的频谱管理", "频谱"),
    "russian": ("Временные лицензии операторов", "лицензия"),
    "spanish": ("Medidas extraordinarias de espectro", "medida"),
    "phrase": ("We asked for a handover plan.", '"handover plan"'),
    "without": ("We asked for a handover plan.", "handover -spectrum"),
}


@pytest.mark.parametrize("case", WORDS)
def test_a_post_is_found_by_its_words_in_any_language(case):
    text, asked = WORDS[case]
    post = said(text)
    assert found(asked) == [post.pk]


def test_words_of_the_title_come_before_words_of_a_text():
    later = said("A quokka, a quokka, and again a quokka.")
    titled = post_topic(title="Quokka licences")
    post_reply(titled.topic, body="Nothing of that kind.")
    assert found("quokka") == [titled.pk, later.pk]


def test_a_typing_error_is_forgiven_as_in_the_list_of_initiatives(client):
    from initiatives.models import SearchWord

    SearchWord.objects.create(word="quarantine", folded="quarantine", uses=9, seen_at="2026-01-01T00:00Z")
    post = said("A quarantine of base stations.")
    assert found("quarentine") == [post.pk]


def hidden(post):
    transition(post, "hide", by=ModeratorFactory(), public_reason="Rude.")


GONE = {
    "hidden": hidden,
    "spam": lambda post: transition(post, "mark_as_spam", by=ModeratorFactory()),
    "deleted": lambda post: services.delete_post(post, by=post.author),
    "topic hidden": lambda post: hidden(post.topic),
    "edited": lambda post: services.edit_post(post, by=post.author, body="Other words", revision=1),
    "board private": lambda post: services.move(post.topic, private_board(), by=ModeratorFactory()),
    "status written past services": lambda post: type(post).objects.filter(pk=post.pk).update(status="rejected"),
}


@pytest.mark.parametrize("case", GONE)
def test_what_is_not_public_any_more_is_not_found(case, client):
    post = said("A quokka in the spectrum.")
    assert found("quokka") == [post.pk]
    GONE[case](post)
    assert found("quokka") == []
    assert b"in the spectrum" not in client.get(reverse("forum:search"), {"q": "quokka"}).content


def test_what_waits_is_found_when_it_is_approved():
    post = said("A quokka in the spectrum.", by=UserFactory())
    assert post.is_waiting and found("quokka") == [] and not PostText.objects.filter(pk=post.pk).exists()
    approve(post)
    assert found("quokka") == [post.pk]


def test_what_is_restored_is_found_again():
    post = said("A quokka in the spectrum.")
    hidden(post.topic)
    transition(post.topic, "restore", by=ModeratorFactory())
    hidden(post)
    transition(post, "restore", by=ModeratorFactory())
    assert found("quokka") == [post.pk]


def test_a_private_board_is_searched_by_its_members_alone(client):
    member = known_member()
    post = post_topic(by=member, on=private_board(member), body="A quokka among us.")
    for user, seen in ((member, [post.pk]), (ModeratorFactory(), [post.pk]), (UserFactory(), []), (None, [])):
        assert found("quokka", user) == seen
    address = reverse("forum:search") + "?q=quokka&board=group"
    assert b"among us" not in client.get(address).content
    client.force_login(member)
    assert b"among us" in client.get(address).content


def test_merged_and_split_posts_are_found_with_the_title_that_they_have():
    first, second = post_topic(title="Quokka licences"), post_topic()
    reply = said("Something about wombats.", topic=first.topic)
    services.merge(first.topic, second.topic, by=ModeratorFactory())
    assert found("quokka") == [] and found("wombats") == [reply.pk]
    reply.refresh_from_db()
    services.split(reply.topic, [reply], title="Platypus or not", by=ModeratorFactory())
    assert found("platypus") == [reply.pk]


def test_the_page_narrows_to_a_board_marks_words_and_escapes(client):
    here = post_topic(on=board("ask-your-peers"), body="A <b>quokka</b> & <script>alert(1)</script> plan")
    post_topic(body="Another quokka.")
    html = client.get(reverse("forum:search"), {"q": "Quokka", "board": "ask-your-peers"}).content.decode()
    assert html.count("topic-line") == 1 and here.get_absolute_url() in html
    assert "<mark>quokka</mark>" in html and "<script>alert" not in html


def test_pages_of_what_is_found(client, monkeypatch):
    monkeypatch.setattr("forum.searching.PER_PAGE", 2)
    topic = post_topic().topic
    posts = [said(f"Quokka {number}", topic=topic) for number in range(3)]
    first = client.get(reverse("forum:search"), {"q": "quokka"}).content.decode()
    last = client.get(reverse("forum:search"), {"q": "quokka", "page": "99"}).content.decode()
    seen = [[post.pk for post in posts if post.get_absolute_url() in html] for html in (first, last)]
    assert sorted(sum(seen, [])) == sorted(post.pk for post in posts) and len(seen[0]) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_with_more_found(client, count, django_assert_num_queries):
    for number in range(count):
        said(f"Quokka {number} in the spectrum.")
    with django_assert_num_queries(7):
        client.get(reverse("forum:search"), {"q": "quokka"})


def test_words_that_are_everywhere_are_found_by_walking_back_in_time(monkeypatch):
    posts = [said(f"Quokka {number}") for number in range(4)]
    monkeypatch.setattr("forum.search.matching.COMMON", 2)
    monkeypatch.setattr("forum.search.matching.RANKED", 3)
    assert sorted(found("quokka")) == sorted(post.pk for post in posts[1:])
    spectrum = [board("spectrum").pk]
    assert len(PostMatches("quokka", spectrum).best_first()) == 3


@pytest.mark.parametrize("boards", [[], ["announcements"]])
def test_words_that_most_newest_posts_have_are_not_looked_for_among_all(monkeypatch, django_assert_num_queries, boards):
    posts = [said(f"Quokka {number}") for number in range(4)]
    numbers = [board(slug).pk for slug in ("spectrum", *boards)]
    for name, value in (("SAMPLE", 2), ("RANKED", 3)):
        monkeypatch.setattr(f"forum.search.matching.{name}", value)
    with django_assert_num_queries(3) as asked:  # what the words are, the newest, and a walk
        looked_for = list(PostMatches("quokka", numbers).found.ids)
    assert looked_for == [post.pk for post in reversed(posts[1:])]
    assert not any("forum_matching" in query["sql"] for query in asked)


def test_what_only_the_newest_posts_speak_of_is_found_among_all(monkeypatch):
    posts = [said("Quokka in the morning"), *(said("Spectrum") for _number in range(3)), said("Quokka at night")]
    for name, value in (("SAMPLE", 1), ("RANKED", 3), ("WALKED", 2)):
        monkeypatch.setattr(f"forum.search.matching.{name}", value)
    assert sorted(found("quokka")) == [posts[0].pk, posts[-1].pk]


@pytest.mark.parametrize("text", ["\x00", "'", "&|!", '"', "x" * 5000, "(((", "-", "  ", "<->", ":*A"])
def test_nothing_that_is_typed_is_an_error(client, text):
    assert client.get(reverse("forum:search"), {"q": text, "page": text, "board": text}).status_code == 200


def test_texts_can_be_written_anew(capsys):
    post = said("A quokka in the spectrum.")
    PostText.objects.all().delete()
    call_command("refresh_forum_search")
    assert found("quokka") == [post.pk]


PLANS = {
    "forum_matching": ("SELECT post_id FROM forum_posttext WHERE vector @@ 'x'::tsquery LIMIT 9", "post_text_vector"),
    "forum_newest_of_board": (
        "SELECT post_id FROM forum_posttext WHERE vector @@ 'x'::tsquery AND board_id = 1"
        " ORDER BY published_at DESC, post_id DESC LIMIT 9",
        "post_text_of_board",
    ),
    "forum_newest": (
        "SELECT post_id FROM forum_posttext WHERE vector @@ 'x'::tsquery AND board_id = ANY('{1,2}')"
        " ORDER BY published_at DESC, post_id DESC LIMIT 9",
        "post_text_newest",
    ),
}


@pytest.mark.parametrize("name", PLANS)
def test_each_way_to_search_keeps_to_its_index(name):
    sql, index = PLANS[name]
    with transaction.atomic(), connection.cursor() as cursor:
        # In a table of no rows, what other tests left in the indexes would decide between them.
        cursor.execute(
            "INSERT INTO forum_posttext (post_id, board_id, published_at, vector)"
            " SELECT -i, i % 30, now() - make_interval(secs => i), '' FROM generate_series(1, 3000) i"
        )
        cursor.execute("ANALYZE forum_posttext")
        cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = %s", [name])
        for setting in cursor.fetchone()[0]:
            cursor.execute(f"SET LOCAL {setting}")
        cursor.execute(f"EXPLAIN {sql}")
        assert index in "\n".join(line for (line,) in cursor)
        transaction.set_rollback(True)


def test_posts_that_are_older_than_search_are_found_after_a_while():
    post, other = said("A quokka."), said("Another quokka.")
    PostText.objects.all().delete()
    assert found("quokka") == []
    assert writing.write_missing(most=2) == 2
    assert writing.write_missing() == PostText.objects.count() - 2
    assert sorted(found("quokka")) == [post.pk, other.pk]
    assert writing.write_missing() == 0
