from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_tables")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BulkEdit",
            fields=[
                ("key", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("made_on", fields.DateField()),
                ("made_by", fields.CharField(max_length=40)),
                ("what", fields.TextField(default="", db_default="", unique=False)),
                ("before", fields.TextField(default="", db_default="", unique=False)),
                ("undone_on", fields.DateField(null=True)),
            ],
            options={"table": "bulk_edit", "app": "directory", "pk_attr": "key"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Conflict",
            fields=[
                ("key", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "service",
                    fields.OneToOneField(
                        "directory.Service",
                        source_field="service_id",
                        db_constraint=True,
                        to_field="key",
                        related_name="conflict",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("source", fields.CharField(max_length=64)),
                ("row_hash", fields.CharField(max_length=64)),
                ("came_on", fields.DateField()),
                ("incoming", fields.TextField(default="", db_default="", unique=False)),
            ],
            options={"table": "conflict", "app": "directory", "pk_attr": "key"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LineCheck",
            fields=[
                ("key", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("line", fields.CharField(db_index=True, max_length=120)),
                ("digest", fields.CharField(max_length=64)),
                ("checked_on", fields.DateField()),
                ("checked_by", fields.CharField(max_length=40)),
                ("called", fields.BooleanField(default=False, db_default=False)),
                ("note", fields.TextField(default="", db_default="", unique=False)),
            ],
            options={"table": "line_check", "app": "directory", "pk_attr": "key"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Report",
            fields=[
                ("key", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("id", fields.CharField(unique=True, max_length=36)),
                (
                    "service",
                    fields.ForeignKeyField(
                        "directory.Service",
                        source_field="service_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="key",
                        related_name="reports",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=12)),
                ("told", fields.BinaryField()),
                ("told_on", fields.DateField()),
                ("outside", fields.BooleanField(default=False, db_default=False)),
                ("closed_on", fields.DateField(null=True)),
            ],
            options={"table": "report", "app": "directory", "pk_attr": "key"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReportReview",
            fields=[
                ("key", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("id", fields.CharField(unique=True, max_length=36)),
                (
                    "report",
                    fields.ForeignKeyField(
                        "directory.Report",
                        source_field="report_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="key",
                        related_name="reviews",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("reviewed_on", fields.DateField()),
                ("reviewed_by", fields.CharField(max_length=40)),
                ("said", fields.CharField(max_length=16)),
                ("note", fields.BinaryField(null=True)),
            ],
            options={"table": "report_review", "app": "directory", "pk_attr": "key"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ServiceFacet",
            fields=[
                ("key", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "service",
                    fields.ForeignKeyField(
                        "directory.Service",
                        source_field="service_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="key",
                        related_name="facets",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("facet", fields.CharField(db_index=True, max_length=24)),
            ],
            options={
                "table": "service_facet",
                "app": "directory",
                "unique_together": (("service", "facet"),),
                "pk_attr": "key",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Verification",
            fields=[
                ("key", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "service",
                    fields.ForeignKeyField(
                        "directory.Service",
                        source_field="service_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="key",
                        related_name="verifications",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("checked_on", fields.DateField()),
                ("checked_by", fields.CharField(max_length=40)),
                ("role", fields.CharField(default="", db_default="", max_length=24)),
                ("how", fields.CharField(default="", db_default="", max_length=80)),
                ("outcome", fields.CharField(max_length=12)),
                ("note", fields.TextField(default="", db_default="", unique=False)),
            ],
            options={"table": "verification", "app": "directory", "pk_attr": "key"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Schedule",
            name="closed",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="Schedule",
            name="rule",
            field=fields.CharField(default="", db_default="", max_length=200),
        ),
        ops.AddField(
            model_name="Schedule",
            name="valid_from",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Schedule",
            name="valid_to",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Service",
            name="chat",
            field=fields.TextField(default="", db_default="", unique=False),
        ),
        ops.AddField(
            model_name="Service",
            name="closed_until",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Service",
            name="documents",
            field=fields.TextField(default="", db_default="", unique=False),
        ),
        ops.AddField(
            model_name="Service",
            name="full_on",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Service",
            name="maximum_age",
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name="Service",
            name="merged_into",
            field=fields.CharField(default="", db_default="", max_length=36),
        ),
        ops.AddField(
            model_name="Service",
            name="minimum_age",
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name="Service",
            name="modified_on",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Service",
            name="ours",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="Service",
            name="police",
            field=fields.CharField(default="", db_default="", max_length=12),
        ),
        ops.AddField(
            model_name="Service",
            name="shared",
            field=fields.BooleanField(default=True, db_default=True),
        ),
        ops.AddField(
            model_name="Service",
            name="undocumented_told",
            field=fields.BooleanField(default=False, db_default=False),
        ),
    ]
