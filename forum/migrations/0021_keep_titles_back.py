from django.db import migrations, models

# What is hidden by now has its title kept back too.
KEEP = """
UPDATE forum_topic SET kept_title = title, title = 'Hidden title', slug = 'hidden-title'
WHERE EXISTS (SELECT FROM forum_post post WHERE post.topic_id = forum_topic.id AND is_first AND number IS NOT NULL
    AND post.status IN ('waiting', 'hidden', 'rejected', 'spam'));
"""
SHOW = "UPDATE forum_topic SET title = kept_title WHERE kept_title <> '';"  # a wrong slug leads on


class Migration(migrations.Migration):
    dependencies = [("forum", "0020_let_moderators_remove_earlier_texts")]

    operations = [
        migrations.AddField(
            "topic", "kept_title", models.CharField(blank=True, db_default="", default="", editable=False, max_length=150)
        ),
        migrations.RunSQL(KEEP, SHOW),
    ]
