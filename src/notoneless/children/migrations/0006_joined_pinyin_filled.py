from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Replace


def fill(apps, schema_editor):
    children = apps.get_model('children', 'Child').objects.filter(joined_pinyin='')
    children.update(joined_pinyin=Replace(F('pinyin'), Value(' '), Value('')))


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0005_search_by_ranges'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
