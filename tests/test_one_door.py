"""One door for a status, and nobody but its two sides reads a submission. Both read from the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from initiatives.models.content import CONTENT_FIELDS
from initiatives.services.drafts import PROPOSABLE
from moderation.models import Moderated
from tests.house import ROOT, parsed, python_files, shown, template_files

STATUS = "status"
# Where a status is assigned: everything moderated; memberships by their own small door; tasks of the queue, which are
# no business of moderators.
DOORS = {
    "moderation/services.py": "locked.status",
    "accounts/services.py": "membership.status",
    "outbox/reaper.py": "task.status",
}
# A workflow's subjects; a call of one of these with a status makes a row that no decision explains.
MODELS = {"Submission", "Initiative", "Membership", "Topic", "Post", "Member"}
WRITES = {"update", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "filter_update"}
WRITES |= {f"a{name}" for name in WRITES}
SQL = re.compile(r"\bupdate\b[^;]+\bset\b[^;]*\bstatus\b|\binsert\s+into\b[^;]+\bstatus\b", re.IGNORECASE | re.DOTALL)


def status_writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every place that writes a `status`: line and what it does."""
    for node in ast.walk(tree):
        for target in _targets(node):
            if isinstance(target, ast.Attribute) and target.attr == STATUS:
                yield node.lineno, f"{ast.unparse(target)} ="
            if isinstance(target, ast.Subscript) and _is_status(target.slice) and "__dict__" in ast.unparse(target):
                yield node.lineno, f"{ast.unparse(target)} ="
        if isinstance(node, ast.Call) and _call_writes(node):
            yield node.lineno, ast.unparse(node)[:80]
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield node.lineno, "SQL"


def _targets(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Assign):
        wholes = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For):
        wholes = [node.target]
    elif isinstance(node, ast.With):
        wholes = [item.optional_vars for item in node.items if item.optional_vars]
    else:
        return []
    return [part for whole in wholes for part in ast.walk(whole) if isinstance(part, ast.Attribute | ast.Subscript)]


