"""What the decision log is filtered and searched by; adding indexes is allowed in an append-only table."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Upper

WORDS = ("subject_name", "decided_by_name", "public_reason", "private_note")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0004_write_first_reasons")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.AddIndex("decision", models.Index(fields=["decided_at"], name="decision_by_day")),
        migrations.AddIndex("decision", models.Index(fields=["move", "-id"], name="decision_by_move")),
        migrations.AddIndex("decision", models.Index(fields=["by_machine", "-id"], name="decision_by_machine")),
        migrations.AddIndex("decision", models.Index(fields=["reason_code", "-id"], name="decision_by_reason")),
        migrations.AddIndex(
            "decision",
            GinIndex(*(OpClass(Upper(name), name="gin_trgm_ops") for name in WORDS), name="decision_words"),
        ),
    ]
