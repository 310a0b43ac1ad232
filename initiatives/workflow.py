"""The tables of moves of submissions and initiatives: the product's workflow, as data."""

from django.utils.translation import gettext_lazy as _

from initiatives import notifications, rules, services, validation
from initiatives.models import Initiative, Submission
from initiatives.services import reviews
from initiatives.vocabulary import InitiativeStatus as I
from initiatives.vocabulary import SubmissionStatus as S
from moderation.workflow import Move, Workflow, register

_WAITING = frozenset({S.SUBMITTED, S.IN_REVIEW})
_DECIDED = frozenset({S.APPROVED, S.CHANGES_REQUESTED, S.REJECTED, S.SPAM})
_PUBLIC = frozenset({I.PUBLISHED})

SUBMISSION_WORKFLOW = Workflow.of(
    Move(
        "submit",
        _("Send for review"),
        frozenset({S.DRAFT, S.CHANGES_REQUESTED}),
        S.SUBMITTED,
        rules.may_submit,
        check=validation.check_ready,
        effect=services.on_submit,
    ),
    Move("retract", _("Retract"), _WAITING | {S.CHANGES_REQUESTED}, S.RETRACTED, rules.works_on),
    Move("claim", _("Claim"), frozenset({S.SUBMITTED}), S.IN_REVIEW, rules.may_claim, effect=services.on_claim),
    Move("release", _("Release"), frozenset({S.IN_REVIEW}), S.SUBMITTED, rules.may_release, effect=services.on_release),
    Move(
        "approve",
        _("Approve"),
        _WAITING,
        S.APPROVED,
        rules.may_decide,
        check=services.check_publishable,
        effect=services.publish,
        held=True,
        schedulable=True,
        now_label=_("Publish now"),
    ),
    Move(
        "request_changes",
        _("Ask for changes"),
        _WAITING,
        S.CHANGES_REQUESTED,
        rules.may_decide,
        True,
        effect=services.on_release,
        held=True,
    ),
    Move("reject", _("Reject"), _WAITING, S.REJECTED, rules.may_decide, reason_required=True, held=True),
    Move("mark_as_spam", _("Mark as spam"), _WAITING, S.SPAM, rules.may_decide, held=True),
    Move("take_effect_now", _("Let it take effect now"), _DECIDED, None, rules.may_let_take_effect_now, hastens=True),
    Move("undo", _("Undo"), _DECIDED, S.IN_REVIEW, rules.may_undo, effect=services.on_claim, undoes=True),
    Move("stop", _("Stop"), _DECIDED, S.SUBMITTED, rules.may_stop, True, effect=services.on_release, undoes=True),
    notify=notifications.tell_of_submission,
    preview=notifications.preview_of_submission,
    tells=notifications.TOLD,
    language=notifications.language_of_submission,
    waiting=_WAITING,
    edition=services.edition_of,
)

INITIATIVE_WORKFLOW = Workflow.of(
    Move("archive", _("Archive"), frozenset({I.PUBLISHED}), I.ARCHIVED, rules.may_keep_the_record),
    Move("unarchive", _("Take out of the archive"), frozenset({I.ARCHIVED}), I.PUBLISHED, rules.may_keep_the_record),
    Move(
        "remove",
        _("Remove"),
        frozenset({I.PUBLISHED, I.ARCHIVED}),
        I.REMOVED,
        rules.may_keep_the_record,
        reason_required=True,
        effect=services.on_remove,
    ),
    Move(
        "restore",
        _("Restore"),
        frozenset({I.REMOVED}),
        I.PUBLISHED,
        rules.may_keep_the_record,
        returns_to=frozenset({I.ARCHIVED}),
    ),
    # What follows keeps the status. Owners answer whether it still holds (services.review_answers) …
    Move("confirm", _("Still valid"), _PUBLIC, None, rules.may_answer, effect=reviews.on_confirm),
    Move("report_end", _("Say that it has ended"), _PUBLIC, None, rules.may_answer),
    Move("promise", _("Promise a correction"), _PUBLIC, None, rules.may_answer, effect=reviews.on_promise),
    # … moderators look again, and the clock notes that nobody did.
    Move(
        "source_seen",
        _("Source seen, still valid"),
        _PUBLIC,
        None,
        rules.may_see_source,
        effect=reviews.on_source_seen,
    ),
    Move("ask_later", _("Ask again later"), _PUBLIC, None, rules.may_keep_the_record, effect=reviews.on_ask_later),
    Move(
        "contest",
        _("Contest"),
        _PUBLIC | {I.ARCHIVED},
        None,
        rules.may_keep_the_record,
        reason_required=True,
        effect=reviews.on_contest,
    ),
    Move(
        "settle",
        _("Not contested any more"),
        _PUBLIC | {I.ARCHIVED},
        None,
        rules.may_settle,
        effect=reviews.on_settle,
    ),
    Move(
        "doubt",
        _("Needs re-verification"),
        _PUBLIC,
        None,
        rules.may_keep_the_record,
        reason_required=True,
        effect=reviews.on_doubt,
    ),
    Move("lapse", _("Note that nobody answered"), _PUBLIC, None, rules.may_lapse, effect=reviews.on_lapse),
    edition=lambda initiative: str(initiative.version),
)


def register_all() -> None:
    register(Submission, SUBMISSION_WORKFLOW)
    register(Initiative, INITIATIVE_WORKFLOW)
