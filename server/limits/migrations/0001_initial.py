from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Allowance',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ('tokens', fields.FloatField()),
                ('at', fields.FloatField(db_index=True)),
            ],
            options={'table': 'allowance', 'app': 'limits', 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
