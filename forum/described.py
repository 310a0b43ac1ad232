"""Topics described for machines in the words of schema.org, as `initiatives.described` does: only what all may read."""

from typing import Any

from django.conf import settings

from forum.models import Topic
from forum.reading import TopicPage
from initiatives.described import CONTEXT, absolute, website


def topic_data(topic: Topic, page: TopicPage) -> dict[str, Any]:
    """Return what is said of a topic on one of its pages; nothing of a private board. No query."""
    if topic.board.is_private or topic.opened_at is None:
        return {}
    found = {
        "@context": CONTEXT,
        "@type": "DiscussionForumPosting",
        "@id": absolute(topic.get_absolute_url()),
        "url": settings.SITE_URL + topic.address_of(page.number),
        "headline": topic.title,
        "text": page.beginning,
        "inLanguage": topic.language_code,
        "author": {"@type": "Person", "name": topic.author.name},
        "datePublished": topic.opened_at.isoformat(timespec="seconds"),
        "dateModified": topic.active_at.isoformat(timespec="seconds"),
        "commentCount": topic.reply_count,
        "publisher": website(),
        "isPartOf": {"@type": "WebPage", "name": topic.board.label, "url": absolute(topic.board.get_absolute_url())},
    }
    if topic.about:
        address = absolute(topic.about.get_absolute_url())
        found["about"] = {"@type": "CreativeWork", "name": topic.about.title, "url": address}
    return {name: value for name, value in found.items() if value not in ("", None)}
