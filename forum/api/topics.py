"""The topics that everybody may read: a list by activity, and each with its posts."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.api.pages import Page, envelope
from common.api.parameters import NUMBER_MAX, Parameter, codes_of, limit_of, limit_parameter, whole_number
from common.api.problems import Fault, Problem
from common.api.shapes import part
from forum.api import records
from forum.api.fresh import ForumView
from forum.listing import Place
from forum.models import Board, Post, Topic
from forum.people import add_voices
from forum.querysets import TopicQuerySet
from forum.vocabulary import PostStatus, TopicStatus
from initiatives.models import Initiative
from initiatives.vocabulary import ContentLanguage

REFERENCE = re.compile("^INI-[0-9]{4}-[0-9]{6,9}$")
ANSWERS = ("true", "false")
CODE = {"type": "string", "minLength": 1, "maxLength": 40}


class TopicListView(ForumView):
    name = "listTopics"
    summary = gettext_lazy("Topics of the forum")
    about = gettext_lazy(
        "Those in which something was said last come first, whether pinned or not. Follow “next”: no topic is met "
        "twice; one in which something is said meanwhile is found at the beginning again."
    )
    parameters = (
        Parameter("board", CODE, gettext_lazy("Code of the board; see /boards/."), many=True),
        Parameter(
            "language", {"type": "string", "enum": ContentLanguage.values}, gettext_lazy("Its language."), "en", True
        ),
        Parameter(
            "initiative", {"type": "string", "pattern": REFERENCE.pattern}, gettext_lazy("About this initiative.")
        ),
        Parameter("solved", {"type": "string", "enum": list(ANSWERS)}, gettext_lazy("Whether a reply solved it.")),
        limit_parameter(),
        Parameter("after", CODE, gettext_lazy("From “next” of an answer, with the same other parameters.")),
    )
    shape = part("TopicPage")

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> dict[str, Any]:
        size, place = limit_of(request.GET, faults), place_of(request.GET, faults)
        boards = {board.slug: board for board in Board.objects.public()}
        chosen = [boards[slug] for slug in codes_of(request.GET, "board", boards, faults)] or list(boards.values())
        filters = filters_of(request.GET, faults)
        self.refuse(faults)
        found = Topic.objects.listed().filter(board__in=chosen)
        if filters:
            found = chosen_of(found, filters)
        # Boards know how many topics they have.
        count = found.count() if filters else sum(board.topic_count for board in chosen)
        rows = list(records.topics(found.filter(place.earlier()) if place else found)[: size + 1])
        here = rows[:size]
        add_voices(topic.author for topic in here)
        items = [records.topic(row) for row in here]
        onwards = str(Place.of(here[-1]).unpinned()) if len(rows) > size else ""
        return envelope(request, Page(count, items, onwards))


def place_of(asked: QueryDict, faults: list[Fault]) -> Place | None:
    """Return the place after which to go on; none where it is missing, or is no place, which is a fault."""
    text = asked.get("after", "").strip()
    place = Place.parse(text)
    if text and (place is None or place.is_pinned):
        faults.append(Fault("after", _("It is no place of this list. Begin again without it."), text))
    return place


def filters_of(asked: QueryDict, faults: list[Fault]) -> dict[str, Any]:
    """Return what the parameters ask of topics, by the name of the parameter."""
    languages = codes_of(asked, "language", ContentLanguage.values, faults)
    solved = codes_of(asked, "solved", ANSWERS, faults)
    about = asked.get("initiative", "").strip()
    if about and not is_known(about):
        faults.append(Fault("initiative", _("There is no initiative with this reference."), about))
    said = {"language": languages, "solved": solved[:1], "initiative": about}
    return {name: value for name, value in said.items() if value}


def is_known(reference: str) -> bool:
    """Whether everybody may know of the initiative. At most one query."""
    if not REFERENCE.fullmatch(reference):
        return False
    return Initiative.objects.filter(reference=reference).exclude(status=Initiative.Status.REMOVED).exists()


def chosen_of(found: TopicQuerySet, filters: Mapping[str, Any]) -> TopicQuerySet:
    if languages := filters.get("language"):
        found = found.filter(language__in=languages)
    if solved := filters.get("solved"):
        found = found.filter(solution__isnull=solved == ["false"])
    return found.filter(initiative__reference=filters["initiative"]) if "initiative" in filters else found


class TopicDetailView(ForumView):
    name = "getTopic"
    summary = gettext_lazy("One topic, with its posts")
    about = gettext_lazy(
        "The posts in the order in which they became public, which is that of their numbers; numbers may be missing. A "
        "topic that was merged leads to the one that took it in. “html” is safe, and its addresses within the portal "
        "begin with a slash."
    )
    parameters = (
        Parameter(
            "id", {"type": "integer", "minimum": 1, "maximum": NUMBER_MAX}, gettext_lazy("Its number."), 1, place="path"
        ),
        limit_parameter(),
        Parameter(
            "after",
            {"type": "integer", "minimum": 1, "maximum": NUMBER_MAX},
            gettext_lazy("From “next” of an answer: posts with larger numbers."),
        ),
    )
    shape = part("TopicInFull")
    problems = ("not-found",)

    def read(self, request: HttpRequest, faults: list[Fault], *, id: int, **kwargs: Any) -> dict[str, Any]:
        size = limit_of(request.GET, faults)
        after = whole_number(request.GET, "after", faults, least=1, most=NUMBER_MAX, default=0)
        self.refuse(faults)
        topic = topic_of(id)
        posts = Post.objects.filter(topic=topic, status=PostStatus.PUBLIC, number__gt=after)
        rows = list(records.posts(posts)[: size + 1])
        here = rows[:size]
        add_voices((topic.author, *(post.author for post in here)))
        onwards = str(here[-1].number) if len(rows) > size else ""
        items = [records.post(row, topic) for row in here]
        return envelope(request, Page(topic.post_count, items, onwards), **records.topic(topic))


def topic_of(pk: int) -> Topic:
    """Return the public topic with the number, or the one that it was merged into; else raise the problem."""
    topic = records.topics(Topic.objects.public()).filter(pk=pk).first()
    if topic is not None:
        return topic
    merged = Topic.objects.filter(pk=pk, status=TopicStatus.MERGED).values_list("merged_into", flat=True).first()
    if merged is None:
        raise Problem("not-found", _("There is no topic with this number that everybody may read."))
    return topic_of(merged)
