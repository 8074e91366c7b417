"""What a limiter keeps: a keyed hash, what is left, and when. Nothing else."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Allowance(Model):
    id = fields.CharField(max_length=32, primary_key=True)
    tokens = fields.FloatField()
    at = fields.FloatField(db_index=True)

    class Meta(Model.Meta):
        table = "allowance"
