"""The record guards the address book from here on: who stands in it already is told once, so that he is sealed."""

from django.db import migrations

_TOLD = """
INSERT INTO core_event (id, kind, subject_kind, subject_id, actor_name, at, request_id)
SELECT gen_random_uuid(), 'party.met', 'party', p.id, 'motcua', now(), '' FROM people_party p
WHERE NOT EXISTS (SELECT 1 FROM core_event e WHERE e.subject_kind = 'party' AND e.subject_id = p.id
                  AND e.kind = 'party.met')
ORDER BY p.id
"""


class Migration(migrations.Migration):
    dependencies = (
        ("people", "0005_password_renewals"),
        ("core", "0003_record"),
    )

    operations = (migrations.RunSQL(_TOLD, migrations.RunSQL.noop),)
