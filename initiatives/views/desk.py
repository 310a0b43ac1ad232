"""The page of one submission: its form, sources and files, saved and sent together so that nothing typed is lost."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from initiatives import progress, services, validation
from initiatives.forms.files import FileRows
from initiatives.forms.sources import COLUMNS, SourceRows
from initiatives.forms.submission import SubmissionForm
from initiatives.models import Initiative, Submission, SubmissionAttachment
from moderation.services import transition

# Fields whose answer fills columns of another name.
FIELD_OF = {"starts_on": "starts", "ends_on": "ends", "consent_at": "consent"}


class Desk:
    """What one person has typed about one submission; a new one is made under `key`, so that it is made once."""

    def __init__(
        self, user: User, submission: Submission | None = None, *, data=None, files=None, key: uuid.UUID | None = None
    ) -> None:
        self.user, self.submission, self.key = user, submission, submission.key if submission else key
        self.stored = list(submission.sources.values(*COLUMNS)) if submission else []
        self.kept = self._kept_files()
        self.form = SubmissionForm(data, user=user, submission=submission)
        self.sources = SourceRows(data, initial=self.stored)
        self.files = FileRows(data, files)
        self.unwanted = set(data.getlist("remove_file")) if data else set()
        self.was_saved = False

    @property
    def formsets(self) -> list[Any]:
        return [self.sources, self.files]

    @property
    def corrects(self) -> Initiative | None:
        return self.submission.initiative if self.submission else None

    @property
    def reason(self) -> str:
        """Why changes were asked for, where they were."""
        return progress.reason_of(self.submission) if self.submission else ""

    @property
    def formset_errors(self) -> bool:
        return self.sources.has_errors or self.files.has_errors

    @property
    def is_right(self) -> bool:
        return not self.form.errors and not self.formset_errors

    @property
    def file_rows(self) -> list[Any]:
        return self.files.to_draw(len(self.kept))

    def save(self) -> bool:
        """Keep every valid answer and every good file; return whether all were. Typed text stays in the forms."""
        self.form.full_clean()
        self.submission = services.save_draft(
            self.submission,
            by=self.user,
            values=self.form.values(),
            countries=self.form.chosen_countries(),
            sources=self.sources.sources(self.stored),
            key=self.key,
        )
        self._save_files()
        self.was_saved = True
        return self.is_right

    def send(self) -> bool:
        """Save, then send for review; where something is missing, say so at its field and return False."""
        if not self.save():
            self._show(validation.problems_of(self.submission))
            return False
        try:
            transition(self.submission, "submit", by=self.user)
        except ValidationError as refusal:
            self._show(refusal.error_dict)
            return False
        return True

    def _save_files(self) -> None:
        for attachment in self._kept_files():
            if str(attachment.pk) in self.unwanted:
                services.remove_attachment(attachment, by=self.user)
        for row, upload, title in self.files.uploads():
            try:
                services.add_attachment(self.submission, upload, title=title, by=self.user)
            except ValidationError as refusal:
                row.add_error("file", refusal)
        self.kept = self._kept_files()

    def _kept_files(self) -> list[SubmissionAttachment]:
        return list(self.submission.attachments.all()) if self.submission else []

    def _show(self, problems: Mapping[str, Iterable[ValidationError]]) -> None:
        for name, errors in problems.items():
            form, field = self._place_of(FIELD_OF.get(name, name))
            if field is None or not form.has_error(field):
                form.add_error(field, list(errors))

    def _place_of(self, name: str) -> tuple[Any, str | None]:
        if name == "sources":
            return self.sources.forms[0], "url"
        if name == "organisation" and not self.form.mine:
            return self.form, "organisation_name"
        return self.form, name if name in self.form.fields else None
