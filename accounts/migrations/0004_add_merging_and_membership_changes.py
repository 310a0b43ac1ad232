import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def forget_what_was_unknown_before(apps, schema_editor):
    """On the way back: memberships knew neither refusal nor end."""
    apps.get_model("accounts", "Membership").objects.filter(status__in=["refused", "ended"]).delete()
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_add_queue_indexes'),
        ('countries', '0001_create_countries'),
    ]

    operations = [
        # Names are compared by trigrams. It stays on the way back: others may use it.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='MembershipChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('became', models.CharField(choices=[('requested', 'requested'), ('confirmed', 'confirmed'), ('refused', 'refused'), ('ended', 'ended')], max_length=10, verbose_name='became')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'step of a membership',
                'verbose_name_plural': 'steps of memberships',
                'ordering': ['-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='membership_confirmed_has_a_date',
        ),
        migrations.AddField(
            model_name='organisation',
            name='merged_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='merged'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='merged_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='accounts.organisation', verbose_name='merged into'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='status',
            field=models.CharField(choices=[('requested', 'requested'), ('confirmed', 'confirmed'), ('refused', 'refused'), ('ended', 'ended')], default='requested', max_length=10, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('status__in', ['requested', 'refused'])), models.Q(('confirmed_at__isnull', False), ('status', 'confirmed')), ('status', 'ended'), _connector='OR'), name='membership_confirmed_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_at', None), ('merged_into', None)), models.Q(('merged_at__isnull', False), ('merged_into__isnull', False)), _connector='OR'), name='organisation_merged_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='organisation_not_merged_into_itself'),
        ),
        migrations.AddField(
            model_name='membershipchange',
            name='by',
            field=models.ForeignKey(help_text="Empty where an e-mail on the organisation's domain did it.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='membershipchange',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='accounts.membership', verbose_name='membership'),
        ),
        migrations.AddConstraint(
            model_name='membershipchange',
            constraint=models.CheckConstraint(condition=models.Q(('became__in', ['requested', 'confirmed', 'refused', 'ended'])), name='membership_change_is_known'),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_what_was_unknown_before),
    ]
