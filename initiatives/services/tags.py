"""Tags that say the same become one."""

from collections.abc import Iterable

from django.db import transaction
from taggit.models import Tag

from initiatives.models import TagAlias


@transaction.atomic
def leave_address(away: Iterable[Tag], *, kept: Tag) -> None:
    """Have the addresses of tags whose initiatives have gone to `kept` lead there, and delete the tags."""
    gone = [tag for tag in away if tag.pk != kept.pk]
    TagAlias.objects.filter(tag__in=gone).update(tag=kept)
    for tag in gone:
        TagAlias.objects.update_or_create(slug=tag.slug, defaults={"tag": kept})
        tag.delete()
