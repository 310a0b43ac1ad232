"""Accounts and an example submission for a demonstration, with passwords made up for this installation."""

import json
import os
import secrets
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts import services as accounts
from accounts.models import Membership, Organisation, StakeholderType, User
from accounts.rules import ADMINISTRATORS, MODERATORS
from initiatives import services
from initiatives.models import Collection, Submission
from initiatives.vocabulary import Compliance, EndKind, Instrument, Phase, Relation, Scope, Theme
from moderation.services import transition

ROLES = {
    "contributor": ("Demonstration contributor", None),
    "colleague": ("Demonstration colleague", None),
    "moderator": ("Demonstration moderator", MODERATORS),
    "administrator": ("Demonstration administrator", ADMINISTRATORS),
}
ORGANISATION = "Example Regulatory Authority (demonstration)"


def ensure() -> list[tuple[str, str, str]]:
    """Make what is missing and return role, e-mail and password of each account."""
    passwords = _passwords()
    with transaction.atomic():
        people = {role: _person(role, passwords[role]) for role in ROLES}
        organisation = _organisation(people["administrator"])
        for role in ("contributor", "colleague"):
            _member(people[role], organisation, people["administrator"])
        if not Submission.objects.filter(author=people["contributor"]).exists():
            _example(people["contributor"], organisation)
    return [(role, people[role].email, passwords[role]) for role in ROLES]


def present() -> bool:
    """Whether a demonstration has ever filled this database."""
    return User.objects.filter(email__in=[_email(role) for role in ROLES]).exists()


def _email(role: str) -> str:
    return f"{role}@demo.example"


def _passwords() -> dict[str, str]:
    path = Path(settings.VAR_DIR) / "demo_accounts.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    missing = {role: secrets.token_urlsafe(9) for role in ROLES if role not in known}
    if missing:
        aside = path.with_suffix(".part")
        aside.touch(mode=0o600)
        aside.write_text(json.dumps({**known, **missing}))
        os.replace(aside, path)
    return {**known, **missing}


def _person(role: str, password: str) -> User:
    name, group = ROLES[role]
    email = _email(role)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, handle=f"demo-{role}", is_staff=group is not None)
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    if group:
        user.groups.add(Group.objects.get(name=group))
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


def _organisation(by: User) -> Organisation:
    return accounts.propose_organisation(ORGANISATION, StakeholderType.REGULATOR, None, by=by, accepted=True)


def _member(user: User, organisation: Organisation, by: User) -> None:
    membership = accounts.request_membership(user, organisation)
    if membership.status != Membership.Status.CONFIRMED:
        accounts.confirm_membership(membership, by=by)


def _example(author: User, organisation: Organisation) -> None:
    values = {
        "collection_id": Collection.objects.get(slug="reg4covid").pk,
        "title": "Example: extra spectrum for a mobile network (made up for the demonstration)",
        "summary": "This entry is made up, so that there is something to vet: approve it, reject it, ask for changes.",
        "language": "en",
        "organisation_id": organisation.pk,
        "relation": Relation.ISSUING_BODY,
        "scope": Scope.GLOBAL,
        "theme": Theme.SPECTRUM,
        "measure_types": ["extra_spectrum"],
        "instrument": Instrument.REGULATION_DECISION,
        "compliance": Compliance.NOT_STATED,
        "phase": Phase.PREPAREDNESS,
        "starts_on": timezone.now().date(),
        "end_kind": EndKind.NOT_ANNOUNCED,
        "contributor_name": author.name,
        "contributor_role": "Example",
        "contributor_email": author.email,
        "consent_at": timezone.now(),
    }
    source = {"url": "https://www.example.org/decision", "title": "Example source", "kind": "regulator_or_ministry"}
    submission = services.save_draft(None, by=author, values=values, sources=[source])
    transition(submission, "submit", by=author)
