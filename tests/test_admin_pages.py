"""Every page of the admin opens for who may see it, and every action runs."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.services import set_verified
from forum.models import Watchword
from forum.tests.things import post_topic
from initiatives.links.registration import register
from outbox.clock import wind
from portal.roles import ROLES
from tests.factories import ModeratorFactory, make_initiative, make_submission

MOVES_OF_SUBMISSIONS = "claim release approve request_changes reject mark_as_spam".split()
LOOKING_AGAIN = "source_seen ask_later contest settle doubt".split()
ACTIONS = {
    "initiatives.submission": MOVES_OF_SUBMISSIONS,
    "initiatives.initiative": [*LOOKING_AGAIN, "archive", "unarchive", "remove", "restore"],
    "initiatives.collection": [],
    "initiatives.link": ["check_again"],
    "forum.board": [],
    "forum.topic": "lock unlock pin unpin hide restore forget_merged".split(),
    "forum.post": "approve reject mark_as_spam hide restore dismiss_flags uphold_flags".split(),
    "forum.member": "silence_1 silence_7 silence_30 unsilence".split(),
    "forum.watchword": [],
    "accounts.organisation": ["accept", "verify", "unverify", "merge"],
    "accounts.membership": ["confirm", "refuse", "end"],
    "accounts.user": [],
    "accounts.organisationdecision": [],
    "moderation.decision": [],
    "moderation.reason": [],
    "outbox.letter": ["stop", "send_again"],
    "outbox.job": ["pause", "resume", "run_now"],
    "countries.country": [],
    "taggit.tag": ["render_tag_form"],
    "auth.group": [],
    "account.emailaddress": ["make_verified"],
    "mfa.authenticator": [],
    "django_tasks_database.dbtaskresult": [],
}
EVERYTHING = {
    "initiatives.submission": "?status=all",
    "initiatives.link": "?state=all",
}  # where the list shows less of itself
DELETABLE = {"taggit.tag", "mfa.authenticator", "forum.watchword"}
MODELS = [pytest.param(model, id=model._meta.label_lower) for model in admin.site._registry]
PEOPLE = [pytest.param(name, id=name.lower()) for name in ROLES]
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMO = True


@pytest.fixture(scope="module", autouse=True)
def _rows(kept_in_module) -> None:
    populate()


def populate() -> None:
    """Make one row of everything, and one more that waits."""
    make_initiative(tag_names=["roaming"])
    waiting = make_submission()
    set_verified(waiting.organisation, True, by=ModeratorFactory())
    post_topic()
    Watchword.objects.create(text="lottery")
    wind()
    register()
    Authenticator.objects.all().delete()
    Authenticator.objects.create(user=waiting.author, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    arguments = {"args": ["Your code", "Sign-in code: 123456", ["a@example.org"]], "kwargs": {}}
    DBTaskResult.objects.create(
        args_kwargs=arguments, task_path="outbox.tasks.deliver", backend_name="default", exception_class_path=""
    )


def signed_in(client, role: str):
    client.force_login(ModeratorFactory(group=role))
    return client


def address(model, what: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def rights(role: str, model) -> list[str]:
    return ROLES[role].get(model._meta.label_lower, "").split()


def test_every_registered_model_is_in_the_table():
    assert {model._meta.label_lower for model in admin.site._registry} == set(ACTIONS)
    assert set(ROLES["Administrator"]) == set(ACTIONS)


@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("model", MODELS)
def test_pages_open_for_who_may_see_them(client, model, role):
    signed_in(client, role)
    expected = 200 if "view" in rights(role, model) else 403
    assert client.get(address(model, "changelist")).status_code == expected
    row = admin.site._registry[model].get_queryset(_request(role)).first()
    assert client.get(address(model, "change", row.pk)).status_code == expected
    assert client.get(address(model, "add")).status_code == (200 if "add" in rights(role, model) else 403)
    may_delete = "delete" in rights(role, model) and model._meta.label_lower in DELETABLE
    assert client.get(address(model, "delete", row.pk)).status_code == (200 if may_delete else 403)


def _request(role: str):
    request = RequestFactory().get("/admin/")
    request.user = ModeratorFactory(group=role)
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("model", MODELS)
def test_every_action_runs(client, model, role):
    signed_in(client, role)
    if "view" not in rights(role, model):
        return
    wanted = list(ACTIONS[model._meta.label_lower])
    if "delete" in rights(role, model):
        wanted.insert(0, "delete_selected")
    rows = admin.site._registry[model].get_queryset(_request(role))
    keys = [str(row.pk) for row in rows]
    assert actions_offered(client, model) == wanted
    for action in wanted:
        chosen = {"action": action, "_selected_action": keys}
        response = client.post(
            address(model, "changelist") + EVERYTHING.get(model._meta.label_lower, ""), chosen, follow=True
        )
        assert response.status_code == 200, action
        assert "No action selected" not in response.text


def actions_offered(client, model) -> list[str]:
    form = client.get(address(model, "changelist")).context.get("action_form")
    return [name for name, _label in form.fields["action"].choices if name] if form else []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/admin/password_change/", "/admin/initiatives/", "/admin/jsi18n/"])
@pytest.mark.parametrize("role", PEOPLE)
def test_pages_of_no_model_open(client, role, path):
    assert signed_in(client, role).get(path).status_code == 200


@pytest.mark.django_db
def test_second_factors_show_no_secret(client):
    signed_in(client, "Administrator")
    factor = Authenticator.objects.get(data__secret=SECRET)
    for url in (address(Authenticator, "changelist"), address(Authenticator, "change", factor.pk)):
        assert SECRET not in client.get(url).text


@pytest.mark.django_db
def test_background_tasks_show_no_letters(client):
    signed_in(client, "Administrator")
    task = DBTaskResult.objects.get()
    page = client.get(address(DBTaskResult, "change", task.pk)).text
    assert "outbox.tasks.deliver" in page and "123456" not in page and "a@example.org" not in page
