"""Writes of the forum, as verbs."""

from forum.services.flagging import flag
from forum.services.following import choose_mail, follow
from forum.services.marking import read, read_all
from forum.services.ordering import merge, move, split
from forum.services.removing import remove_text
from forum.services.solving import mark_solution
from forum.services.titling import rename
from forum.services.writing import begin_topic, delete_post, edit_post, reply

__all__ = [
    "begin_topic",
    "choose_mail",
    "delete_post",
    "edit_post",
    "flag",
    "follow",
    "mark_solution",
    "merge",
    "move",
    "read",
    "read_all",
    "remove_text",
    "rename",
    "reply",
    "split",
]
