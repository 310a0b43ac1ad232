from django.db import migrations

# Moving thousands of posts raised the edition of both topics with each: every time dearer, since each waited for a new
# version of the same rows. Once for a statement it costs the same for one post and nothing for more.
CREATE = """
CREATE FUNCTION forum_posts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint[];
BEGIN
    SELECT array_agg(DISTINCT topic) INTO concerned FROM (
        SELECT unnest(ARRAY[was.topic_id, made.topic_id]) topic FROM was JOIN made USING (id)
        WHERE (was.number IS NOT NULL OR made.number IS NOT NULL OR was.status = 'public' OR made.status = 'public')
            AND ROW(was.topic_id, was.number, was.status, was.html, was.author_id, was.reply_to_id, was.published_at,
                was.edited_at)
            IS DISTINCT FROM ROW(made.topic_id, made.number, made.status, made.html, made.author_id, made.reply_to_id,
                made.published_at, made.edited_at)) changed;
    IF concerned IS NOT NULL THEN
        PERFORM id FROM forum_topic WHERE id = ANY(concerned) ORDER BY id FOR NO KEY UPDATE;
        UPDATE forum_topic SET edition = edition + 1 WHERE id = ANY(concerned);
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER post_changed ON forum_post;
CREATE TRIGGER post_changed AFTER UPDATE ON forum_post REFERENCING OLD TABLE AS was NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION forum_posts_changed();
"""
DROP = """
DROP FUNCTION forum_posts_changed() CASCADE;
CREATE TRIGGER post_changed AFTER UPDATE ON forum_post
    FOR EACH ROW WHEN ((OLD.number IS NOT NULL OR NEW.number IS NOT NULL OR OLD.status = 'public' OR NEW.status = 'public')
        AND ROW(OLD.topic_id, OLD.number, OLD.status, OLD.html, OLD.author_id, OLD.reply_to_id, OLD.published_at,
            OLD.edited_at)
        IS DISTINCT FROM ROW(NEW.topic_id, NEW.number, NEW.status, NEW.html, NEW.author_id, NEW.reply_to_id,
            NEW.published_at, NEW.edited_at))
    EXECUTE FUNCTION forum_post_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("forum", "0015_mend_queues_of_moderators")]

    operations = [migrations.RunSQL(CREATE, DROP)]
