from django.db import migrations, models
from django.db.models import Func
from django.db.models.functions import Cast

XMIN = Func(Func(function="pg_current_snapshot"), function="pg_snapshot_xmin")


class Migration(migrations.Migration):
    """Rows that are there already get the oldest transaction of now, which is right too: no writer is under way."""

    dependencies = [
        ("initiatives", "0014_add_tag_aliases"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="open_from",
            field=models.BigIntegerField(db_default=Cast(Cast(XMIN, models.TextField()), models.BigIntegerField())),
        ),
    ]
