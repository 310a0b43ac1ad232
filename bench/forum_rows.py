"""The topics of bench/forum.py, straight into the tables: spread over the boards, with real texts."""

from collections.abc import Mapping

from django.db import connection, models, transaction
from search_rows import Record

from accounts.models import Membership, Organisation, User
from countries.services import load_countries
from forum.models import Board, Member, Post, PostText, Topic
from forum.rendering import render
from forum.search import writing
from forum.services import counters

PEOPLE, ORGANISATIONS, POSTS, LONG = 2_000, 500, 6, 5_000  # posts of each topic, and of the first one
BODY = 600  # characters
TABLES = tuple(model._meta.db_table for model in (Topic, Post, Board))

_TEXTS = "CREATE TEMP TABLE bench_texts (n int PRIMARY KEY, language text, title text, body text, html text)"
_TOPICS = """
    FROM generate_series(1, {topics}) i JOIN bench_texts ON n = 1 + (i - 1) % {texts},
        (SELECT array_agg(id ORDER BY id) AS ids FROM forum_board) boards ORDER BY i
"""
_POSTS = """
    FROM forum_topic topic, generate_series(1, topic.last_number) place
        JOIN LATERAL (SELECT 1 + (topic.id * 7 + place) % {texts} AS wanted) one ON true JOIN bench_texts ON n = wanted
    ORDER BY topic.id, place
"""
_LAST = """
    UPDATE forum_topic SET last_post_id = post.id, active_at = post.published_at FROM forum_post post
    WHERE post.topic_id = forum_topic.id AND post.number = forum_topic.last_number
"""

_COPIES = """
    INSERT INTO forum_posttext (post_id, board_id, published_at, vector)
    SELECT post.id, topic.board_id, post.published_at, known.vector FROM forum_post post
    JOIN forum_topic topic ON topic.id = post.topic_id
    JOIN forum_post first ON first.body = post.body JOIN forum_posttext known ON known.post_id = first.id
    ON CONFLICT DO NOTHING
"""


def fill(topics: int, records: list[Record]) -> None:
    """Make so many topics with five replies each, the first of them with 5,000 posts."""
    load_countries()
    _people()
    texts = min(len(records), topics)
    with connection.cursor() as cursor:
        for table in TABLES:  # which keep counts and states row by row: they are made at the end
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(_TEXTS)
        rows = [(n, one.language, one.title[:140] or "–", _body(one)) for n, one in enumerate(records[:texts], 1)]
        values = [(*row, render(row[3])) for row in rows]
        cursor.executemany("INSERT INTO bench_texts VALUES (%s, %s, %s, %s, %s)", values)
        _insert(Topic, TOPIC, _TOPICS.format(topics=topics, texts=texts))
        _insert(Post, POST, _POSTS.format(texts=texts))
        cursor.execute(_LAST)
    _texts_for_search()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for board in Board.objects.all():
        with transaction.atomic():
            counters.recount_board(board.pk)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


TOPIC = {
    "id": "i",
    "board_id": "boards.ids[1 + i % array_length(boards.ids, 1)]",
    "title": "title",
    "slug": "'topic'",
    "language": "language",
    "author_id": "(SELECT min(id) FROM accounts_user) + i % 2000",
    "created_at": "now() - make_interval(mins => i)",
    "opened_at": "now() - make_interval(mins => i)",
    "active_at": "now()",
    "last_number": f"CASE i WHEN 1 THEN {LONG} ELSE {POSTS} END",
    "post_count": f"CASE i WHEN 1 THEN {LONG} ELSE {POSTS} END",
}
POST = {
    "topic_id": "topic.id",
    "author_id": "(SELECT min(id) FROM accounts_user) + (topic.id + place * 13) % 2000",
    "number": "place",
    "is_first": "place = 1",
    "body": "body",
    "html": "html",
    "key": "gen_random_uuid()",
    "status": "'public'",
    "created_at": "topic.opened_at + make_interval(secs => place)",
    "published_at": "topic.opened_at + make_interval(secs => place)",
}


def _texts_for_search() -> None:
    """Write the texts of the first posts as the forum does; others that say the same get copies of theirs."""
    indexes = [one for one in PostText._meta.indexes if one.name == "post_text_vector"]
    with connection.schema_editor() as editor:  # quicker to build than to keep
        for index in indexes:
            editor.remove_index(PostText, index)
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id) FROM (SELECT DISTINCT ON (body) id FROM forum_post ORDER BY body, id) one")
        (numbers,) = cursor.fetchone()
    for start in range(0, len(numbers), writing.BATCH):
        writing.write(numbers[start : start + writing.BATCH])
    with connection.cursor() as cursor:
        cursor.execute(_COPIES)
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(PostText, index)


def _body(record: Record) -> str:
    text = f"{record.summary}\n\n{record.description}".strip()[:BODY]
    return text[: text.rfind(" ")] if len(text) == BODY and " " in text else text


def _insert(model: type[models.Model], columns: Mapping[str, str], source: str) -> None:
    """Insert rows of these expressions, and of the model's defaults, or the table's, for all other columns."""
    fields = [field for field in model._meta.concrete_fields if not field.has_db_default()]
    others = {field.column: field.get_db_prep_save(field.get_default(), connection) for field in fields}
    others = {name: value for name, value in others.items() if name not in columns and name != "id"}
    names = ", ".join([*columns, *others])
    marks = ", ".join([*(one.replace("%", "%%") for one in columns.values()), *["%s"] * len(others)])
    sql = f"INSERT INTO {model._meta.db_table} ({names}) SELECT {marks} {source.replace('%', '%%')}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, list(others.values()))


def _people() -> None:
    people = User.objects.bulk_create(
        User(email=f"person{n}@example.org", name=f"Person {n}", handle=f"person{n}") for n in range(PEOPLE)
    )
    Member.objects.bulk_create(Member(user=user, approved_count=50) for user in people)
    owners = Organisation.objects.bulk_create(
        Organisation(name=f"Authority {n}", stakeholder_type="regulator", country_id="FR") for n in range(ORGANISATIONS)
    )
    Membership.objects.bulk_create(
        Membership(
            user=user,
            organisation=owners[n % ORGANISATIONS],
            status="confirmed",
            confirmed_at=user.date_joined,
            confirmed_by=user,
        )
        for n, user in enumerate(people)
    )
