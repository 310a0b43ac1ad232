"""A record of decisions on organisations that nobody can change. It begins with what is known of those before it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from common.migration_operations import append_only

KINDS = {"confirmed": "member_confirmed", "refused": "member_refused", "ended": "member_ended"}


def write_what_is_known(apps, schema_editor):
    """Merges and steps of memberships say who and when. Who accepted or verified an organisation was not kept."""
    decision, organisation, change = (
        apps.get_model("accounts", name) for name in ("OrganisationDecision", "Organisation", "MembershipChange")
    )
    found = [
        decision(
            kind="merged",
            organisation=one,
            organisation_name=one.name,
            merged_into=one.merged_into,
            merged_into_name=one.merged_into.name,
            decided_by=one.merged_by,
            decided_by_name=one.merged_by.name if one.merged_by else "",
            decided_at=one.merged_at,
        )
        for one in organisation.objects.exclude(merged_into=None).select_related("merged_into", "merged_by")
    ]
    steps = change.objects.filter(became__in=KINDS).select_related("membership__organisation", "by")
    found += [
        decision(
            kind=KINDS[one.became],
            organisation=one.membership.organisation,
            organisation_name=one.membership.organisation.name,
            person_id=one.membership.user_id,
            decided_by=one.by,
            decided_by_name=one.by.name if one.by else "",
            decided_at=one.at,
        )
        for one in steps
    ]
    decision.objects.bulk_create(sorted(found, key=lambda one: one.decided_at), batch_size=1_000)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_add_merging_and_membership_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accepted', 'accepted'), ('verified', 'mark “verified” given'), ('unverified', 'mark “verified” taken away'), ('merged', 'merged into another one'), ('member_confirmed', 'membership confirmed'), ('member_refused', 'membership refused'), ('member_ended', 'membership ended')], max_length=20, verbose_name='decision')),
                ('organisation_name', models.CharField(max_length=200, verbose_name='organisation, as named then')),
                ('merged_into_name', models.CharField(blank=True, max_length=200, verbose_name='merged into, as named then')),
                ('decided_by_name', models.CharField(blank=True, max_length=100, verbose_name='by, as named then')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('decided_by', models.ForeignKey(help_text='Empty where nobody did it: an e-mail on the domain, or the approval of what it sent.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation', verbose_name='merged into')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='accounts.organisation', verbose_name='organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member')),
            ],
            options={
                'verbose_name': 'decision on an organisation',
                'verbose_name_plural': 'decisions on organisations',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['organisation', '-id'], name='org_decision_of_organisation'), models.Index(fields=['decided_at'], name='org_decision_by_day')],
            },
        ),
        append_only("accounts_organisationdecision"),
        migrations.RunPython(write_what_is_known, migrations.RunPython.noop),
    ]
