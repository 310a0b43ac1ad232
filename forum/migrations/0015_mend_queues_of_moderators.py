from django.db import migrations

# Nobody can find anything wrong with a post that its author has deleted.
FLAGS = """
UPDATE forum_flag SET settled_at = now() FROM forum_post
WHERE forum_post.id = post_id AND forum_post.status = 'deleted' AND settled_at IS NULL
"""
POSTS = "UPDATE forum_post SET flagged_at = NULL WHERE status = 'deleted' AND flagged_at IS NOT NULL"

# Whose posts all wait has a record too: moderators silence by it.
MEMBERS = """
INSERT INTO forum_member (user_id, status, approved_count, refused_count, hold_problem)
SELECT DISTINCT author_id, 'active', 0, 0, '' FROM forum_post
ON CONFLICT (user_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("forum", "0014_serve_what_few_look_at")]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (FLAGS, POSTS, MEMBERS)]
