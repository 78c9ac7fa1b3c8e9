"""A flag's line can change when the child moves. Safe before and after deploy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="flagline",
            name="turn",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RemoveConstraint(model_name="flagline", name="flag_line_once"),
        migrations.AddConstraint(
            model_name="flagline",
            constraint=models.UniqueConstraint(
                fields=("flag", "unit", "turn"), name="flag_line_once"
            ),
        ),
    ]
