import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# For each language of the portal a configuration that takes accents away and then endings, and one for all others that
# takes accents away only. Stemmers without lists of stop words: every word can be found ("WHO", "state of emergency"),
# questions leave out what says nothing (initiatives.search.lexemes). Arabic is stemmed before, in
# initiatives.search.normal: PostgreSQL's stemmer makes two words of one with and without its article. Chinese comes in
# pairs of characters.
STEMMERS = {"en": "english", "fr": "french", "ru": "russian", "es": "spanish"}
# What is done with words of all letters, and with those of ASCII letters.
CONFIGURATIONS = {
    "ar": ("simple", "portal_english"),
    "en": ("portal_english", "portal_english"),
    "fr": ("portal_french", "portal_french"),
    "ru": ("portal_russian", "portal_english"),
    "es": ("portal_spanish", "portal_spanish"),
    "other": ("simple", "simple"),
}
CREATE = "\n".join(
    [
        *(
            f"CREATE TEXT SEARCH DICTIONARY portal_{name} (TEMPLATE = pg_catalog.snowball, LANGUAGE = '{name}');"
            for name in STEMMERS.values()
        ),
        *(
            f"""
            CREATE TEXT SEARCH CONFIGURATION portal_{code} (COPY = pg_catalog.simple);
            ALTER TEXT SEARCH CONFIGURATION portal_{code} ALTER MAPPING FOR word WITH unaccent, {every};
            ALTER TEXT SEARCH CONFIGURATION portal_{code} ALTER MAPPING FOR asciiword WITH {ascii};
            ALTER TEXT SEARCH CONFIGURATION portal_{code} ALTER MAPPING FOR numword WITH unaccent, simple;
            """
            for code, (every, ascii) in CONFIGURATIONS.items()
        ),
    ]
)
DROP = "\n".join(
    [
        *(f"DROP TEXT SEARCH CONFIGURATION portal_{code};" for code in CONFIGURATIONS),
        *(f"DROP TEXT SEARCH DICTIONARY portal_{name};" for name in STEMMERS.values()),
    ]
)

# Vectors of long texts (over 2 kB) stand outside their rows and uncompressed: they are read without being unpacked, and
# rows stay narrow.
STORE = """
    ALTER TABLE initiatives_searchtext SET (toast_tuple_target = 128);
    ALTER TABLE initiatives_searchtext ALTER COLUMN vector SET STORAGE EXTERNAL;
"""
# The planner does not count what it costs to fetch and compare vectors, and would read them all for a common word. A
# function with settings of its own keeps it on the index.
MATCHING = """
    CREATE FUNCTION initiatives_matching(asked tsquery) RETURNS TABLE (initiative_id bigint, published_on date)
    LANGUAGE sql STABLE ROWS 1000 SET enable_seqscan = off SET enable_indexscan = off AS $$
        SELECT initiative_id, published_on FROM initiatives_searchtext WHERE vector @@ asked
    $$;
"""
# What is there already is written by the job that follows the log of changes, soon.
FILL = """
    INSERT INTO initiatives_searchtext (initiative_id, vector, published_on, stale)
    SELECT id, '', published_on, true FROM initiatives_initiative;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0011_log_changes"),
    ]

    operations = [
        # The extension stays when the migration is taken back: others may use it.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS unaccent", migrations.RunSQL.noop),
        migrations.RunSQL(CREATE, DROP),
        migrations.CreateModel(
            name="SearchProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("snapshot", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("words_after", models.BigIntegerField(default=0)),
                ("words_begun_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "progress of search",
                "verbose_name_plural": "progress of search",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="search_progress_is_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("folded", models.CharField(max_length=60)),
                ("skeleton", models.CharField(blank=True, max_length=40)),
                ("uses", models.PositiveIntegerField()),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "word",
                "verbose_name_plural": "words",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("folded", name="gin_trgm_ops"),
                        name="search_word_trigrams",
                    ),
                    models.Index(
                        condition=models.Q(("skeleton", ""), _negated=True),
                        fields=["skeleton"],
                        name="search_word_skeleton",
                    ),
                    models.Index(fields=["seen_at"], name="search_word_seen"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="initiatives.initiative",
                    ),
                ),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                ("published_on", models.DateField()),
                ("stale", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "search text",
                "verbose_name_plural": "search texts",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["vector"], name="search_vector", fastupdate=False
                    ),
                    models.Index(
                        condition=models.Q(("stale", True)), fields=["initiative"], name="search_stale"
                    ),
                ],
            },
        ),
        # Few are removed: an index of them alone tells quickly that what is found is not.
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                models.F("id"), condition=models.Q(("status", "removed")), name="initiative_removed"
            ),
        ),
        migrations.RunSQL(STORE, migrations.RunSQL.noop),
        migrations.RunSQL(MATCHING, "DROP FUNCTION initiatives_matching(tsquery);"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
