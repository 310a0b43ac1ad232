"""What members type. Everything is cleaned as at every door."""

import re
import uuid
from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from common.form_fields import CleanCharField, CleanTextField, MarkdownField, ObjectChoiceField
from forum import rendering
from forum.markup import PICTURES_MAX, pictures_in
from forum.models import Post
from forum.models.flag import NOTE_MAX
from forum.models.post import BODY_MAX
from forum.models.topic import TITLE_MAX, TITLE_MIN
from forum.traps import Trapped
from forum.vocabulary import FlagReason, MailChoice
from initiatives.vocabulary import ContentLanguage
from moderation.forms import REASON_MAX, DecisionForm

_TOPIC = re.compile(r"(?:\S*/forum/t/)?([0-9]{1,18})(?:[/?#]\S*)?")  # its number, or an address with it
MARKDOWN_HINT = _("You can use Markdown: **bold**, *italic*, lists, > quotes, tables, [links](https://…).")


def few_pictures(body: str) -> None:
    """Refuse a text with too many pictures of the forum."""
    if len(pictures_in(body)) > PICTURES_MAX:
        raise ValidationError(_("At most %(max)s pictures in a post."), params={"max": PICTURES_MAX})


class PostField(MarkdownField):
    """The text of a post."""

    def __init__(self, **kwargs) -> None:
        said = {"label": _("Your post"), "max_length": BODY_MAX, "help_text": MARKDOWN_HINT}
        super().__init__(**said, validators=[few_pictures], check=rendering.check, **kwargs)


class PostForm(Trapped):
    """A post. `key` is made with the form, so that sending it twice makes one post."""

    body = PostField(rows=8)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class ReplyForm(PostForm):
    """A post in a topic; `reply_to` is the number of the one that it answers."""

    reply_to = forms.CharField(widget=forms.HiddenInput, required=False, max_length=18)


class Titled(forms.Form):
    """What a topic has beside its first post."""

    title = CleanCharField(label=_("Title"), min_length=TITLE_MIN, max_length=TITLE_MAX)
    language = forms.ChoiceField(label=_("Language"), choices=ContentLanguage.choices)


class TopicForm(Titled, PostForm):
    """A new topic, with its first post."""

    field_order = ["title", "language", "body", "key"]


class EditForm(forms.Form):
    """The text of a post that is there; `revision` is the one that was read."""

    body = PostField(rows=12)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @property
    def has_to_wait(self) -> bool:
        """Whether the service found that a moderator has to look at the text first."""
        return self.has_error(NON_FIELD_ERRORS, "waits")

    def say(self, error: ValidationError) -> None:
        """Show what the service found."""
        self.add_error(None, error)

    def over(self, post: Post) -> Self:
        """Return the form with what was typed, to be saved over the post as it is now."""
        return self._with(revision=post.revision)

    def _with(self, **values: str | int) -> Self:
        data = self.data.copy()
        for name, value in values.items():
            data[name] = value
        form = type(self)(data)
        form.is_valid()
        return form


class FirstEditForm(Titled, EditForm):
    """The same for the post that begins a topic."""

    field_order = ["title", "language", "body"]

    def over(self, post: Post) -> Self:
        """The same; title and language are as they are now, and another title that was typed is told."""
        topic, typed = post.topic, self.cleaned_data["title"]
        form = self._with(revision=post.revision, title=topic.own_title, language=topic.language)
        if typed != topic.own_title:
            said = _("The title is “%(now)s” now. You had typed “%(typed)s”.")
            form.add_error("title", said % {"now": topic.own_title, "typed": typed})
        return form


class MailForm(forms.Form):
    """How the forum mails a member."""

    mail = forms.ChoiceField(
        label=_("Mail about what you follow, and about replies and mentions"),
        choices=MailChoice,
        widget=forms.RadioSelect,
    )
    follows_own = forms.BooleanField(label=_("Follow topics that I write in"), required=False)
    is_whole = forms.BooleanField(widget=forms.HiddenInput, required=False, initial=True)

    def __init__(self, data: Mapping[str, str] | None = None, **kwargs) -> None:
        super().__init__(data, **kwargs)
        if data and "is_whole" not in data and "follows_own" in data:
            self.fields["mail"].required = False

    @property
    def said(self) -> dict[str, str | bool]:
        """Return what was chosen. A box without a tick says something where the whole form was sent, else nothing."""
        is_whole = self.cleaned_data["is_whole"]
        return {name: self.cleaned_data[name] for name in ("mail", "follows_own") if is_whole or name in self.data}


