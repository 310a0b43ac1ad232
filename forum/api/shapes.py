"""Shapes of what the API says of the forum."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import StakeholderType
from common.api.shapes import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    INTEGER,
    MOMENT,
    STRING,
    list_of,
    one_of,
    page_of,
    part,
    perhaps,
    said,
    thing,
)
from countries.models import Region
from forum.vocabulary import BoardKind
from initiatives.vocabulary import ContentLanguage, Theme


def person() -> dict[str, Any]:
    organisation = {
        "name": STRING,
        "type": one_of(StakeholderType.values),
        "type_label": STRING,
        "country": said(perhaps(STRING), _("ISO 3166-1 alpha-2; null for international ones.")),
        "verified": said(BOOLEAN, _("Whether it is who it says.")),
    }
    return {
        "name": said(STRING, _("As the person chose it; “former member” for who left.")),
        "handle": said(perhaps(STRING), _("For mentions; null where the person has no page.")),
        "url": perhaps(ADDRESS),
        "organisations": said(list_of(thing(organisation)), _("For which the person speaks now.")),
    }


def board() -> dict[str, Any]:
    return {
        "code": STRING,
        "name": STRING,
        "description": perhaps(STRING),
        "kind": one_of(BoardKind.values),
        "theme": perhaps(one_of(Theme.values)),
        "region": perhaps(one_of(Region.values)),
        "closed": said(BOOLEAN, _("Whether it takes no new topics.")),
        "topics": COUNT,
        "posts": COUNT,
        "url": ADDRESS,
        "topics_url": ADDRESS,
    }


def topic() -> dict[str, Any]:
    return {
        "id": INTEGER,
        "title": STRING,
        "language": one_of(ContentLanguage.values),
        "board": said(STRING, _("Code of the board.")),
        "initiative": said(perhaps(STRING), _("Reference of the initiative that it is about.")),
        "author": part("Person"),
        "posts": said(COUNT, _("How many can be read, the first one among them.")),
        "pinned": BOOLEAN,
        "locked": said(BOOLEAN, _("Whether it takes no more replies.")),
        "solution": said(perhaps(INTEGER), _("Number of the post that solved it (“id”).")),
        "opened_at": MOMENT,
        "last_post_at": MOMENT,
        "url": said(ADDRESS, _("Its page, for people.")),
        "api_url": said(ADDRESS, _("Its address here, with the posts.")),
    }


def post() -> dict[str, Any]:
    return {
        "id": INTEGER,
        "number": said(INTEGER, _("In the topic; it changes where the post is moved to another one.")),
        "author": part("Person"),
        "reply_to": said(perhaps(INTEGER), _("The post that it answers (“id”).")),
        "solution": said(BOOLEAN, _("Whether it solved the topic.")),
        "published_at": MOMENT,
        "edited_at": perhaps(MOMENT),
        "markdown": said(STRING, _("As it was written.")),
        "html": said(STRING, _("As the portal shows it: safe, with addresses within the portal from its root.")),
        "url": said(ADDRESS, _("Finds the post wherever it is moved.")),
    }


def components() -> dict[str, Any]:
    """Return the shapes by the name under which the document has them."""
    return {
        "Person": thing(person()),
        "Board": thing(board()),
        "BoardPage": page_of("Board"),
        "Topic": thing(topic()),
        "TopicPage": page_of("Topic"),
        "Post": thing(post()),
        "TopicInFull": page_of("Post", topic()),
    }
