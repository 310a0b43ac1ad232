from django.contrib import admin

from forum.models import Board, Topic, Watchword


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin):
    """Boards; none is deleted, and none has another address once topics lead there."""

    list_display = ["label", "kind", "slug", "is_private", "is_closed", "topic_count", "post_count", "position"]
    list_filter = ["kind", "is_private", "is_closed"]
    search_fields = ["slug", "name"]
    autocomplete_fields = ["members"]

    def get_readonly_fields(self, request, obj=None):
        has_topics = obj is not None and Topic.objects.filter(board=obj).exists()
        return ["slug"] if has_topics else []

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Watchword)
class WatchwordAdmin(admin.ModelAdmin):
    """Words that make a post wait."""

    search_fields = ["text"]
