"""The same small form a fixed number of times: unlike a formset it needs no bookkeeping that a page could lose."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms


class Rows:
    """Forms of one class, numbered under one prefix. Fields are named like those of a formset: `sources-0-url`."""

    form_class: ClassVar[type[forms.Form]]
    prefix: ClassVar[str]
    count: ClassVar[int]

    def __init__(self, data=None, files=None, *, initial: Sequence[Mapping[str, Any]] = ()) -> None:
        stored = dict(enumerate(initial))
        self.is_bound = data is not None
        self.forms = [
            self.form_class(data, files, prefix=f"{self.prefix}-{place}", initial=stored.get(place))
            for place in range(self.count)
        ]

    def __iter__(self) -> Iterator[forms.Form]:
        return iter(self.forms)

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.forms)