def _call_writes(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("setattr", "__setattr__"):
        return any(_is_status(argument) for argument in call.args)
    if name not in WRITES | MODELS:
        return False
    if any(keyword.arg == STATUS for keyword in call.keywords):
        return True
    # {"status": …} given as defaults= or **; "status" in the fields of bulk_update
    said = [*call.args, *(keyword.value for keyword in call.keywords)]
    inside = [part for argument in said for part in ast.walk(argument)]
    keyed = any(isinstance(part, ast.Dict) and any(_is_status(key) for key in part.keys if key) for part in inside)
    return keyed or (name.endswith("bulk_update") and any(_is_status(part) for part in inside))


def _is_status(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == STATUS


@pytest.mark.parametrize(
    "code",
    [
        "submission.status = 'approved'",
        "self.submission.status, x = 'approved', 1",
        "submission.status: str = 'approved'",
        "initiative.status += 'x'",
        "for initiative.status in statuses: pass",
        "setattr(submission, 'status', 'approved')",
        "object.__setattr__(submission, 'status', 'approved')",
        "submission.__dict__['status'] = 'approved'",
        "Submission.objects.filter(pk=1).update(status='approved')",
        "rows.update(**{'status': 'approved'})",
        "Initiative.objects.bulk_update(rows, ['title', 'status'])",
        "Initiative.objects.bulk_update(rows, fields=('status',))",
        "Initiative.objects.create(title='x', status='published')",
        "Membership.objects.update_or_create(user=user, defaults={'status': 'confirmed'})",
        "Initiative.objects.bulk_create([Initiative(status='published')])",
        "Submission(title='x', status='approved')",
        "cursor.execute('UPDATE initiatives_submission SET title = 1, status = %s', [x])",
        "async def f(): await rows.aupdate(status='approved')",
    ],
)
def test_every_way_to_write_a_status_is_seen(code):
    assert list(status_writes(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "status = submission.status",
        "if submission.status == 'approved': pass",
        "Submission.objects.filter(status='approved').update(title='x')",
        "render(request, context={'status': 'x'})",
        "submission.status_note = 'x'",
        "form.fields['status'] = field",
    ],
)
def test_reading_a_status_is_no_writing(code):
    assert list(status_writes(ast.parse(code))) == []


def test_nothing_but_the_door_writes_a_status():
    found = [
        f"{shown(path)}:{line} {what}"
        for path in python_files()
        for line, what in status_writes(parsed(path))
        if not what.startswith(DOORS.get(shown(path), "never"))
    ]
    assert found == []


@pytest.mark.parametrize(("module", "what"), DOORS.items())
def test_doors_are_where_they_are_said_to_be(module, what):
    assert {said for _line, said in status_writes(parsed(ROOT / module))} == {f"{what} ="}


def test_moderated_models_keep_their_status_from_forms():
    """`editable=False`: neither a ModelForm nor the admin can offer the field."""
    moderated = [model for model in apps.get_models() if issubclass(model, Moderated)]
    assert len(moderated) >= 2
    assert [model.__name__ for model in moderated if model._meta.get_field(STATUS).editable] == []


def test_copied_and_proposed_fields_hold_no_status():
    """save_draft and publish set attributes by name: these names."""
    assert STATUS not in CONTENT_FIELDS
    assert STATUS not in PROPOSABLE


# Who may read submissions: the moderators' side and the contributor's. Everybody else reads Initiative.
READERS = re.compile(
    r"initiatives/(models/|services/|links/|duplicates/|forms/|admin/|importing/|management/|views/(conflict|correction|desk|late|mine|preview|similar|standing|texts)\.py"
    r"|templatetags/submissions\.py|(launch|notifications|ownership|progress|sent|querysets|queue|rules|statistics|suspicions|validation|workflow)\.py)"
    r"|portal/(demo/|views/(my|organisation)\.py|management/)"
    r"|moderation/"
)
SUBMISSION_TABLES = {"Submission", "SubmissionSource", "SubmissionAttachment"}

# apps.get_model("initiatives", "Submission"), values("submissions__…"), raw SQL
SUBMISSION_NAMED = re.compile(r"^Submission(Source|Attachment)?$|\binitiatives_submission|\bsubmissions__")


def submission_reads(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every mention of a table of submissions, or of the way to it from an initiative or a person."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom | ast.Import) else []
        names += [node.id] if isinstance(node, ast.Name) else [node.attr] if isinstance(node, ast.Attribute) else []
        for name in names:
            if name in SUBMISSION_TABLES or name in ("submissions", "submission_set"):
                yield node.lineno, name
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SUBMISSION_NAMED.search(node.value):
            yield node.lineno, node.value
        if isinstance(node, ast.keyword) and (node.arg or "").startswith("submissions"):
            yield node.value.lineno, node.arg


@pytest.mark.parametrize(
    "code",
    [
        "from initiatives.models import Initiative, Submission",
        "from initiatives import models\nmodels.Submission.objects.all()",
        "initiative.submissions.first()",
        "Initiative.objects.filter(submissions__author=user)",
        "Initiative.objects.values('submissions__contributor_email')",
        "apps.get_model('initiatives', 'Submission')",
        "cursor.execute('SELECT * FROM initiatives_submission')",
    ],
)
def test_every_way_to_read_submissions_is_seen(code):
    assert list(submission_reads(ast.parse(code)))


def test_public_modules_do_not_read_submissions():
    found = [
        f"{shown(path)}:{line} {what}"
        for path in python_files()
        if not READERS.match(shown(path))
        for line, what in submission_reads(parsed(path))
    ]
    assert found == []


def is_public(path: Path) -> bool:
    return not READERS.match(shown(path))


@pytest.mark.parametrize(
    "module",
    ["countrymap/views/countries.py", "portal/sitemaps.py", "initiatives/views/public.py", "initiatives/schema.py"],
)
def test_public_modules_are_held_to_be_public(module):
    assert (ROOT / module).exists()
    assert is_public(ROOT / module)


PUBLIC_TEMPLATES = re.compile(
    r"(countrymap/|countries/|portal/(?!my)|initiatives/_?(initiative|filter|facet)|includes/)"
)
SAID = re.compile(r"{[{%](.*?)[%}]}", re.DOTALL)
TEXT = re.compile(r'"[^"]*"')


def test_public_templates_show_nothing_of_submissions():
    """Neither a submission nor what only a submission has; the words of translations do not count."""
    private = re.compile(r"\b(submissions?|contributor_\w+|provenance_note|source_dataset|source_id|private_note)\b")
    found = [
        f"{name}: {said.strip()}"
        for name, path in template_files()
        if PUBLIC_TEMPLATES.match(name)
        for said in SAID.findall(path.read_text("utf-8"))
        if private.search(TEXT.sub("", said))
    ]
    assert found == []
