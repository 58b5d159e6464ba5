import django.db.models.deletion
from django.db import migrations, models

# Whose the drafts of before are: the office of the official who started each, as its event tells.
WHOSE = """
UPDATE catalogue_procedureversion v SET agency_id = u.agency_id
FROM core_event e
JOIN people_official o ON o.account_id = e.actor_id
JOIN people_unit u ON u.id = o.unit_id
WHERE v.state = 'draft' AND v.origin = 'office' AND e.kind = 'procedure.drafted' AND e.subject_id = v.procedure_id
  AND (e.after->>'version')::int = v.number
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_search_stale_from'),
        ('core', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='procedureversion',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency', verbose_name='cơ quan soạn'),
        ),
        migrations.RunSQL(WHOSE, migrations.RunSQL.noop),
    ]
