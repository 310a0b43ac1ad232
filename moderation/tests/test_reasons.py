"""Canned reasons: the first ones, their languages, and the admin of them."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from moderation import reasons
from moderation.models import Reason
from moderation.services import transition
from moderation.workflow import registered
from tests.factories import ModeratorFactory, UserFactory, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es")
SCRIPTS = {"ar": "[\u0600-\u06ff]", "zh": "[\u4e00-\u9fff]", "ru": "[\u0400-\u04ff]"}


def decide(desk, submission, move, **values):
    url = reverse("admin:initiatives_submission_decide", args=[submission.pk])
    return desk.post(url, {"move": move, **values}, follow=True)


def test_first_reasons_are_those_of_the_product():
    assert list(Reason.objects.exclude(code__startswith="post_").values_list("code", flat=True)) == [
        *("out_of_scope", "no_usable_source", "source_does_not_support", "duplicate", "incomplete"),
        *("promotional", "personal_data", "not_authorised", "unclear"),
    ]


def test_first_reasons_are_said_in_six_languages():
    for reason in Reason.objects.all():
        texts = {language: reason.text_in(language) for language in LANGUAGES}
        assert len(set(texts.values())) == len(LANGUAGES), reason.code
        assert all(re.search(script, texts[language]) for language, script in SCRIPTS.items()), reason.code


def test_first_reasons_are_for_moves_that_exist():
    known = {move.reasons_name for workflow in registered().values() for move in workflow.moves.values()}
    assert {name for reason in Reason.objects.all() for name in reason.moves} <= known


def test_reason_alone_is_enough_and_is_told_in_the_contributors_language(desk):
    submission = make_submission(by=UserFactory(language="fr"))
    decide(desk, submission, "reject", reason="out_of_scope")
    decision = submission.decisions.first()
    assert (decision.move, decision.reason_code) == ("reject", "out_of_scope")
    assert decision.public_reason == Reason.objects.get(code="out_of_scope").text_fr


def test_own_words_come_after_the_canned_ones(desk):
    submission = make_submission()
    decide(desk, submission, "request_changes", reason="incomplete", public_reason="Which band?")
    text = submission.decisions.first().public_reason
    assert text == f"{Reason.objects.get(code='incomplete').text_en}\n\nWhich band?"


def test_reason_of_another_move_is_refused_at_its_field(desk):
    submission = make_submission()
    response = decide(desk, submission, "approve", reason="out_of_scope", private_note="typed with care")
    assert "“Out of scope” is not offered for “Approve”." in response.text and "typed with care" in response.text
    assert submission.decisions.count() == 1


def test_reason_that_is_not_offered_any_more_cannot_be_chosen(desk):
    Reason.objects.filter(code="unclear").update(is_offered=False)
    submission = make_submission()
    assert "Unclear" not in desk.get(reverse("admin:initiatives_submission_change", args=[submission.pk])).text
    decide(desk, submission, "request_changes", reason="unclear")
    assert submission.decisions.count() == 1


def test_missing_language_is_told_in_english():
    reason = Reason(text_en="In English")
    assert reasons.words(reason, "zh-hans", " Mine ") == "In English\n\nMine"


@pytest.mark.parametrize("move", ["reject", "request_changes"])
@pytest.mark.parametrize("nothing", [" \u200b\u202e", "\u2800\n\u3164"])
def test_reason_that_nobody_can_see_is_none(desk, move, nothing):
    submission = make_submission()
    assert "Give a reason." in decide(desk, submission, move, public_reason=nothing).text
    with pytest.raises(ValidationError):
        transition(submission, move, by=ModeratorFactory(), public_reason=nothing)
    assert submission.decisions.count() == 1


def test_note_that_nobody_can_see_is_not_kept(desk):
    submission = make_submission()
    decide(desk, submission, "claim", private_note="\u200b")
    assert submission.decisions.first().private_note == ""


# The admin


def test_canned_text_needs_something_to_be_seen(client):
    client.force_login(ModeratorFactory(group="Administrator"))
    reason = Reason.objects.get(code="unclear")
    url = reverse("admin:moderation_reason_change", args=[reason.pk])
    values = {"label": "Not clear", "moves": ["reject"], "position": 5, "is_offered": "on", "text_en": "\u200b"}
    assert "This field is required." in client.post(url, values).text
    reason.refresh_from_db()
    assert reason.label == "Unclear"


def test_administrators_edit_the_words_and_nobody_deletes(client):
    client.force_login(ModeratorFactory(group="Administrator"))
    reason = Reason.objects.get(code="unclear")
    url = reverse("admin:moderation_reason_change", args=[reason.pk])
    values = {"label": "Not clear", "moves": ["reject"], "position": 5, "is_offered": "on", "text_en": "Say it again."}
    assert client.post(url, {**values, "code": "other"}).status_code == 302
    reason.refresh_from_db()
    assert (reason.label, reason.moves, reason.code) == ("Not clear", ["reject"], "unclear")
    assert client.get(reverse("admin:moderation_reason_delete", args=[reason.pk])).status_code == 403
    assert "ar, zh, fr, ru, es" in client.get(reverse("admin:moderation_reason_changelist")).text


def test_moderators_read_the_reasons(desk):
    url = reverse("admin:moderation_reason_change", args=[Reason.objects.first().pk])
    assert desk.get(url).status_code == 200
    assert desk.post(url, {"label": "Other"}).status_code == 403


def test_edited_words_survive_the_migration():
    Reason.objects.filter(code="unclear").update(text_en="Ours")
    Reason.objects.filter(code="promotional").delete()
    import_module("moderation.migrations.0004_write_first_reasons").write(apps, None)
    assert Reason.objects.get(code="unclear").text_en == "Ours"
    assert Reason.objects.filter(code="promotional").exists()
