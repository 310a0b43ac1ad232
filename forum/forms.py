"""What members type. Everything is cleaned as at every door."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.form_fields import CleanCharField, MarkdownField
from forum.models.post import BODY_MAX
from forum.models.topic import TITLE_MAX, TITLE_MIN
from initiatives.vocabulary import ContentLanguage

MARKDOWN_HINT = _("You can use Markdown: **bold**, *italic*, lists, > quotes, tables, [links](https://…).")


class PostForm(forms.Form):
    """A post. `key` is made with the form, so that sending it twice makes one post."""

    body = MarkdownField(label=_("Your post"), rows=8, max_length=BODY_MAX, help_text=MARKDOWN_HINT)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class TopicForm(PostForm):
    """A new topic, with its first post."""

    title = CleanCharField(label=_("Title"), min_length=TITLE_MIN, max_length=TITLE_MAX)
    language = forms.ChoiceField(label=_("Language"), choices=ContentLanguage.choices)
    field_order = ["title", "language", "body", "key"]


class EditForm(forms.Form):
    """The text of a post that is there; `revision` is the one that was read."""

    body = MarkdownField(label=_("Your post"), rows=12, max_length=BODY_MAX, help_text=MARKDOWN_HINT)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def say(self, error: ValidationError) -> None:
        """Show what the service found."""
        self.add_error(None, error)
