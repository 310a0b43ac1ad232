from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_create_groups"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("status", "requested")), fields=["requested_at", "id"], name="membership_requested"
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                condition=models.Q(("accepted_at__isnull", True)),
                fields=["created_at", "id"],
                name="organisation_proposed",
            ),
        ),
    ]
