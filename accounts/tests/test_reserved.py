"""Names and handles of an office, and of who has left, are for nobody."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts import reserved, services
from accounts.forms import ProfileForm, SignupNameForm
from accounts.leaving import leave
from accounts.models import User
from tests.factories import ModeratorFactory, UserFactory

HANDLES = "admin administrator moderator staff system secretariat support forum former-member former-member-2 left-17"
HANDLES += " moderators administrators admins moderators-anna root root2 secretariats"
HANDLES += " admin-2 adm1n m0derator admin1 the-admin moderator-anna a-d-m-i-n left-17-2 left formermember 4dm1n"
FREE = "amina anna-moderna leftwich left-bank adminton supporter anastaff portal-ana member-2 kim-2"
NAMES = [
    "Moderator",
    "MODERATOR",
    "Mode\u200brator",
    "М\u043eder\u0430tor",
    "Ｍｏｄｅｒａｔｏｒ",
    "M0derat0r",
    "moderator 2",
]
NAMES += [
    "former member",
    "Former  Member",
    "f\u00f3rmer member",
    "Ancien membre",
    "Antiguo miembro",
    "Бывший участник",
]
NAMES += [
    "前成员",
    "عضو سابق",
    "管理员",
    "Модератор",
    "Secrétariat",
    "秘书处",
    "الأمانة",
    "f\u043erm\u0435r m\u0435mb\u0435r",
]
NAMES += [
    "Moderators",
    "The Moderators",
    "Moderadores",
    "Администраторы",
    "المشرفون",
    "المشـــرف",
    "Forum Moderator",
    "Portal-Moderator 2",
    "El Moderador",
    "L\u2019Administrateur",
    "The Admin",
]
PEOPLE = [
    "Amina Moderador-Silva",
    "Suzy Root",
    "Root",
    "Root 2",
    "محمد مشرف",
    "مشرف",
    "مدير",
    "The La",
    "Amina Diallo",
    "李雷",
    "Ana Portal",
    "Staffan",
    "Rector Modera",
    "Анна Модина",
    "أمينة ديالو",
    "A. Support-Müller",
]


@pytest.mark.parametrize("handle", HANDLES.split())
def test_a_handle_of_an_office_is_kept(handle):
    with pytest.raises(ValidationError):
        reserved.check_handle(handle)


@pytest.mark.parametrize("handle", FREE.split())
def test_other_handles_are_free(handle):
    reserved.check_handle(handle)


@pytest.mark.parametrize("name", [*NAMES, "See https://evil.example", "www.evil.example"])
def test_a_name_of_an_office_is_kept_however_it_is_written(name):
    form = SignupNameForm({"name": name})
    assert not form.is_valid() and form.errors["name"]


@pytest.mark.parametrize("name", PEOPLE)
def test_people_are_called_as_they_are(name):
    assert SignupNameForm({"name": name}).is_valid()


def test_what_the_portal_calls_who_has_left_is_kept_in_each_language(monkeypatch):
    said = {code: f"somebody gone {code}" for code, _name in settings.LANGUAGES}
    monkeypatch.setattr(reserved, "gettext", lambda text: said[translation.get_language()])
    reserved._names.cache_clear()
    try:
        for name in said.values():
            with pytest.raises(ValidationError):
                reserved.check_name(name.upper())
    finally:
        reserved._names.cache_clear()


def profile(person: User, **more) -> ProfileForm:
    said = {"name": person.name, "handle": person.handle, "language": "en", **more}
    return ProfileForm(said, instance=User.objects.get(pk=person.pk))


@pytest.mark.django_db
def test_members_do_not_take_them_and_keep_what_they_have():
    person, old = UserFactory(), UserFactory(handle="support", name="Support")
    assert profile(person, handle="moderator").has_error("handle", "reserved")
    assert profile(person, name="Former member").has_error("name", "reserved")
    assert profile(person, name="\u200b\u200b").has_error("name")
    assert profile(old).is_valid()


@pytest.mark.django_db
def test_who_has_a_short_name_keeps_it_and_changes_the_rest():
    person = UserFactory(name="李")
    form = profile(person, language="fr")
    assert form.is_valid() and form.cleaned_data["name"] == "李"
    assert profile(person, name="雷").has_error("name")


@pytest.mark.django_db
def test_staff_may_be_called_by_their_office_but_not_like_who_has_left():
    person = ModeratorFactory()
    assert profile(person, handle="secretariat", name="Secretariat").is_valid()
    assert profile(person, handle="left-17").has_error("handle", "reserved")


@pytest.mark.django_db
def test_a_handle_made_of_a_name_is_none_of_them():
    made = [services.unused_handle(name) for name in ("Admin", "Left 17", "Former Member", "Left", "Moderator Anna")]
    assert made == ["member"] * 5


@pytest.mark.django_db
def test_who_leaves_is_held_up_by_nobody_who_is_called_so():
    person = UserFactory()
    squatter, former = UserFactory(handle=f"left-{person.pk}"), UserFactory(handle=f"left-{person.pk}-2")
    UserFactory(email=f"left-{person.pk}-3@left.invalid")
    former.handle = "other-one"
    former.save()
    leave(person)
    person.refresh_from_db()
    assert person.handle == f"left-{person.pk}-4" and person.email == f"left-{person.pk}-4@left.invalid"
    assert User.objects.get(pk=squatter.pk).handle == f"left-{person.pk}"


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["clock@system.invalid", "left-1@LEFT.INVALID"])
def test_nobody_signs_up_with_an_address_of_the_portal_itself(client, email):
    said = {"email": email, "name": "Somebody", "password1": "long-enough-77"}
    answer = client.post(reverse("account_signup"), said)
    assert "Enter a valid email address." in answer.text
    assert not User.objects.filter(email__iendswith="invalid").exists()


@pytest.mark.django_db
def test_the_portal_never_acts_as_somebody_who_has_its_address():
    UserFactory(email="clock@system.invalid")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.system("clock", "Clock")
