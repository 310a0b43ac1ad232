"""Answers made of what everybody may read in the forum, and of names that stand beside it."""

from forum import freshness
from initiatives.api.fresh import PublicView
from initiatives.freshness import Further

GROUP = "Forum"


class ForumView(PublicView):
    """A view of the forum. Its tag is of all public boards, since a topic may have been merged into another one."""

    group = GROUP

    def further(self) -> Further:
        return freshness.forum()
