"""Writes of the forum, as verbs."""

from forum.services.writing import begin_topic, delete_post, edit_post, reply

__all__ = ["begin_topic", "delete_post", "edit_post", "reply"]
