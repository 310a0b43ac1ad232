"""The tables of moves of posts and topics, as data."""

from django.utils.translation import gettext_lazy as _

from forum import notifications, rules
from forum.models import Member, Post, Topic
from forum.services import effects
from forum.vocabulary import MemberStatus as M
from forum.vocabulary import PostStatus as P
from forum.vocabulary import TopicStatus as T
from moderation.workflow import Move, Workflow, register

_WAITING, _PUBLIC = frozenset({P.WAITING}), frozenset({P.PUBLIC})
_TEXTS = frozenset(P) - {P.DELETED}  # that say something
_THERE = frozenset({T.OPEN, T.LOCKED})

POST_WORKFLOW = Workflow.of(
    Move("publish", _("Post"), _WAITING, P.PUBLIC, rules.publishes_at_once, effect=effects.on_publish),
    Move("wait_again", _("Post the changed text"), _PUBLIC, P.WAITING, rules.is_author, effect=effects.on_withdraw),
    Move(
        *("approve", _("Approve"), _WAITING, P.PUBLIC, rules.judges),
        effect=effects.on_publish,
        reasons="approve_post",
    ),
    Move(
        *("reject", _("Reject"), _WAITING, P.REJECTED, rules.judges, True),
        effect=effects.on_refuse,
        reasons="reject_post",
    ),
    Move(
        *("mark_as_spam", _("Mark as spam"), _WAITING | _PUBLIC, P.SPAM, rules.judges),
        effect=effects.on_refuse,
        reasons="spam_post",
    ),
    Move("hide", _("Hide"), _PUBLIC, P.HIDDEN, rules.judges, True, effect=effects.on_refuse),
    Move(
        "restore",
        _("Restore"),
        frozenset({P.HIDDEN, P.REJECTED, P.SPAM}),
        P.PUBLIC,
        rules.judges,
        effect=effects.on_restore,
    ),
    Move(
        "hide_by_flags",
        _("Hide until a moderator has looked"),
        _PUBLIC,
        P.HIDDEN,
        rules.hides_by_flags,
        effect=effects.on_withdraw,
    ),
    Move(
        "dismiss_flags", _("Nothing is wrong"), _PUBLIC, None, rules.judges_flagged, effect=effects.on_flags_dismissed
    ),
    Move(
        "uphold_flags",
        _("Keep hidden"),
        frozenset({P.HIDDEN}),
        None,
        rules.judges_flagged,
        True,
        effect=effects.on_flags_upheld,
    ),
    # Which text, `services.remove_text` says.
    Move("remove_text", _("Remove an earlier text"), _TEXTS, None, rules.judges, True),
    Move(
        "delete",
        _("Delete"),
        _WAITING | _PUBLIC | {P.REJECTED},
        P.DELETED,
        rules.may_delete,
        effect=effects.on_delete,
    ),
    notify=notifications.tell_of_post,
    preview=notifications.preview_of_post,
    tells=notifications.TOLD,
    language=lambda post: post.author.language,
    waiting=_WAITING,
    edition=lambda post: str(post.revision),
)

TOPIC_WORKFLOW = Workflow.of(
    Move("lock", _("Lock"), frozenset({T.OPEN}), T.LOCKED, rules.keeps_order),
    Move("unlock", _("Unlock"), frozenset({T.LOCKED}), T.OPEN, rules.keeps_order),
    Move("pin", _("Pin"), _THERE, None, rules.keeps_order, effect=effects.on_pin),
    Move("unpin", _("Unpin"), _THERE, None, rules.keeps_order, effect=effects.on_pin),
    Move("hide", _("Hide"), _THERE, T.HIDDEN, rules.keeps_order, True, effect=effects.on_topic),
    Move("rename", _("Change title or language"), _THERE | {T.HIDDEN}, None, rules.renames),
    Move("move", _("Move"), _THERE, None, rules.keeps_order),
    Move("split", _("Split"), _THERE, None, rules.keeps_order),
    Move("merge", _("Merge"), _THERE, T.MERGED, rules.keeps_order, effect=effects.on_topic),
    Move(
        *("forget_merged", _("Forget titles of merged topics"), _THERE | {T.HIDDEN}, None, rules.keeps_order),
        effect=effects.on_forget_merged,
    ),
    Move(
        "restore",
        _("Restore"),
        frozenset({T.HIDDEN}),
        T.OPEN,
        rules.keeps_order,
        effect=effects.on_topic,
        returns_to=frozenset({T.LOCKED}),
    ),
    Move("solve", _("Mark a solution"), _THERE, None, rules.may_mark_solution),
    Move("unsolve", _("Take the mark of a solution away"), _THERE, None, rules.may_mark_solution),
    notify=notifications.tell_of_topic,
    preview=notifications.preview_of_topic,
    tells=notifications.TOLD_TOPIC,
    language=lambda topic: topic.author.language,
)


_SILENCE = ((1, _("Silence for a day")), (7, _("Silence for a week")), (30, _("Silence for a month")))
_ANY = frozenset(M.values)

MEMBER_WORKFLOW = Workflow.of(
    *(
        Move(f"silence_{days}", label, _ANY, M.SILENCED, rules.silences, True, effect=effects.on_silence)
        for days, label in _SILENCE
    ),
    Move(
        "unsilence", _("End the silence"), frozenset({M.SILENCED}), M.ACTIVE, rules.silences, effect=effects.on_silence
    ),
    notify=notifications.tell_of_member,
    preview=notifications.preview_of_member,
    tells=notifications.TOLD_MEMBER,
    language=lambda member: member.user.language,
)


def register_all() -> None:
    register(Member, MEMBER_WORKFLOW)
    register(Post, POST_WORKFLOW)
    register(Topic, TOPIC_WORKFLOW)
