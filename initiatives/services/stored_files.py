"""Writes of the files of a submission."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import files
from common.text import clean_line
from initiatives.models import InitiativeAttachment, Submission, SubmissionAttachment
from initiatives.models.content import ATTACHMENTS_MAX
from initiatives.services.locks import locked_for_edit

TITLE_MAX = SubmissionAttachment._meta.get_field("title").max_length


@transaction.atomic
def add_attachment(submission: Submission, upload: UploadedFile, *, title: str = "", by: User) -> SubmissionAttachment:
    """Check the upload by its content and keep it, once; raise ValidationError where it may not be kept."""
    submission = locked_for_edit(submission, by)
    checked = files.check(upload)
    same = submission.attachments.filter(sha256=checked.sha256).first()
    if same:
        return same
    if submission.attachments.count() >= ATTACHMENTS_MAX:
        raise ValidationError(_("At most three files are possible."), code="too_many")
    attachment = SubmissionAttachment(
        submission=submission,
        position=submission.attachments.count(),
        name=checked.name,
        title=title[:TITLE_MAX],
        kind=checked.kind,
        size=checked.size,
        sha256=checked.sha256,
    )
    attachment.file.save(checked.stored_name, checked.content, save=False)
    attachment.save()
    return attachment


@transaction.atomic
def title_attachment(attachment: SubmissionAttachment, title: str, *, by: User) -> None:
    """Give the file another title; it is cut where it is too long."""
    locked_for_edit(attachment.submission, by)
    attachment.title = clean_line(title)[:TITLE_MAX]
    attachment.save(update_fields=["title"])


@transaction.atomic
def remove_attachment(attachment: SubmissionAttachment, *, by: User) -> None:
    """Take the file away from the submission; delete it unless something published or another row uses it."""
    locked_for_edit(attachment.submission, by)
    attachment.delete()
    forget_files([attachment.file.name])


def forget_files(names: Iterable[str]) -> None:
    storage = SubmissionAttachment._meta.get_field("file").storage
    for name in names:
        used = SubmissionAttachment.objects.filter(file=name).exists()
        if not used and not InitiativeAttachment.objects.filter(file=name).exists():
            transaction.on_commit(lambda name=name: storage.delete(name))
