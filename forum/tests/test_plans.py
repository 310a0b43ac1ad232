"""Lists of the forum among 100,000 topics: each is answered by an index, and none scans or sorts a whole table."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from forum import feeds, latest, listing, profile, queue, reading, suggesting, unread
from forum.api.topics import chosen_of
from forum.models import Board, Post, Topic
from forum.search import PostMatches
from forum.tests.things import board, known_member
from forum.views.following import followed_by
from tests.factories import ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Triggers keep counts row by row. The first topic is long; one post in a hundred waits, and one is flagged.
ROWS = """
ALTER TABLE forum_topic DISABLE TRIGGER USER;
ALTER TABLE forum_post DISABLE TRIGGER USER;
INSERT INTO accounts_user (
    password, is_superuser, email, name, handle, language, is_staff, is_active, is_system, date_joined
)
SELECT '!', false, 'quiet' || i || '@example.org', 'Quiet', 'quiet' || i, 'en', false, true, false, now()
FROM generate_series(1, 20000) i;
INSERT INTO forum_member (user_id, status, approved_count, refused_count, hold_problem)
SELECT id, 'active', id %% 10 / 9, 0, '' FROM accounts_user WHERE handle LIKE 'quiet%%';
INSERT INTO forum_topic (
    board_id, title, slug, language, author_id, source, status, is_pinned, created_at, opened_at, active_at,
    last_number, post_count, edition, hold_problem, kept_title
)
SELECT boards.ids[1 + i %% array_length(boards.ids, 1)], 'Title', 'title', (array['en', 'fr'])[1 + i %% 2],
    CASE WHEN i %% 1000 = 0 THEN %(author)s ELSE people.first + i %% 20000 END, '', 'open', i %% 10000 = 1, now(),
    now(), now() - make_interval(mins => i), 1, 1, 0, '', ''
FROM generate_series(1, 100000) i, (SELECT array_agg(id ORDER BY id) AS ids FROM forum_board) boards,
    (SELECT min(id) AS first FROM accounts_user WHERE handle LIKE 'quiet%%') people;
INSERT INTO forum_post (
    topic_id, author_id, number, is_first, body, html, key, source, status, waits, created_at, published_at, flagged_at,
    revision, hold_problem
)
SELECT CASE WHEN i %% 20 = 0 THEN first.id ELSE first.id + i END,
    CASE WHEN i %% 2000 = 0 THEN %(author)s ELSE people.first + i %% 20000 END,
    CASE WHEN i %% 100 > 0 THEN i END, false, '', '', gen_random_uuid(), '',
    CASE WHEN i %% 100 > 0 THEN 'public' ELSE 'waiting' END, '{}', now(),
    CASE WHEN i %% 100 > 0 THEN now() - make_interval(secs => i) END, CASE WHEN i %% 100 = 1 THEN now() END, 1, ''
FROM generate_series(1, 99999) i, (SELECT min(id) AS id FROM forum_topic WHERE title = 'Title') first,
    (SELECT min(id) AS first FROM accounts_user WHERE handle LIKE 'quiet%%') people;
ANALYZE forum_topic, forum_post;
UPDATE forum_topic SET last_post_id = post.id, last_number = post.number FROM (
    SELECT DISTINCT ON (topic_id) topic_id, id, number FROM forum_post WHERE number > 0 ORDER BY topic_id, number DESC
) post WHERE post.topic_id = forum_topic.id;
INSERT INTO forum_posttext (post_id, board_id, published_at, vector)
SELECT post.id, board_id, published_at, '' FROM forum_post post JOIN forum_topic topic ON topic.id = topic_id
WHERE number > 0;
INSERT INTO forum_follow (user_id, topic_id, is_on, made_at)
SELECT people.first + i %% 20000, first.id + i, true, now() FROM generate_series(0, 99999) i,
    (SELECT min(id) AS id FROM forum_topic WHERE title = 'Title') first,
    (SELECT min(id) AS first FROM accounts_user WHERE handle LIKE 'quiet%%') people;
