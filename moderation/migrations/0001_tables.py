from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Log',
            fields=[
                ('id', fields.BigIntField(primary_key=True, generated=False, unique=True, db_index=True)),
                ('at', fields.CharField(max_length=32)),
                ('staff_id', fields.IntField()),
                ('name', fields.CharField(max_length=60)),
                ('role', fields.CharField(max_length=40)),
                ('act', fields.CharField(db_index=True, max_length=40)),
                ('kind', fields.CharField(max_length=40)),
                ('object_id', fields.CharField(db_index=True, max_length=64)),
                ('details', fields.TextField(default='', db_default='', unique=False)),
                ('hash', fields.CharField(max_length=64)),
            ],
            options={'table': 'log', 'app': 'moderation', 'pk_attr': 'id', 'table_description': 'Append-only, every line chained to the one before it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Staff',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=60)),
                ('name_key', fields.CharField(unique=True, max_length=120)),
                ('roles', fields.CharField(description='role codes with a space between', max_length=200)),
                ('phrase_hash', fields.CharField(default='', db_default='', max_length=200)),
                ('totp', fields.BinaryField(null=True)),
                ('totp_step', fields.BigIntField(default=0, db_default=0)),
                ('setup_hash', fields.BinaryField(null=True)),
                ('setup_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('demo', fields.BooleanField(default=False, db_default=False)),
                ('added_on', fields.DateField()),
                ('ended_on', fields.DateField(null=True)),
            ],
            options={'table': 'staff', 'app': 'moderation', 'pk_attr': 'id', 'table_description': 'Whoever may sign in, or once could.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Session',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('staff', fields.ForeignKeyField('moderation.Staff', source_field='staff_id', db_index=True, db_constraint=True, to_field='id', related_name='sessions', on_delete=OnDelete.CASCADE)),
                ('began', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'session', 'app': 'moderation', 'pk_attr': 'id', 'table_description': 'A live sign-in.'},
            bases=['Model'],
        ),
    ]
