from django.db import migrations, models
from django.db.models.functions import Now

# What a topic shows changes with edits and with what moderators do, too, and not only with its last post.
DATE = """
ALTER TABLE forum_topic DISABLE TRIGGER USER;
UPDATE forum_topic SET changed_at = coalesce(active_at, created_at);
ALTER TABLE forum_topic ENABLE TRIGGER USER;

CREATE FUNCTION forum_date_topic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at := now();
    RETURN NEW;
END $$;

-- By its name after raise_edition.
CREATE TRIGGER stamp_change BEFORE UPDATE ON forum_topic
    FOR EACH ROW WHEN (OLD.edition <> NEW.edition AND OLD.changed_at = NEW.changed_at) EXECUTE FUNCTION forum_date_topic();
"""
UNDATE = "DROP FUNCTION forum_date_topic() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("forum", "0017_keep_drafts_about_initiatives")]

    operations = [
        migrations.AddField(
            "topic", "changed_at", models.DateTimeField(db_default=Now(), editable=False)
        ),
        migrations.RunSQL(DATE, UNDATE),
        migrations.AddIndex(
            "post",
            models.Index(
                condition=models.Q(("edited_at__isnull", False)),
                fields=["topic", "-edited_at"],
                name="post_edited_in_topic",
            ),
        ),
    ]
