"""The title and language of a topic: its author changes them with the first post, moderators at any time.

The title belongs to the first post. While moderators keep that from everybody, neutral words stand in the row instead,
so that no page, list, feed, file or letter can say it.
"""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from forum import rendering, rules, tasks
from forum.models import Post, Topic
from forum.models.topic import slug_of
from forum.search import writing as search
from forum.services import counters
from moderation.services import transition


@transaction.atomic
def rename(topic: Topic, *, title: str = "", language: str = "", by: User, public_reason: str = "") -> bool:
    """Give the topic another title or language; the record keeps the ones before. False where nothing would change.

    What the author calls a topic whose title is kept back is shown when that would be; what a moderator who judges it
    does, at once. Without a title, or a language, the topic keeps its own.
    Earlier addresses lead to the new one. Raises PermissionDenied, MoveRefused. `topic` is refreshed.
    """
    first = Post.objects.select_for_update(no_key=True, of=("self",)).filter(topic=topic, is_first=True).first()
    locked = counters.locked(topic.pk)
    changes = {} if title in ("", locked.title) else _titled(locked, title, rules.judges(by, first or locked))
    before, speaks = locked.own_title, locked.language
    language = language or speaks
    if not changes and language == speaks:
        return False
    Topic.objects.filter(pk=topic.pk).update(**changes, language=language)  # before the letter, which says both
    note = f"“{before}” ({speaks}) → “{changes.get('kept_title') or changes.get('title', before)}” ({language})"
    transition(topic, "rename", by=by, public_reason=public_reason, private_note=note)
    if first and first.author_id != by.pk:  # whose form is open saves over this title else
        Post.objects.filter(pk=first.pk).update(revision=F("revision") + 1)
    if first and changes:
        search.write([first.pk])
    if language != speaks:
        tasks.write_search.enqueue(topic.pk)
    topic.refresh_from_db()
    return True


def _titled(topic: Topic, title: str, is_judged: bool) -> dict[str, str]:
    """Return what changes in the row. Where nobody but its author has looked, a title that is kept back stays so."""
    if topic.kept_title and not is_judged:
        return {} if title == topic.kept_title else {"kept_title": title}
    return {"title": title, "slug": slug_of(title), "kept_title": ""}


def was_called(topic: Topic, title: str) -> bool:
    """Whether that is the topic's title, or was it once. A query where it is not."""
    if title in (topic.title, topic.kept_title):
        return True
    return topic.decisions.filter(move="rename", private_note__startswith=f"“{title}” (").exists()


def keep_back(topic_id: int) -> None:
    """Put neutral words in the place of the title, in the language of the topic, until `show` is called."""
    topic = counters.locked(topic_id)
    if topic.kept_title:
        return
    with translation.override(rendering.catalogue_of(topic.language)):
        words = _("Hidden title")
    Topic.objects.filter(pk=topic_id).update(title=words, slug=slug_of(words), kept_title=topic.title)


def forget(posts: QuerySet[Post]) -> None:
    """The posts do not come back, nor do titles that were kept back with them: neutral words stay in their place."""
    first = posts.filter(is_first=True).values("topic")
    Topic.objects.filter(pk__in=first).exclude(kept_title="").update(kept_title="")


def show(topic_id: int) -> None:
    """Let everybody read the title again, unless a moderator has given the topic another one."""
    title = counters.locked(topic_id).kept_title
    if title:
        Topic.objects.filter(pk=topic_id).update(title=title, slug=slug_of(title), kept_title="")
