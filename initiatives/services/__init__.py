from initiatives.services.again import begin_again
from initiatives.services.catching_up import behind, follow_public
from initiatives.services.drafts import NewerText, delete_draft, save_draft, start_correction, text_if_saved
from initiatives.services.editions import check_publishable, edition_of
from initiatives.services.effects import on_claim, on_release, on_remove, on_submit
from initiatives.services.endings import colleagues_corrections, open_correction, propose_ending
from initiatives.services.old_drafts import delete_old_drafts, warn_of_deletion
from initiatives.services.publication import publish, refresh_marks
from initiatives.services.revisions import keep_revision, set_aside, text_of
from initiatives.services.staff_edits import discard_staff_edits, edit_as_staff
from initiatives.services.stored_files import add_attachment, remove_attachment, title_attachment

__all__ = [
    "NewerText",
    "add_attachment",
    "begin_again",
    "behind",
    "check_publishable",
    "colleagues_corrections",
    "delete_draft",
    "delete_old_drafts",
    "discard_staff_edits",
    "edit_as_staff",
    "edition_of",
    "follow_public",
    "keep_revision",
    "open_correction",
    "propose_ending",
    "on_claim",
    "on_release",
    "on_remove",
    "on_submit",
    "publish",
    "refresh_marks",
    "remove_attachment",
    "save_draft",
    "set_aside",
    "start_correction",
    "text_if_saved",
    "text_of",
    "title_attachment",
    "warn_of_deletion",
]
