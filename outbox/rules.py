"""May this person…?"""

from outbox.models import Letter


def may_handle(user, letter: Letter) -> bool:
    """Stop it or send it again. Letters with codes are for those who look after the jobs too: administrators."""
    return user.has_perm("outbox.change_letter") and (not letter.is_secret or user.has_perm("outbox.change_job"))


def may_read(user, letter: Letter) -> bool:
    """Read the text: whoever answers people about their submissions. Nobody reads codes."""
    return user.has_perm("outbox.view_letter") and not letter.is_secret
