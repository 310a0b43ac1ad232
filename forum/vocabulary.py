"""The codes of the forum."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoardKind(models.TextChoices):
    PEERS = "peers", _("ask your peers")
    THEME = "theme", _("theme")
    REGION = "region", _("ITU region")
    ANNOUNCEMENTS = "announcements", _("announcements")
    GROUP = "group", _("working group")


# The headings under which boards are listed, in this order.
SHELVES = {
    _("For everybody"): (BoardKind.PEERS, BoardKind.ANNOUNCEMENTS),
    _("Working groups"): (BoardKind.GROUP,),
    _("By theme"): (BoardKind.THEME,),
    _("By region"): (BoardKind.REGION,),
}


class TopicStatus(models.TextChoices):
    OPEN = "open", _("open")
    LOCKED = "locked", _("locked")
    HIDDEN = "hidden", _("hidden")
    MERGED = "merged", _("merged into another one")


class PostStatus(models.TextChoices):
    WAITING = "waiting", _("waiting for a moderator")
    PUBLIC = "public", _("public")
    REJECTED = "rejected", _("rejected")
    SPAM = "spam", _("spam")
    HIDDEN = "hidden", _("hidden")
    DELETED = "deleted", _("deleted by its author")


class Waits(models.TextChoices):
    """Why a post waits for a moderator."""

    NEW_MEMBER = "new_member", _("first posts of a new member")
    LINKS = "links", _("many links")
    NEW_WITH_LINK = "new_with_link", _("a link by a new member")
    WORDS = "words", _("words that staff watch")
    BURST = "burst", _("many posts in a short time")
    REPEATED = "repeated", _("the same text again")
    LURED = "lured", _("a field filled in that people do not see")
    HURRIED = "hurried", _("sent within seconds")


class FlagReason(models.TextChoices):
    """What is wrong with a post, as whoever flags it says."""

    SPAM = "spam", _("advertising or spam")
    RUDE = "rude", _("rude or abusive")
    OFF_TOPIC = "off_topic", _("has nothing to do with the topic")
    PRIVATE = "private", _("tells personal data of somebody")
    WRONG = "wrong", _("dangerously wrong")
    OTHER = "other", _("something else")


class MemberStatus(models.TextChoices):
    ACTIVE = "active", _("may post")
    SILENCED = "silenced", _("silenced")


class MailChoice(models.TextChoices):
    """When the forum mails a member."""

    AT_ONCE = "at_once", _("at once, a letter for each post")
    DAILY = "daily", _("a digest each day")
    WEEKLY = "weekly", _("a digest each week")
    NEVER = "never", _("never")


class NoticeReason(models.TextChoices):
    """Why a member is told of a post; the first that holds, in this order."""

    EDITED = "edited", _("you are mentioned, since an edit")
    MENTION = "mention", _("you are mentioned")
    REPLY = "reply", _("a reply to you")
    TOPIC = "topic", _("a topic that you follow")
    BOARD = "board", _("a board that you follow")
