from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_supplement_and_parallel")]

    operations = [
        migrations.AddField(
            model_name="searchrevision",
            name="stale_from",
            field=models.DateField(null=True),
        ),
        # An index written before this knows no such day: the next search looks through everything once.
        migrations.RunSQL("UPDATE catalogue_searchrevision SET stale_from = DATE '2000-01-01'", migrations.RunSQL.noop),
    ]
