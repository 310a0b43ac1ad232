"""Topics described for machines in the words of schema.org: only what all may read.

Posts are named where they stand (`forum.said`), as microdata: said once more, as data, they took longer to find than
the page to draw, and longer to send. What stands nowhere on the page is put among them, in elements that nobody sees.
"""

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from common.filling import fill
from forum.models import Topic
from forum.reader import Reader
from forum.reading import TopicPage
from initiatives.described import CONTEXT, absolute, filled, website

_ITEM = '<span itemprop="{}" itemscope itemtype="{}/{}">{}</span>'
_LINK, _META = '<link itemprop="{}" href="{}">', '<meta itemprop="{}" content="{}">'


def topic_data(topic: Topic, page: TopicPage) -> SafeString:
    """Return what is said of a topic on one of its pages beside its posts, within the item that it is. No query."""
    address = absolute(topic.board.get_absolute_url())
    found = {
        "url": absolute(topic.get_absolute_url()),
        "headline": topic.title,
        "inLanguage": topic.language_code,
        **_beginning(topic, page),
        "commentCount": topic.reply_count,
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": f"{CONTEXT}/CommentAction",
            "userInteractionCount": topic.reply_count,
        },
        "publisher": website(),
        "isPartOf": {"@type": "WebPage", "name": topic.board.label, "url": address},
    }
    if topic.about:
        address = absolute(topic.about.get_absolute_url())
        found["about"] = {"@type": "CreativeWork", "name": topic.about.title, "url": address}
    return fill("<div hidden>{}</div>", _elements(found))


def _beginning(topic: Topic, page: TopicPage) -> dict[str, Any]:
    """Return who began the topic and when, unless the post says it; on the first page, that the post was taken away."""
    if any(post.is_first and post.is_public for post in page.posts):
        return {}
    gone = {"creativeWorkStatus": "Deleted"} if page.number == 1 else {}
    has_page = topic.author.is_active and not topic.author.is_system  # neither programs nor those who have left
    address = absolute(Reader.here().member(topic.author.handle)) if has_page else ""
    author = filled({"@type": "Person", "name": topic.author.name, "url": address})
    opened_at = topic.opened_at.isoformat(timespec="seconds") if topic.opened_at else ""
    return {"author": author, "datePublished": opened_at, **gone}


def _elements(said: dict[str, Any]) -> SafeString:
    """Return the values as elements, each by its name; those that are items as such."""
    every = [_element(name, value) for name, value in said.items() if name != "@type"]
    return mark_safe("".join(every))  # noqa: S308 (every element is escaped)


def _element(name: str, value: Any) -> SafeString:
    if isinstance(value, dict):
        return fill(_ITEM, name, CONTEXT, value["@type"], _elements(value))
    is_address = isinstance(value, str) and value.startswith((CONTEXT, settings.SITE_URL))
    return fill(_LINK if is_address else _META, name, value)
