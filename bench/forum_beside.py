"""What stands beside the topics and posts of bench/forum_rows.py, for bench/explain_forum.py: as many rows of each."""

from django.db import connection

# Each tenth topic is about an initiative, and most people have never said anything. What waits is no post of the long
# topic; the newest notices are due.
FILL = """
SELECT setseed(0.42);
UPDATE forum_topic SET initiative_id = (SELECT min(id) FROM initiatives_initiative)
    + floor(random() ^ 2 * %(initiatives)s)::int WHERE id %% 10 = 0;
UPDATE forum_topic SET solution_id = last_post_id WHERE id %% 4 = 0;
UPDATE forum_post SET status = 'waiting', number = NULL, published_at = NULL
    WHERE id %% 300 = 0 AND NOT is_first AND topic_id > (SELECT min(id) FROM forum_topic);
UPDATE forum_post SET flagged_at = created_at WHERE id %% 400 = 1 AND status = 'public';
DELETE FROM forum_posttext USING forum_post WHERE post_id = forum_post.id AND status <> 'public';
INSERT INTO accounts_user (
    password, is_superuser, email, name, handle, language, is_staff, is_active, is_system, date_joined
)
SELECT '!', false, 'quiet' || i || '@example.org', 'Quiet ' || i, 'quiet' || i, 'en', false, true, false, now()
FROM generate_series(1, %(rows)s) i;
INSERT INTO forum_flag (post_id, revision, by_id, reason, note, made_at, settled_at)
SELECT id, 1, author_id + 1, 'other', '', now(), CASE WHEN flagged_at IS NULL THEN now() END
FROM forum_post WHERE id %% 5 = 1 AND author_id < (SELECT min(id) FROM accounts_user) + 1999;
INSERT INTO forum_mention (post_id, user_id, made_at)
SELECT id, (SELECT min(id) FROM accounts_user) + floor(random() * 2000)::int, now() FROM forum_post WHERE id %% 5 = 2;
INSERT INTO forum_follow (user_id, topic_id, board_id, is_on, made_at)
SELECT author_id, id, NULL, true, created_at FROM forum_topic
UNION ALL
SELECT one.id, NULL, board.id, true, now() - interval '1 year' FROM accounts_user one, forum_board board
WHERE one.id %% 7 = board.id %% 7 AND one.id < (SELECT min(id) FROM accounts_user) + 20000;
INSERT INTO forum_notice (user_id, post_id, reason, made_at, due_at, settled_at)
SELECT (SELECT min(id) FROM accounts_user) + (id * 7) %% 2000, id, 'board', published_at,
    now() + interval '1 hour' - make_interval(mins => (id %% 97)::int),
    CASE WHEN id %% 50 > 0 THEN now() - make_interval(hours => (id %% 600)::int) END
FROM forum_post WHERE id %% 3 = 0 AND status = 'public';
INSERT INTO forum_readmark (user_id, topic_id, number)
SELECT DISTINCT (SELECT min(id) FROM accounts_user) + (id * 11 + part) %% 2000, id, 3
FROM forum_topic, generate_series(1, 2) part;
INSERT INTO forum_draft (user_id, topic_id, board_id, key, title, language, body, revision, saved_at)
SELECT author_id, id, NULL, gen_random_uuid(), '', '', 'body', 1, now() - make_interval(hours => (id %% 4000)::int)
FROM forum_topic;
INSERT INTO forum_picture (key, user_id, post_id, file, kind, size, made_at)
SELECT gen_random_uuid(), author_id, CASE WHEN id %% 1000 > 0 THEN id END, 'forum/none.png', 'png', 10, created_at
FROM forum_post WHERE id %% 6 = 0;
"""
TABLES = ("forum_topic", "forum_post")


def fill(initiatives: int, rows: int) -> None:
    """Write flags, mentions, follows, notices, marks, drafts and pictures; `rows` people who have said nothing."""
    with connection.cursor() as cursor:
        for table in TABLES:  # which keep counts and states row by row
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(FILL, {"initiatives": initiatives, "rows": rows})
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
