"""Uploads: a file and its title, as many rows as there is room for."""

from collections.abc import Iterator

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.files import KINDS
from common.form_fields import CleanCharField
from initiatives import services
from initiatives.forms.rows import Rows
from initiatives.models import Submission, SubmissionAttachment
from initiatives.models.content import ATTACHMENTS_MAX
from initiatives.services.stored_files import TITLE_MAX

ENDINGS = ",".join(f".{kind}" for kind in (*KINDS, "jpeg"))


class FileForm(forms.Form):
    """One file. What may be kept is decided by `services.add_attachment`, from its content."""

    asked = frozenset({"file"})

    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True, widget=forms.FileInput({"accept": ENDINGS})
    )
    # A title that is too long is cut rather than refused, for with a refused row its file would be lost.
    title = CleanCharField(
        label=_("Title of the file"), required=False, widget=forms.TextInput({"maxlength": TITLE_MAX})
    )


class FileRows(Rows):
    """Three rows; the page draws those for which there is room, and those with an error."""

    form_class, prefix, count = FileForm, "files", ATTACHMENTS_MAX

    def uploads(self) -> Iterator[tuple[FileForm, UploadedFile, str]]:
        """Yield the row, the upload and its title where a file was sent."""
        for form in self.forms:
            if not form.errors and form.cleaned_data["file"]:
                yield form, form.cleaned_data["file"], form.cleaned_data["title"][:TITLE_MAX]

    def to_draw(self, kept: int) -> list[FileForm]:
        """Return the rows to draw where `kept` files are stored already."""
        wrong = [form for form in self.forms if form.errors]
        others = [form for form in self.forms if not form.errors]
        return wrong + others[: max(ATTACHMENTS_MAX - kept - len(wrong), 0)]


class KeptFiles:
    """The files that are stored already: the page changes their titles, and takes them away when it is saved."""

    def __init__(self, submission: Submission | None, data=None) -> None:
        self.data = data
        self.unwanted = set(data.getlist("remove_file")) if data else set()
        self.read(submission)

    def read(self, submission: Submission | None) -> None:
        self.rows = list(submission.attachments.all()) if submission else []
        for row in self.rows:
            row.typed_title = self._title(row) if self.data else row.title
            row.is_unwanted = str(row.pk) in self.unwanted

    def _title(self, row: SubmissionAttachment) -> str:
        return self.data.get(f"kept_title_{row.pk}", row.title)[:TITLE_MAX]

    def save(self, submission: Submission, *, by: User, may_remove: bool) -> None:
        """Change titles and take files away as the page says."""
        self.read(submission)
        for row in self.rows:
            if row.is_unwanted and may_remove:
                services.remove_attachment(row, by=by)
            elif row.typed_title != row.title:
                services.title_attachment(row, row.typed_title, by=by)