INSERT INTO forum_readmark (user_id, topic_id, number)
SELECT user_id, topic_id, 1 FROM forum_follow WHERE topic_id IS NOT NULL ON CONFLICT DO NOTHING;
ANALYZE;
"""
LARGE = ("forum_topic", "forum_post", "forum_posttext", "forum_follow", "forum_readmark", "accounts_user")


class Plans:
    """Lets queries run, after having asked how."""

    def __init__(self) -> None:
        self.text = ""

    def __call__(self, execute, sql, params, many, context):
        with connection.connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}", params)
            self.text += "".join(f"{line}\n" for (line,) in cursor)
        return execute(sql, params, many, context)


def asked(member: User, moderator: User) -> dict[str, tuple[str, Callable]]:
    """Return by its name what is asked, and the index that must answer it."""
    one, topics = board(), Topic.objects.listed()
    boards = [one.pk, *Board.objects.public().exclude(pk=one.pk).values_list("pk", flat=True)]
    rows = topics.filter(board=one).order_by("-is_pinned", "-active_at", "-pk")
    middle, long = listing.Place.of(rows[2_000]), Topic.objects.filter(title="Title").order_by("pk")[0]
    waiting, flagged = queue.WaitingPosts(), queue.FlaggedPosts()
    return {
        "board": ("topic_by_activity", lambda: listing.page_of(one, {})),
        "after": ("topic_by_activity", lambda: listing.page_of(one, {"after": str(middle)})),
        "before": ("topic_by_activity", lambda: listing.page_of(one, {"before": str(middle)})),
        "last posts of all": ("topic_newest_activity", latest.latest),
        "theme": ("topic_by_activity", lambda: latest.about("theme", "spectrum")),
        "what is new": ("post_number_once_in_topic", lambda: unread.count([*rows[:29], long], member)),
        "first new": ("post_number_once_in_topic", lambda: unread.first_new(long, member)),
        "page of a topic": ("post_number_once_in_topic", lambda: reading.page_of(long, 99, user=member)),
        "last page of a topic": ("post_unseen", lambda: reading.page_of(long, long.pages, user=member)),
        "posts of a member": ("post_of_author", lambda: profile.page_of(member, {}, reader=moderator)),
        "topics of a member": (
            "topic_of_author",
            lambda: profile.page_of(member, {"show": "topics"}, reader=moderator),
        ),
        "handles": ("accounts_user_handle", lambda: suggesting.people("quiet19", one)),
        "feed": ("post_text_newest", feeds.of_forum),
        "feed of a board": ("post_text_of_board", lambda: feeds.of_board(one)),
        "feed of a topic": ("post_number_once_in_topic", lambda: feeds.of_topic(long)),
        "words": ("post_text_newest", lambda: PostMatches("spectrum", boards).best_first()),
        "words on a board": ("post_text_of_board", lambda: PostMatches("spectrum", boards[:1]).best_first()),
        "what one follows": ("forum_follow_user", lambda: followed_by(member)),
        "API, language": ("topic_counted", lambda: chosen_of(topics, {"language": ["fr"]}).filter(board=one).count()),
        "posts that wait": ("post_waiting", lambda: list(waiting.waiting().order_by("created_at", "pk")[:51])),
        "flagged posts": ("post_flagged", lambda: list(flagged.waiting().order_by("flagged_at", "pk")[:51])),
        "what of ones own waits": ("post_unseen", lambda: reading.first_written(reading.waiting_of(member))),
        "on a board": ("post_unseen", lambda: reading.waiting_on(one, member)),
        "posts by status": (
            "post_not_public",
            lambda: list(Post.objects.filter(status="waiting").order_by("-pk")[:50]),
        ),
    }


def test_an_index_answers_every_list_of_the_forum():
    member, moderator = known_member(date_joined=timezone.now() - timedelta(days=400)), ModeratorFactory()
    faults = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROWS, {"author": member.pk})
        for name, (index, work) in asked(member, moderator).items():
            with connection.execute_wrapper(plans := Plans()):
                work()
            scans = [table for table in LARGE if f"Seq Scan on {table} " in plans.text]
            if scans or index not in plans.text:
                faults.append(f"## {name}: {scans} {index}\n{plans.text}")
        transaction.set_rollback(True)
    assert not faults, "\n".join(faults)
