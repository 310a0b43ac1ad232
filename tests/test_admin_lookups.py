"""No list of the admin answers questions about columns that it does not show; its own filters work."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.utils.html import escape

from accounts.models import User
from tests.factories import ModeratorFactory
from tests.test_admin_pages import MODELS, address, populate

LOOKUPS = ("", "__startswith", "__contains", "__icontains", "__regex", "__gt", "__in", "__isnull")
SECRETS = {
    "accounts.user": "password__startswith",
    "outbox.letter": "body__contains",
    "mfa.authenticator": "data__secret__startswith",
    "django_tasks_database.dbtaskresult": "args_kwargs__icontains",
    "initiatives.submission": "author__password__startswith",
    "account.emailaddress": "user__password__startswith",
}
FILTER_LINK = re.compile(r'<li[^>]*>\s*<a href="(\?[^"]*)"')


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMO = True


@pytest.fixture(scope="module", autouse=True)
def _rows(kept_in_module) -> None:
    populate()


@pytest.fixture
def superuser(client):
    user = ModeratorFactory(is_superuser=True)
    client.force_login(user)
    return user


def columns(model) -> Iterator[str]:
    """Every column, and those of what it leads to, there and back."""
    for field in model._meta.get_fields():
        name = getattr(field, "attname", None) or field.name
        yield from {field.name, name}
        if field.is_relation and field.related_model:
            for further in field.related_model._meta.get_fields():
                yield f"{field.name}__{further.name}"


def request_of(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_no_list_answers_questions_about_its_columns(model, superuser):
    one, request = admin.site._registry[model], request_of(superuser)
    allowed = {
        column + lookup
        for column in columns(model)
        for lookup in LOOKUPS
        if one.lookup_allowed(column + lookup, "a", request)
    }
    filtered = {part for item in one.get_list_filter(request) for part in names_of(item)}
    assert {name.removesuffix("__isnull") for name in allowed} <= filtered


def names_of(item) -> list[str]:
    """What a row of `list_filter` filters by: the field, or the parameters of a filter of our own."""
    if isinstance(item, str):
        return [item]
    if isinstance(item, tuple):
        return [item[0]]
    return list(getattr(item, "parameter_names", None) or [item.parameter_name])


@pytest.mark.django_db
@pytest.mark.parametrize("label", SECRETS)
def test_secrets_are_not_told_letter_by_letter(client, superuser, label):
    model = next(model for model in admin.site._registry if model._meta.label_lower == label)
    for start in ("", "a"):
        assert client.get(address(model, "changelist"), {SECRETS[label]: start}).status_code == 400


@pytest.mark.django_db
def test_a_hidden_column_is_no_way_round_by_the_key(client, superuser):
    for name in ("pk__startswith", "id__in", "pk", "emailaddress__email", "authenticator__data__secret"):
        assert client.get(address(User, "changelist"), {name: "1"}).status_code == 400, name


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_every_filter_in_the_sidebar_works(client, superuser, model):
    url = address(model, "changelist")
    for link in set(FILTER_LINK.findall(client.get(url).text)):
        assert client.get(url + link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.django_db
def test_filters_of_each_kind_are_among_those_tried(client, superuser):
    drawn = "".join(client.get(address(model, "changelist")).text for model in admin.site._registry)
    kinds = ("groups__id__exact=", "is_staff__exact=", "created_at__gte=", "verified_at__isempty=", "status=all")
    assert [kind for kind in kinds if escape(kind) not in drawn] == []


@pytest.mark.parametrize("model", MODELS)
def test_every_concrete_column_is_among_those_tried(model):
    tried = set(columns(model))
    assert {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)} <= tried
