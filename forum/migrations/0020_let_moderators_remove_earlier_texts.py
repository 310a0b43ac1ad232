from django.db import migrations, models
from django.db.models import Q

# The record called posts by their first words. It is told from now on where they stand, and what it has of their words
# goes: the one time that its rows are changed, by whoever owns the table.
FORGET = """
ALTER TABLE moderation_decision DISABLE TRIGGER append_only;
UPDATE moderation_decision decision
    SET subject_name = left(concat(topic.title, ' #' || post.number), 200)
    FROM forum_post post JOIN forum_topic topic ON topic.id = post.topic_id, django_content_type kind
    WHERE kind.app_label = 'forum' AND kind.model = 'post' AND decision.content_type_id = kind.id
    AND decision.object_id = post.id;
ALTER TABLE moderation_decision ENABLE TRIGGER append_only;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0019_say_what_was_split_off"),
        ("moderation", "0006_add_edition_of_decision"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AddField(
            "postrevision", "removed_at", models.DateTimeField(editable=False, null=True, verbose_name="removed")
        ),
        migrations.AddConstraint(
            "postrevision",
            models.CheckConstraint(condition=Q(removed_at=None) | Q(body=""), name="post_revision_removed_is_empty"),
        ),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
