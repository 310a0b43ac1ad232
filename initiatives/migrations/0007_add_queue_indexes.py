from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0006_add_link_hosts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("initiative__isnull", True), ("status__in", ("submitted", "in_review"))),
                fields=["submitted_at", "id"],
                name="submission_new_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("initiative__isnull", False), ("status__in", ("submitted", "in_review"))),
                fields=["submitted_at", "id"],
                name="submission_correction_waiting",
            ),
        ),
    ]
