"""A new draft with the text of a submission that was retracted or not accepted."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from initiatives import rules
from initiatives.models import Submission, SubmissionAttachment, SubmissionSource
from initiatives.services.catching_up import behind, take_public
from initiatives.services.drafts import PROPOSABLE, rows_of

_SOURCE = ("position", "url", "url_key", "link", "title", "issuing_body", "kind")
_FILE = ("position", "file", "name", "title", "kind", "size", "sha256")
_NOT_COPIED = {"consent_at", "is_another_one", "origin", "source_dataset", "source_id", "provenance_note"}


@transaction.atomic
def begin_again(submission: Submission, *, by: User) -> Submission:
    """Return a draft of `by` with text, sources and files of `submission`; the same one where it was begun already.

    Of a correction it corrects the public text of today: what was not touched then is as it is public now.
    """
    old = Submission.objects.select_for_update().get(pk=submission.pk)  # a double click makes one draft
    if not rules.may_begin_again(by, old):
        raise PermissionDenied
    key = uuid.uuid5(old.key, f"again {by.pk}")
    begun = Submission.objects.filter(key=key).first()
    if begun and rules.may_edit(by, begun):
        return begun
    new = Submission(author=by, edited_by=by, key=uuid.uuid4() if begun else key, initiative=old.initiative)
    for name in PROPOSABLE - _NOT_COPIED:
        setattr(new, name, getattr(old, name))
    new.save()
    new.countries.set(old.countries.all())
    for model, rows, columns in (
        (SubmissionSource, old.sources, _SOURCE),
        (SubmissionAttachment, old.attachments, _FILE),
    ):
        model.objects.bulk_create(model(submission=new, **row) for row in rows_of(rows, columns))
    since = behind(old)
    return take_public(new, since.untouched) if since else new
