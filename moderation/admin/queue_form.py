"""What the address of the queue asks for: filters that never fail, and the address of the same with changes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.text import clean_line, fold
from countries.models import Country, Region
from moderation import duties
from moderation.models import Duty
from moderation.queue import NO_REGION, Position, Source
from moderation.queue_fields import menu

ALL_REGIONS = "all"
WORDS_MAX = 100  # characters


def country_names() -> list[tuple[str, str]]:
    column = f"name_{(get_language() or 'en').split('-')[0]}"
    names = Country.objects.order_by().values_list("iso2", column, "name_en")
    return sorted(((code, name or english) for code, name, english in names), key=lambda pair: fold(pair[1]))


class QueueForm(forms.Form):
    """The filters that every kind may know, and those that the kinds say more."""

    region = forms.MultipleChoiceField(required=False)
    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )

    def __init__(self, data: QueryDict, sources: Iterable[Source]) -> None:
        super().__init__(data, auto_id="queue-%s")
        self.fields["region"].choices = region_choices()
        self.fields["country"] = menu(_("Country or territory"), country_names())
        for source in sources:
            self.fields |= {name: make() for name, make in source.fields.items() if name not in self.fields}
        claims = [("me", _("by me")), ("others", _("by others")), ("nobody", _("by nobody"))]
        self.fields["claimed"] = menu(_("Claimed"), claims)

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"])

    @property
    def menus(self) -> list:
        """The fields but the regions, as they stand beside each other."""
        return [self[name] for name in self.fields if name != "region"]


def region_choices() -> list[tuple[str, str]]:
    return [(ALL_REGIONS, gettext("All regions")), *Region.choices, (NO_REGION, gettext("Worldwide or no region"))]


class Asked:
    """What an address asks for. A value that nobody knows is left out, and `ignored` says so."""

    def __init__(self, data: QueryDict, user: User, sources: list[Source]) -> None:
        self.user = user
        self.form = QueueForm(data, sources)
        self.form.is_valid()
        self.chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        self.ignored = bool(self.form.errors)
        self.kind = data.get("kind", "") if data.get("kind") in {source.kind for source in sources} else ""
        self.after = Position.parse(data.get("after", ""))

    @cached_property
    def duty(self) -> Duty:
        return duties.of(self.user)

    @property
    def is_default(self) -> bool:
        """Whether the regions are those of the person, who has asked for no others."""
        return "region" not in self.chosen and bool(self.duty.regions)

    @property
    def regions(self) -> list[str]:
        """The regions shown; empty for all."""
        asked = self.chosen.get("region") or duties.regions_in_queue(self.duty)
        return [] if ALL_REGIONS in asked else asked

    @property
    def filters(self) -> dict[str, Any]:
        """What narrows the queue."""
        others = {name: value for name, value in self.chosen.items() if name != "region"}
        return others | ({"region": self.regions} if self.regions else {})

    @property
    def in_use(self) -> bool:
        """Whether the form says something that the person has not chosen for every day."""
        return bool(self.chosen)

    @property
    def region_boxes(self) -> list[tuple[str, Any, bool]]:
        """The boxes of the regions: code, words, whether it is ticked."""
        ticked = self.regions or [ALL_REGIONS]
        return [(code, label, code in ticked) for code, label in self.form.fields["region"].choices]

    def region_names(self) -> str:
        labels = dict(self.form.fields["region"].choices)
        return ", ".join(str(labels[code]) for code in self.regions)

    def query(self, **changes: str | list[str]) -> str:
        """Return the query string of the same, without the place in the queue; `changes` set or, empty, take away."""
        values = {"kind": self.kind, **self.chosen, **changes}
        query = QueryDict(mutable=True)
        for name, value in values.items():
            if value:
                query.setlist(name, value if isinstance(value, list) else [value])
        return query.urlencode()


class DutyForm(forms.Form):
    """My regions, and whether mails tell of what waits in them."""

    regions = forms.MultipleChoiceField(choices=Region.choices, required=False)
    mail = forms.ChoiceField(choices=Duty.Mail.choices)
