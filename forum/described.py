"""Topics described for machines in the words of schema.org, as `initiatives.described` does: only what all may read.

Texts are bounded: whoever wants all of them follows the address. Each stands with its own author.
"""

import datetime
from typing import Any

from django.conf import settings

from accounts.models import User
from forum import excerpts
from forum.models import Topic
from forum.people import Person
from forum.reader import Reader
from forum.reading import ShownPost, TopicPage
from initiatives.described import CONTEXT, absolute, filled, website

TEXT_MAX, COMMENT_MAX = 5_000, 500  # characters of the post that begins the topic, and of one that follows
COMMENT, SOLUTION = "Comment", ["Comment", "Answer"]  # an answer is a comment, of its own type


def topic_data(topic: Topic, page: TopicPage) -> dict[str, Any]:
    """Return what is said of a topic on one of its pages; nothing of a private board. No query.

    Later pages name the posting by its address, and have its comments that stand there.
    """
    if topic.board.is_private or topic.opened_at is None:
        return {}
    reader, here = Reader.here(), settings.SITE_URL + topic.address_of(page.number)
    comments = [post for post in page.posts if post.is_public and not post.is_first]
    found = {
        "@context": CONTEXT,
        "@type": "DiscussionForumPosting",
        "@id": absolute(topic.get_absolute_url()),
        "url": absolute(topic.get_absolute_url()),
        "headline": topic.title,
        "inLanguage": topic.language_code,
        "author": _person(topic.author, reader),
        "datePublished": _moment(topic.opened_at),
        **(_beginning(page) if page.number == 1 else {}),
        "commentCount": topic.reply_count,
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": f"{CONTEXT}/CommentAction",
            "userInteractionCount": topic.reply_count,
        },
        "comment": [_comment(post, topic, here, reader) for post in comments],
        "publisher": website(),
        "isPartOf": {"@type": "WebPage", "name": topic.board.label, "url": absolute(topic.board.get_absolute_url())},
    }
    if topic.about:
        address = absolute(topic.about.get_absolute_url())
        found["about"] = {"@type": "CreativeWork", "name": topic.about.title, "url": address}
    return filled(found)


def _beginning(page: TopicPage) -> dict[str, Any]:
    """Return what the post says that begins the topic, or that its author or a moderator took it away."""
    first = next((post for post in page.posts if post.is_first and post.is_public), None)
    if first is None:
        return {"creativeWorkStatus": "Deleted"}
    return {"text": excerpts.of_html(first.html, TEXT_MAX), "dateModified": _moment(first.edited_at)}


def _comment(post: ShownPost, topic: Topic, here: str, reader: Reader) -> dict[str, Any]:
    comment = {
        "@type": SOLUTION if post.pk == topic.solution_id else COMMENT,
        "url": f"{here}#{post.anchor}",
        "author": _person(post.author, reader),
        "datePublished": _moment(post.published_at),
        "dateModified": _moment(post.edited_at),
        "text": excerpts.of_html(post.html, COMMENT_MAX),
    }
    return filled(comment)


def _person(person: User | Person, reader: Reader) -> dict[str, Any]:
    """Return a name, with the page of whoever has one: neither programs nor those who have left."""
    has_page = person.is_active and not person.is_system
    address = absolute(reader.member(person.handle)) if has_page else ""
    return filled({"@type": "Person", "name": person.name, "url": address})


def _moment(at: datetime.datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
