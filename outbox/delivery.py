"""How a letter reaches the mail server: at most once by itself, and never without a trace.

Who delivers holds a lock of the letter's name and marks it as being sent, in a transaction of its own, before the mail
server hears of it. So a letter that is marked and whose lock is free was left by a crash: perhaps it was sent.
"""

import contextlib
import logging
from datetime import timedelta
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.anew import write_anew
from outbox.locks import held
from outbox.models import Letter, LetterState

logger = logging.getLogger(__name__)

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]  # between tries; then it is given up
STUCK = timedelta(minutes=10)  # far more than any conversation with a mail server takes (settings.EMAIL_TIMEOUT)
CLOCKS_DIFFER = timedelta(seconds=30)  # between the machine that writes and the one that sends

# The mail server has said no, or was never asked. After anything else the letter may be on its way.
NOT_SENT = (
    SMTPResponseException,
    SMTPRecipientsRefused,
    SMTPNotSupportedError,
    ImproperlyConfigured,
    ValueError,
)


def deliver(letter_id: int) -> str:
    """Send the letter if it waits and is due; returns its state then, in a word.

    Call it outside any transaction: what it notes must be there whatever happens next.
    """
    with held(f"letter {letter_id}") as mine:
        letter = _take(letter_id) if mine else None
        if letter is None:
            return "left alone"
        with contextlib.ExitStack() as at_end:
            message = _prepared(letter, at_end)
            if message:
                _send(letter, message)
        return "not wanted any more" if letter.state == LetterState.SENDING else letter.state


def settle_interrupted() -> int:
    """Letters left as being sent by a crash become uncertain; returns how many. So does one that hangs for STUCK."""
    count = 0
    for letter in Letter.objects.filter(state=LetterState.SENDING):
        with held(f"letter {letter.pk}") as nobody_sends:
            if nobody_sends or letter.sending_since < timezone.now() - STUCK:
                count += _note(letter, LetterState.UNCERTAIN, problem=_interrupted(), only_if=[LetterState.SENDING])
    return count


@transaction.atomic
def _take(letter_id: int) -> Letter | None:
    """Mark the letter as being sent; None where it is not to be sent now."""
    letter = Letter.objects.select_for_update(skip_locked=True).filter(pk=letter_id).first()
    if letter is None:
        return None
    now = timezone.now()
    if letter.state == LetterState.SENDING:  # and its lock was free
        _note(letter, LetterState.UNCERTAIN, problem=_interrupted())
    if letter.state != LetterState.WAITING or letter.due_at > now + CLOCKS_DIFFER:
        return None
    letter.state, letter.sending_since, letter.tries = LetterState.SENDING, now, letter.tries + 1
    letter.save(update_fields=["state", "sending_since", "tries"])
    return letter


def _prepared(letter: Letter, at_end: contextlib.ExitStack) -> EmailMessage | None:
    """Return the letter as it goes to the mail server, which is open; None where it does not go now, or at all.

    Whatever fails here, the letter itself has not been spoken of.
    """
    try:
        connection = get_connection()
        at_end.callback(_close, connection)
        connection.open()
        return _message(letter, connection) if write_anew(letter) else None
    except Exception as error:
        _try_later(letter, error)
        return None


def _send(letter: Letter, message: EmailMessage) -> None:
    try:
        message.send()
    except NOT_SENT as error:
        _try_later(letter, error)
    except Exception as error:
        logger.exception("letter %s: perhaps sent", letter.pk)
        _note(letter, LetterState.UNCERTAIN, problem=_words(error))
    else:
        body = "" if letter.is_secret else letter.body
        _note(letter, LetterState.SENT, problem="", body=body, sent_at=timezone.now())


def _close(connection) -> None:
    with contextlib.suppress(Exception):
        connection.close()


def _message(letter: Letter, connection) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated", **letter.headers, "Message-ID": letter.message_id}
    message = EmailMessage(letter.subject, letter.body, to=[letter.recipient], headers=headers, connection=connection)
    message.message()  # raises here, not half-way, where a header is impossible
    return message


def _try_later(letter: Letter, error: Exception) -> None:
    if letter.tries > len(PAUSES):
        logger.error("letter %s is given up: %s", letter.pk, type(error).__name__)
        _note(letter, LetterState.FAILED, problem=_words(error))
    else:
        due_at = timezone.now() + PAUSES[letter.tries - 1]
        _note(letter, LetterState.WAITING, problem=_words(error), due_at=due_at)


def _note(letter: Letter, state: LetterState, *, only_if=(LetterState.SENDING, LetterState.UNCERTAIN), **more) -> int:
    """Write what became of this try, unless the letter has gone on since: 1 if written, else 0."""
    this_try = Letter.objects.filter(pk=letter.pk, sending_since=letter.sending_since, state__in=only_if)
    letter.state = state
    return this_try.update(state=state, **more)


def _interrupted() -> str:
    return _("The worker ended while it was being sent.")


def _words(error: Exception) -> str:
    """Return the error for staff to read: what the mail server answered, if it did."""
    if isinstance(error, SMTPRecipientsRefused):
        error = SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, SMTPResponseException):
        answer = error.smtp_error
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
        return f"{error.smtp_code} {text}"[:2_000]
    return f"{type(error).__name__}: {error}"[:2_000]
