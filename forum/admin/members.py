from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.moments import time_tag
from forum.models import Member, Post
from moderation.admin import ModeratedAdmin


@admin.register(Member)
class MemberAdmin(ModeratedAdmin):
    """Members of the forum: how far they are trusted, and whether they may post."""

    staff_moves = ("silence_1", "silence_7", "silence_30", "unsilence")
    claim_move = ""
    decision_template = "forum/admin/member.html"
    list_display = ["user", "status", "silenced", "approved_count", "refused_count"]
    search_fields = ["user__name", "user__handle"]
    list_select_related = ["user"]
    ordering = ["-pk"]

    @admin.display(description=_("silenced until"), ordering="silenced_until")
    def silenced(self, member):
        return time_tag(member.silenced_until)

    def page_context(self, request, subject) -> dict:
        return {"posts": Post.objects.filter(author=subject.user_id).select_related("topic").order_by("-pk")[:20]}
