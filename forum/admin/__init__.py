"""The forum in the admin: boards, watched words, and the decisions on posts and topics."""

from forum.admin.boards import BoardAdmin, WatchwordAdmin
from forum.admin.members import MemberAdmin
from forum.admin.posts import PostAdmin
from forum.admin.topics import TopicAdmin

__all__ = ["BoardAdmin", "MemberAdmin", "PostAdmin", "TopicAdmin", "WatchwordAdmin"]
