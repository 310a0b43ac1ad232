"""Boards, topics, posts, and what the forum keeps about members."""

from forum.models.board import Board
from forum.models.flag import Flag
from forum.models.member import Member
from forum.models.mention import Mention
from forum.models.post import Post, PostRevision
from forum.models.topic import Topic
from forum.models.watchword import Watchword

__all__ = ["Board", "Flag", "Member", "Mention", "Post", "PostRevision", "Topic", "Watchword"]
