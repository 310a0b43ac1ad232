from initiatives.services.drafts import (
    NewerText,
    add_attachment,
    delete_draft,
    keep_revision,
    remove_attachment,
    save_draft,
    start_correction,
)
from initiatives.services.effects import on_claim, on_release, on_remove, on_submit
from initiatives.services.publication import publish, refresh_marks

__all__ = [
    "NewerText",
    "add_attachment",
    "delete_draft",
    "keep_revision",
    "on_claim",
    "on_release",
    "on_remove",
    "on_submit",
    "publish",
    "refresh_marks",
    "remove_attachment",
    "save_draft",
    "start_correction",
]