class FlagForm(forms.Form):
    """What is wrong with a post."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=FlagReason.choices, widget=forms.RadioSelect)
    note = CleanTextField(
        label=_("More about it"),
        rows=3,
        max_length=NOTE_MAX,
        required=False,
        help_text=_("Moderators read it, nobody else."),
    )


def _reason(read_by) -> CleanTextField:
    """Return the field of a move's reason, with who is to read it."""
    return CleanTextField(label=_("Reason"), rows=2, max_length=REASON_MAX, required=False, help_text=read_by)


_OF_POSTS = _(
    "Its author reads it in the letter about your decision. Nobody is told of spam, or that nothing is wrong."
)


class OrderForm(forms.Form):
    """What a moderator writes with a move, made from the public page. Which field is needed depends on the move."""

    public_reason = _reason(_OF_POSTS)

    @property
    def asked(self) -> list[str]:
        """Return the fields that are not called optional: all."""
        return list(self.fields)


class PostOrderForm(DecisionForm):
    """The same for a post, with the frequent reasons of the admin."""

    public_reason = _reason(_OF_POSTS)
    private_note = at_once = takes_effect_at = None  # the admin has them
    asked = OrderForm.asked


class RemoveForm(OrderForm):
    """Why an earlier text is removed."""

    public_reason = _reason(_("Its author reads it in a letter, and colleagues in the record: repeat nothing of it."))


class MemberOrderForm(OrderForm):
    """The same for a member."""

    public_reason = _reason(_("The member reads it in a letter."))


class PostsField(forms.Field):
    """Numbers of posts (`Post.pk`), ticked; the value is a set of them."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"invalid": _("Choose posts of this topic.")}

    def clean(self, value: list[str] | None) -> set[int]:
        if not all(text.isascii() and text.isdigit() and len(text) < 19 for text in value or ()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return {int(text) for text in value or ()}


class TopicOrderForm(OrderForm):
    """The same for a topic, with where to move it, into which to merge it, or what to split off."""

    public_reason = _reason(
        _(
            "Who began the topic reads it in a letter, and who begins what is split off; of pinning nobody is told. "
            "Colleagues find it in the record."
        )
    )
    new_title = CleanCharField(label=_("Title"), required=False, max_length=TITLE_MAX)
    language = forms.ChoiceField(label=_("Language"), choices=ContentLanguage.choices, required=False)
    board = ObjectChoiceField(label=_("Move to the board"), required=False)
    into = forms.CharField(
        label=_("Merge into the topic"),
        required=False,
        max_length=300,
        help_text=_("Its address, or the number that stands there: 12 in /forum/t/12/."),
    )
    title = CleanCharField(
        label=_("Title of the topic that is split off"), required=False, min_length=TITLE_MIN, max_length=TITLE_MAX
    )
    posts = PostsField(label=_("Posts that go there"), required=False)
    onwards = forms.BooleanField(label=_("and every post after the last of these"), required=False)

    def __init__(self, *args, boards, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].offer({board.slug: board for board in boards})

    def clean(self) -> dict[str, Any]:
        """Let the title and language be empty where they are as the page showed them. A form has buttons for more."""
        said = super().clean()
        for name, seen in (("new_title", "seen_title"), ("language", "seen_language")):
            if said.get(name) == self.data.get(seen):
                said[name] = ""
        if 0 < len(said.get("new_title", "")) < TITLE_MIN and self.data.get("move") == "rename":
            self.add_error("new_title", _("A title has at least %(least)s characters.") % {"least": TITLE_MIN})
        return said

    def clean_into(self) -> int | None:
        """Return the number of the topic."""
        said = self.cleaned_data["into"].strip()
        found = _TOPIC.fullmatch(said)
        if said and not found:
            raise ValidationError(_("This is neither the address of a topic nor its number."))
        return int(found[1]) if found else None
