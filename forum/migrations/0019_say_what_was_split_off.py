import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0018_date_changes_of_topics")]

    operations = [
        migrations.AddField(
            "topic",
            "split_from",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="split_off",
                to="forum.topic",
            ),
        ),
    ]
