from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.moments import time_tag
from forum import rules
from forum.models import Topic
from moderation.admin import ModeratedAdmin


@admin.register(Topic)
class TopicAdmin(ModeratedAdmin):
    """Every topic, newest first."""

    staff_moves = ("lock", "unlock", "pin", "unpin", "hide", "restore", "forget_merged")
    claim_move = ""
    decision_template = "forum/admin/topic.html"
    list_display = ["name", "board", "author", "status", "post_count", "active"]
    list_filter = ["board", "language"]
    search_fields = ["title", "kept_title", "author__name"]
    list_select_related = ["board", "author"]
    ordering = ["-pk"]

    @admin.display(description=_("title"), ordering="title")
    def name(self, topic):
        return format_html('<bdi lang="{}">{}</bdi>', topic.language_code, topic.own_title)

    @admin.display(description=_("last post"), ordering="active_at")
    def active(self, topic):
        return time_tag(topic.active_at)

    def offers(self, subject, move) -> bool:
        return not rules.is_done(subject, move.name)

    def page_context(self, request, subject) -> dict:
        posts = subject.posts.select_related("author").order_by("number", "pk")[:20]
        return {"posts": posts, "acts": subject.is_shown}
