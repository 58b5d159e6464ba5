from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("procedure_id", models.UUIDField(unique=True)),
                ("code", models.CharField(max_length=60)),
                ("code_key", models.CharField(max_length=60)),
                ("name", models.TextField()),
                ("sector", models.TextField(db_index=True)),
                ("titles", models.TextField()),
                ("marked", models.TextField()),
                ("keywords", models.TextField()),
                ("standing", models.FloatField()),
                ("offered", models.BooleanField()),
                ("active", models.BooleanField()),
            ],
            options={
                "db_table": "catalogue_searchentry",
                "indexes": [
                    models.Index(fields=["code_key"], name="searchentry_code", opclasses=["varchar_pattern_ops"])
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchPosting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "term", "entry", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("term", models.IntegerField()),
                ("entry", models.IntegerField(db_index=True)),
            ],
            options={"db_table": "catalogue_searchposting"},
        ),
        migrations.CreateModel(
            name="SearchRevision",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
            options={"db_table": "catalogue_searchrevision"},
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("term", models.TextField(unique=True)),
                ("entries", models.IntegerField()),
                ("display", models.TextField()),
            ],
            options={"db_table": "catalogue_searchterm"},
        ),
    ]
