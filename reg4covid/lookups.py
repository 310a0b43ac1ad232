"""What an admin list may be asked for in its address: what its filters offer, and nothing else.

Django lets staff filter a list by any column of its model, shown or not: whoever asks often enough
(`?password__startswith=…`) reads what no page shows.
"""

from collections.abc import Iterable, Iterator

from django.contrib.admin import ListFilter, ModelAdmin
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import DateField, Model

OF_ANY_FIELD = ("", "__exact", "__isnull", "__isempty")
OF_DATES = ("__gte", "__lt")
OF_HIERARCHY = ("__year", "__month", "__day", *OF_DATES)


class OfferedLookups:
    """The part in front of every admin of the portal that allows the parameters of its own filters only."""

    def lookup_allowed(self, lookup: str, value, request=None) -> bool:
        offered = set(_of_filters(self.model, self.get_list_filter(request)))
        if self.date_hierarchy:
            offered |= {self.date_hierarchy + suffix for suffix in OF_HIERARCHY}
        return lookup in offered


def guarded(admin_class: type[ModelAdmin]) -> type[ModelAdmin]:
    """Return the same admin, with `OfferedLookups` in front of it."""
    if issubclass(admin_class, OfferedLookups):
        return admin_class
    parts = {"__module__": admin_class.__module__, "__doc__": admin_class.__doc__}
    return type(admin_class)(admin_class.__name__, (OfferedLookups, admin_class), parts)


def _of_filters(model: type[Model], filters: Iterable) -> Iterator[str]:
    for one in filters:
        if isinstance(one, type) and issubclass(one, ListFilter):
            # Django's own simple filters have one parameter; a filter that has more says which (`parameter_names`).
            yield from getattr(one, "parameter_names", None) or [getattr(one, "parameter_name", None) or ""]
        else:
            yield from _of_field(model, one[0] if isinstance(one, (list, tuple)) else one)


def _of_field(model: type[Model], path: str) -> Iterator[str]:
    """Return the parameters of the links that Django's filters of a field draw."""
    field = get_fields_from_path(model, path)[-1]
    yield from (path + suffix for suffix in OF_ANY_FIELD)
    if field.is_relation:
        yield f"{path}__{field.target_field.name}__exact"
    if isinstance(field, DateField):
        yield from (path + suffix for suffix in OF_DATES)
