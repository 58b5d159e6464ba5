from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0008_confirmed_faults")]

    operations = [
        migrations.AlterField(
            model_name="reminder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("step", "Bước xử lý"),
                    ("dossier", "Hồ sơ"),
                    ("consultation", "Lấy ý kiến"),
                    ("duty", "Việc trực"),
                ],
                max_length=12,
                verbose_name="nhắc về",
            ),
        ),
    ]
