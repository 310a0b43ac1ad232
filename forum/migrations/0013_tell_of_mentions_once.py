from django.db import migrations, models

# What was public before has told those whom it names.
TOLD = """
UPDATE forum_mention SET told_at = made_at FROM forum_post
WHERE forum_post.id = post_id AND forum_post.published_at IS NOT NULL
"""
NOT_TOLD = "UPDATE forum_notice SET reason = 'mention' WHERE reason = 'edited'"


class Migration(migrations.Migration):
    dependencies = [("forum", "0012_name_pages_anew_when_accounts_are_switched_off")]

    operations = [
        migrations.AddField(
            "mention",
            "told_at",
            models.DateTimeField(editable=False, null=True, verbose_name="noted to be told"),
        ),
        migrations.RemoveConstraint("notice", "notice_reason_is_known"),
        migrations.AlterField(
            "notice",
            "reason",
            models.CharField(
                choices=[
                    ("edited", "you are mentioned, since an edit"),
                    ("mention", "you are mentioned"),
                    ("reply", "a reply to you"),
                    ("topic", "a topic that you follow"),
                    ("board", "a board that you follow"),
                ],
                max_length=10,
                verbose_name="reason",
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=models.Q(reason__in=["edited", "mention", "reply", "topic", "board"]),
                name="notice_reason_is_known",
            ),
        ),
        migrations.RunSQL(TOLD, NOT_TOLD),
    ]
