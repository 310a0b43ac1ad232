from django.db import migrations, models


class Migration(migrations.Migration):
    """Revisions that the secretariat made. Only the choices change, not the table."""

    dependencies = [("initiatives", "0007_add_queue_indexes")]

    operations = [
        migrations.AlterField(
            model_name="submissionrevision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sent", "as it was sent"),
                    ("replaced", "replaced by somebody else's text"),
                    ("set_aside", "set aside, because a newer text was there"),
                    ("edited", "edited by the secretariat"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        )
    ]
