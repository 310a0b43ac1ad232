"""What names the state of the forum's pages, for `cacheable`: numbers that triggers raise when anything shown changes.

A topic's is raised under the lock of its row, and its board's after it, so that both are in the order of commits. Names
of people, their organisations and initiatives are in the log of changes, which names every page. What is not there for
everybody has no state: hidden, private and missing are the same.
"""

from initiatives.freshness import Further

_FORUM = "SELECT string_agg(concat_ws(' ', id, edition), ',' ORDER BY id) FROM forum_board WHERE NOT is_private"
_BOARD = "SELECT concat_ws(' ', id, edition) FROM forum_board WHERE slug = %s AND NOT is_private"
# With what the page says of where the topic was split off, which changes without it. Few were: joined for all, it would
# double what this takes to plan.
_TOPIC = """SELECT concat_ws(' ', topic.edition, board.id, board.kind, board.code, board.name, (
        SELECT concat_ws(' ', there.id, there.is_private, origin.status, origin.opened_at IS NULL, origin.slug,
            origin.title)
        FROM forum_topic origin JOIN forum_board there ON there.id = origin.board_id
        WHERE origin.id = topic.split_from_id))
    FROM forum_topic topic JOIN forum_board board ON board.id = topic.board_id
    WHERE topic.id = %s AND topic.opened_at IS NOT NULL AND topic.status IN ('open', 'locked')
    AND NOT board.is_private"""

# The texts that it had as well: one that is removed goes at once.
_HISTORY = """SELECT concat_ws(' ', topic.id, topic.edition, board.id, board.kind, board.code, board.name,
        post.revision, (SELECT count(*) FROM forum_postrevision WHERE post_id = post.id AND removed_at IS NULL))
    FROM forum_post post JOIN forum_topic topic ON topic.id = post.topic_id
    JOIN forum_board board ON board.id = topic.board_id
    WHERE post.id = %s AND post.status = 'public' AND topic.opened_at IS NOT NULL
    AND topic.status IN ('open', 'locked') AND NOT board.is_private"""


def forum(**kwargs) -> Further:
    """The state of everything that everybody may read."""
    return Further(_FORUM)


def board(slug: str, **kwargs) -> Further:
    return Further(_BOARD, (slug.replace("\x00", ""),))


def topic(pk: int, **kwargs) -> Further:
    return Further(_TOPIC, (min(pk, 2**63 - 1),))


def history(pk: int, **kwargs) -> Further:
    return Further(_HISTORY, (min(pk, 2**63 - 1),))
