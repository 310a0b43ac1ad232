"""The reasons that moderators choose from. Staff edit the words; nothing is deleted, for the log names the codes."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.form_fields import CleanCharField, CleanTextField
from moderation.models import Reason
from moderation.reasons import moves_with_reasons

LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es")


class ReasonForm(forms.ModelForm):
    moves = forms.MultipleChoiceField(label=_("offered for"), widget=forms.CheckboxSelectMultiple, required=False)

    class Meta:
        model = Reason
        field_classes = {"label": CleanCharField, **{f"text_{code}": CleanTextField for code in LANGUAGES}}
        fields = ["label", "code", "moves", "position", "is_offered", *(f"text_{code}" for code in LANGUAGES)]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "moves" in self.fields:  # who may only look has no fields
            self.fields["moves"].choices = list(moves_with_reasons().items())
        for code in LANGUAGES:
            if field := self.fields.get(f"text_{code}"):
                field.widget.attrs |= {"lang": code, "dir": "rtl" if code == "ar" else "ltr", "rows": 4}


@admin.register(Reason)
class ReasonAdmin(admin.ModelAdmin):
    """The texts go to contributors in their language, in English where that is missing."""

    form = ReasonForm
    list_display = ["label", "offered_for", "missing", "is_offered", "position"]
    list_filter = ["is_offered"]
    search_fields = ["label", "code", "text_en"]
    show_full_result_count = False

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []  # decisions name it

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("offered for"))
    def offered_for(self, reason: Reason) -> str:
        labels = moves_with_reasons()
        return ", ".join(labels.get(name, name) for name in reason.moves)

    @admin.display(description=_("texts that are missing"))
    def missing(self, reason: Reason) -> str:
        return ", ".join(code for code in LANGUAGES if not getattr(reason, f"text_{code}")) or "–"
