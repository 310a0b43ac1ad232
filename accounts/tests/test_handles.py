"""A handle that was given up leads to whoever had it, and nobody else can take it."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import services
from accounts.forms import FORMER_MAX, ProfileForm
from accounts.handles import FormerHandle, digest
from accounts.leaving import leave
from accounts.models import User
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def renamed(person: User, handle: str) -> User:
    person.handle = handle
    person.save()
    return person


def taken(person: User, handle: str) -> bool:
    """Whether the database refuses the handle to the person, whatever way it comes."""
    try:
        with transaction.atomic():
            User.objects.filter(pk=person.pk).update(handle=handle)
    except IntegrityError:
        return True
    return False


def form_of(person: User, handle: str) -> ProfileForm:
    return ProfileForm(
        {"name": person.name, "handle": handle, "language": "en"}, instance=User.objects.get(pk=person.pk)
    )


def test_a_handle_that_was_given_up_is_kept():
    person, other = renamed(UserFactory(handle="amina"), "amina-d"), UserFactory()
    assert FormerHandle.objects.get(handle="amina").user == person
    assert taken(other, "amina")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(handle="amina")
    assert services.unused_handle("Amina") == "amina-2"


def test_people_take_their_own_back():
    person = renamed(renamed(UserFactory(handle="amina"), "amina-d"), "amina")
    assert list(FormerHandle.objects.values_list("handle", "user")) == [("amina-d", person.pk)]


def test_forms_say_so(client):
    renamed(UserFactory(handle="amina"), "amina-d")
    form = form_of(UserFactory(), "amina")
    assert form.errors["handle"] == ["Somebody else had this handle; choose another one."]
    client.force_login(UserFactory())
    answer = client.post("/my/profile/", {"name": "Ben", "handle": "amina", "language": "en"})
    assert answer.status_code == 200 and "Somebody else had this handle" in answer.text


def test_the_admin_says_so(client):
    renamed(UserFactory(handle="amina"), "amina-d")
    other = UserFactory()
    client.force_login(ModeratorFactory(group="Administrator"))
    address = f"/admin/accounts/user/{other.pk}/change/"
    inline = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    said = {"name": other.name, "handle": "amina", "language": "en", "is_active": "on", **inline}
    assert "Somebody else had this handle" in client.post(address, said).text
    other.refresh_from_db()
    assert other.handle != "amina"


def test_nobody_collects_handles():
    person = UserFactory(handle="first-one")
    for number in range(FORMER_MAX):
        renamed(person, f"other-{number}")
    assert form_of(person, "one-more").has_error("handle", "often")
    assert form_of(person, "first-one").is_valid() and form_of(person, person.handle).is_valid()


def test_of_who_leaves_only_a_digest_is_kept():
    person, other = renamed(UserFactory(handle="amina"), "amina-d"), UserFactory()
    leave(person)
    assert set(FormerHandle.objects.values_list("handle", "user")) == {
        (digest("amina"), None),
        (digest("amina-d"), None),
    }
    assert taken(other, "amina") and taken(other, "amina-d")
    assert form_of(other, "amina").has_error("handle", "kept") and services.unused_handle("Amina") == "amina-2"


def test_machines_have_their_names_whoever_had_them():
    renamed(UserFactory(handle="forum"), "other")
    assert User.objects.system("forum", "The forum itself").handle == "forum"


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_handle_to_be_given_up_does_not_get_it():
    person, other, found = UserFactory(handle="amina"), UserFactory(handle="ben"), []

    def take() -> None:
        try:
            User.objects.filter(pk=other.pk).update(handle="amina")
        except IntegrityError:
            found.append("refused")
        finally:
            connection.close()

    thread = threading.Thread(target=take)
    with transaction.atomic(), connection.cursor() as cursor:
        User.objects.filter(pk=person.pk).update(handle="amina-d")
        thread.start()
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        for _try in range(2_000):
            cursor.execute(f"{waits} AND pg_sleep(0.01) IS NOT NULL")
            if cursor.fetchone()[0]:
                break
    thread.join()
    assert found == ["refused"] and User.objects.get(pk=other.pk).handle == "ben"
