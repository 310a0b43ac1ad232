from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.moments import time_tag
from forum import rules
from forum.models import Member, Post
from forum.services.flagging import flags_for
from forum.vocabulary import PostStatus, Waits
from moderation.admin import ModeratedAdmin


@admin.register(Post)
class PostAdmin(ModeratedAdmin):
    """Every post, whatever its status, newest first."""

    staff_moves = (
        *("approve", "reject", "mark_as_spam", "hide", "restore"),
        *("dismiss_flags", "uphold_flags"),
    )
    waiting_statuses = (PostStatus.WAITING,)
    hidden_statuses = (PostStatus.DELETED,)
    claim_move = ""
    goes_on = True
    decision_template = "forum/admin/post.html"
    list_display = ["beginning", "topic", "author", "status", "written"]
    list_filter = ["topic__board"]
    search_fields = ["body", "topic__title", "topic__kept_title", "author__name"]
    list_select_related = ["topic", "author"]
    ordering = ["-pk"]

    @admin.display(description=_("post"))
    def beginning(self, post):
        return format_html("<bdi>{}</bdi>", post.moderation_name)

    @admin.display(description=_("written"), ordering="created_at")
    def written(self, post):
        return time_tag(post.created_at)

    def page_context(self, request, subject) -> dict:
        labels = dict(Waits.choices)
        return {
            "waits": [labels.get(code, code) for code in subject.waits],
            "member": Member.objects.filter(user=subject.author_id).first(),
            "earlier": Post.objects.filter(author=subject.author_id).exclude(pk=subject.pk).order_by("-pk")[:5],
            "flags": flags_for(request.user, subject),
            "revisions": subject.revisions.all(),
            "may_remove": rules.judges(request.user, subject),
        }
