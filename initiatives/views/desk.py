"""The page of one submission: its form, sources and files, saved and sent together so that nothing typed is lost."""

import uuid
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from initiatives import progress, schema, services, validation
from initiatives.comparison import Comparison, compare
from initiatives.forms.alike import lookalikes_of, ticked_for_another_text
from initiatives.forms.files import FileRows, KeptFiles
from initiatives.forms.initial import sources_of_text
from initiatives.forms.sources import COLUMNS, SourceRows
from initiatives.forms.submission import SubmissionForm
from initiatives.models import Submission, SubmissionRevision
from initiatives.sent import sent_before_edits
from initiatives.services.catching_up import Behind
from initiatives.views.conflict import Conflict, typed_text
from initiatives.views.correction import Correction
from moderation.services import transition

# Fields whose answer fills columns of another name.
FIELD_OF = {"starts_on": "starts", "ends_on": "ends", "consent_at": "consent"}


class Desk:
    """What one person has typed about one submission; a new one is made under `key`, so that it is made once.

    `kept` is an earlier text that the form shows in place of the stored one.
    """

    def __init__(
        self,
        user: User,
        submission: Submission | None = None,
        *,
        data=None,
        files=None,
        key: uuid.UUID | None = None,
        kept: SubmissionRevision | None = None,
    ) -> None:
        self.user, self.submission, self.key = user, submission, submission.key if submission else key
        self.kept_text = kept
        self.stored = list(submission.sources.values(*COLUMNS)) if submission else []
        self.form = SubmissionForm(data, user=user, submission=submission, text=kept and kept.content)
        self.sources = SourceRows(data, initial=sources_of_text(kept.content) if kept else self.stored)
        self.files = FileRows(data, files)
        self.kept_files = KeptFiles(submission, data)
        # The text that the person saw when they began to type; pages of before do not say.
        self.seen = _number(data.get("revision")) if data else None
        self.overrides = data is not None and _number(data.get("overrides")) == self.seen is not None
        # The public text over which the person wants to send theirs.
        self.insists_over = _number(data.get("as_it_stands")) if data else None
        self.asks_about_public = False
        self.conflict: Conflict | None = None
        self.lookalikes: list[Any] = []
        self.was_saved = self.is_gone = False

    @property
    def formsets(self) -> list[Any]:
        return [self.sources, self.files]

    @property
    def revision(self) -> int:
        """The stored text that the page is drawn over."""
        return self.submission.revision if self.submission else 0

    @cached_property
    def correction(self) -> Correction | None:
        """The public text beside this one, where it corrects one."""
        return Correction.of(self.submission) if self.submission and self.submission.initiative else None

    def show_public_text(self) -> None:
        """Give each field that differs from the public text the words that are public now."""
        for name, words in (self.correction.public if self.correction else {}).items():
            if name in self.form.fields:
                self.form.fields[name].public_now = words

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
        return self.files.to_draw(len(self.kept_files.rows))

    def save(self, *, quietly: bool = False) -> bool:
        """Keep every valid answer and every good file; return whether all were. Typed text stays in the forms.

        Over a newer text nothing is saved: `conflict` tells of it, and what was typed is set aside. `quietly`, while
        the person is still typing, takes no file away.
        """
        self.form.full_clean()
        try:
            self.submission = services.save_draft(
                self.submission, **self._typed(), key=self.key, revision=self.seen, keep_replaced=self.overrides
            )
        except services.NewerText as newer:
            self.submission = newer.submission
            self._meet_newer_text()
        self.was_saved = self.conflict is None
        if not quietly:
            self.kept_files.save(self.submission, by=self.user, may_remove=self.was_saved)
            self._save_uploads()
        return self.is_right and self.was_saved

    @cached_property
    def behind(self) -> Behind | None:
        """What changed in public since this correction was begun, if anything."""
        return services.behind(self.submission) if self.submission else None

    @cached_property
    def contested(self) -> Comparison | None:
        """What the contributor changed and somebody else has changed in public meanwhile: public now, and here."""
        if not self.behind or not self.behind.contested:
            return None
        names = self.behind.contested_columns
        found = compare(self.behind.version.content, schema.draft_content(self.submission)).changed
        return Comparison([field for field in found if field.name in names])

    def send(self) -> bool:
        """Save, then send for review; where something is missing, say so at its field and return False."""
        if not self.save():
            if self.was_saved:
                self._show(validation.problems_of(self.submission))
            return False
        if not validation.problems_of(self.submission):
            self.lookalikes = lookalikes_of(self.submission, reader=self.user)
        if not self.form.is_sure_of_organisation() or self.lookalikes:
            return False
        if self._undoes_what_is_public():
            return False
        try:
            transition(self.submission, "submit", by=self.user)
        except ValidationError as refusal:
            self._show(refusal.error_dict)
            return False
        return True

    def _undoes_what_is_public(self) -> bool:
        """Let what was not touched follow the public text; whether more would be undone than the person has seen."""
        self.submission = services.follow_public(self.submission, by=self.user)
        if not self.contested or self.insists_over == self.behind.version.number:
            return False
        # All is saved: show it as it is stored, with what has just followed.
        self.form = SubmissionForm(user=self.user, submission=self.submission)
        self.sources = SourceRows(initial=list(self.submission.sources.values(*COLUMNS)))
        self.asks_about_public = True
        return True

    def take_theirs(self) -> None:
        """Leave the stored text as it is, and set aside what the person typed."""
        self.form.full_clean()
        self._meet_newer_text()

    def set_aside(self, submission: Submission) -> bool:
        """Keep what was typed where `submission` takes no text any more; whether it says something new."""
        self.submission = submission
        self.form.full_clean()
        sent, mine = sent_before_edits(submission), self._text()
        is_new = mine not in (services.text_of(submission), sent and sent.content)
        if is_new:
            services.set_aside(submission, mine, by=self.user)
        return is_new

    def _typed(self) -> dict[str, Any]:
        typed = {
            "by": self.user,
            "values": self.form.values(),
            "countries": self.form.chosen_countries(),
            "sources": self.sources.sources(self.stored),
        }
        if self.submission and ticked_for_another_text(self.submission, typed):
            typed["values"]["is_another_one"] = False
            self.form.untick("is_another_one")
        return typed

    def _text(self) -> dict[str, Any]:
        """The whole text as it was typed, saved or not."""
        return typed_text(services.text_if_saved(self.submission, **self._typed()), self.form, self.sources)

    def _meet_newer_text(self) -> None:
        theirs, mine = services.text_of(self.submission), self._text()
        if mine != theirs:  # the same text, sent twice, is no conflict
            services.set_aside(self.submission, mine, by=self.user)
            self.conflict = Conflict.between(self.submission, theirs, mine, reader=self.user)

    def _save_uploads(self) -> None:
        for row, upload, title in self.files.uploads():
            try:
                services.add_attachment(self.submission, upload, title=title, by=self.user)
            except ValidationError as refusal:
                row.add_error("file", refusal)
        self.kept_files.read(self.submission)

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


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None
