"""Boards, topics, posts, and what the forum keeps about members."""

from forum.models.board import Board
from forum.models.draft import Draft
from forum.models.flag import Flag
from forum.models.follow import Follow
from forum.models.marks import BoardMark, ReadMark
from forum.models.member import Member
from forum.models.mention import Mention
from forum.models.notice import MailSettings, Notice
from forum.models.picture import Picture
from forum.models.post import Post, PostRevision
from forum.models.text import PostText
from forum.models.topic import Topic
from forum.models.watchword import Watchword

__all__ = [
    "Board",
    "BoardMark",
    "Draft",
    "Flag",
    "Follow",
    "MailSettings",
    "Member",
    "Mention",
    "Notice",
    "Picture",
    "Post",
    "PostRevision",
    "PostText",
    "ReadMark",
    "Topic",
    "Watchword",
]
