from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0003_fee_orders'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='collectingaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('valid_to', None)), fields=('bank', 'number'), name='account_of_one_agency', violation_error_message='Tài khoản này đang thu cho một cơ quan khác.'),
        ),
    ]
