from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0021_keep_titles_back")]

    operations = [
        migrations.AddField(
            "topic", "took_in", models.TextField(blank=True, db_default="", default="", editable=False)
        ),
    ]
