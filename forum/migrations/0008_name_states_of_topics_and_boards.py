from django.db import migrations, models

# Pages of topics and boards are named by a number in their rows (forum.freshness). It is raised whenever something that
# they show has changed, by whatever. Locks are taken in the order of the house: post, topic, boards by their numbers.
# Names of people, and what they speak for, go into the log of changes that names every page.
CREATE = """
CREATE FUNCTION forum_raise_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.edition := OLD.edition + 1;
    RETURN NEW;
END $$;

CREATE FUNCTION forum_topic_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.board_id] WHEN 'DELETE' THEN ARRAY[OLD.board_id]
        ELSE ARRAY[OLD.board_id, NEW.board_id] END;
BEGIN
    PERFORM id FROM forum_board WHERE id = ANY(concerned) ORDER BY id FOR NO KEY UPDATE;
    UPDATE forum_board SET edition = edition + 1 WHERE id = ANY(concerned);
    RETURN NULL;
END $$;

CREATE FUNCTION forum_post_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.topic_id] WHEN 'DELETE' THEN ARRAY[OLD.topic_id]
        ELSE ARRAY[OLD.topic_id, NEW.topic_id] END;
BEGIN
    PERFORM id FROM forum_topic WHERE id = ANY(concerned) ORDER BY id FOR NO KEY UPDATE;
    UPDATE forum_topic SET edition = edition + 1 WHERE id = ANY(concerned);
    RETURN NULL;
END $$;

CREATE FUNCTION forum_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO initiatives_change (initiative) VALUES (0);
    RETURN NULL;
END $$;

CREATE TRIGGER raise_edition BEFORE UPDATE ON forum_board
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION forum_raise_edition();
CREATE TRIGGER raise_edition BEFORE UPDATE ON forum_topic
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION forum_raise_edition();

CREATE TRIGGER topic_added AFTER INSERT ON forum_topic
    FOR EACH ROW WHEN (NEW.opened_at IS NOT NULL) EXECUTE FUNCTION forum_topic_changed();
CREATE TRIGGER topic_changed AFTER UPDATE ON forum_topic
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.* AND (OLD.opened_at IS NOT NULL OR NEW.opened_at IS NOT NULL))
    EXECUTE FUNCTION forum_topic_changed();
CREATE TRIGGER topic_taken AFTER DELETE ON forum_topic
    FOR EACH ROW WHEN (OLD.opened_at IS NOT NULL) EXECUTE FUNCTION forum_topic_changed();

CREATE TRIGGER post_added AFTER INSERT ON forum_post
    FOR EACH ROW WHEN (NEW.number IS NOT NULL) EXECUTE FUNCTION forum_post_changed();
CREATE TRIGGER post_changed AFTER UPDATE ON forum_post
    FOR EACH ROW WHEN ((OLD.number IS NOT NULL OR NEW.number IS NOT NULL OR OLD.status = 'public' OR NEW.status = 'public')
        AND ROW(OLD.topic_id, OLD.number, OLD.status, OLD.html, OLD.author_id, OLD.reply_to_id, OLD.published_at,
            OLD.edited_at)
        IS DISTINCT FROM ROW(NEW.topic_id, NEW.number, NEW.status, NEW.html, NEW.author_id, NEW.reply_to_id,
            NEW.published_at, NEW.edited_at))
    EXECUTE FUNCTION forum_post_changed();
CREATE TRIGGER post_taken AFTER DELETE ON forum_post
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION forum_post_changed();

CREATE TRIGGER log_name AFTER UPDATE ON accounts_user
    FOR EACH ROW WHEN (ROW(OLD.name, OLD.handle) IS DISTINCT FROM ROW(NEW.name, NEW.handle))
    EXECUTE FUNCTION forum_person_changed();
CREATE TRIGGER log_confirmed AFTER INSERT ON accounts_membership
    FOR EACH ROW WHEN (NEW.status = 'confirmed') EXECUTE FUNCTION forum_person_changed();
CREATE TRIGGER log_changed AFTER UPDATE ON accounts_membership
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.* AND (OLD.status = 'confirmed' OR NEW.status = 'confirmed'))
    EXECUTE FUNCTION forum_person_changed();
CREATE TRIGGER log_ended AFTER DELETE ON accounts_membership
    FOR EACH ROW WHEN (OLD.status = 'confirmed') EXECUTE FUNCTION forum_person_changed();
"""
DROP = """
DROP FUNCTION forum_person_changed() CASCADE;
DROP FUNCTION forum_post_changed() CASCADE;
DROP FUNCTION forum_topic_changed() CASCADE;
DROP FUNCTION forum_raise_edition() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0007_add_drafts"),
        ("initiatives", "0015_remember_open_transactions"),
        ("accounts", "0005_record_decisions_on_organisations"),
    ]

    operations = [
        migrations.AddField("board", "edition", models.BigIntegerField(default=0, editable=False)),
        migrations.AddField("topic", "edition", models.BigIntegerField(default=0, editable=False)),
        migrations.RunSQL(CREATE, DROP),
    ]
