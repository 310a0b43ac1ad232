"""Pictures of posts: taken in, joined to the post that shows them, and deleted when none does."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Case, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import files
from forum.markup import pictures_in
from forum.models import Draft, Picture, Post
from forum.vocabulary import PostStatus

PER_DAY = 20  # of one person
ENDINGS = (".png", ".jpg", ".jpeg")
KEPT_FOR = datetime.timedelta(days=1)  # where no post shows them


def keep(upload: UploadedFile, *, by: User) -> Picture:
    """Check the picture by its content, write it anew without what its file tells of its maker, and keep it.

    Raises ValidationError, in words, where it may not be kept.
    """
    if not (upload.name or "").lower().endswith(ENDINGS):
        raise ValidationError(_("Choose a PNG or JPG picture."))
    if Picture.objects.filter(user=by, made_at__gt=timezone.now() - datetime.timedelta(days=1)).count() >= PER_DAY:
        raise ValidationError(_("You have added many pictures today. Go on tomorrow."))
    checked = files.check(upload)
    picture = Picture(user=by, kind=checked.kind, size=checked.size)
    picture.file.save(checked.stored_name, checked.content, save=False)
    picture.save()
    return picture


def join(post: Post) -> None:
    """Join to the post its author's pictures that its text shows, and let go of those that it shows no more."""
    shown = [uuid.UUID(key) for key in pictures_in(post.body)]
    if post.revision > 1:
        _release(Picture.objects.filter(post=post).exclude(key__in=shown))
    if shown:
        Picture.objects.filter(user=post.author_id, post=None, key__in=shown).update(post=post)


def let_go(posts) -> None:
    """The posts show nothing any more: what no other post shows is deleted with what nobody uses."""
    _release(Picture.objects.filter(post__in=posts))


def _release(released: QuerySet[Picture]) -> None:
    """Join the pictures to another post of their owner that shows them, a public one first; to none where none does."""
    for picture in released.select_related("post"):
        others = Post.objects.filter(author=picture.user_id, body__contains=str(picture.key)).exclude(
            pk=picture.post_id
        )
        public_first = Case(When(status=PostStatus.PUBLIC, then=0), default=1)
        Picture.objects.filter(pk=picture.pk).update(post=others.order_by(public_first, "pk").first())


def delete_unused() -> int:
    """Delete pictures a day old that neither a post nor a draft of their owner shows; return how many."""
    count = 0
    for picture in Picture.objects.filter(post=None, made_at__lt=timezone.now() - KEPT_FOR).iterator():
        if not Draft.objects.filter(user=picture.user_id, body__contains=str(picture.key)).exists():
            delete(picture)
            count += 1
    return count


@transaction.atomic
def delete(picture: Picture) -> None:
    """Delete the picture, and its file when that is certain."""
    name, storage = picture.file.name, picture.file.storage
    picture.delete()
    transaction.on_commit(lambda: storage.delete(name))
