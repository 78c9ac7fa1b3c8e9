import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='TypedCount',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('stage', models.CharField(blank=True, choices=[('primary', 'primary'), ('junior', 'junior')], max_length=10)),
                ('entered_in', models.PositiveSmallIntegerField(default=0)),
                ('count', models.CharField(choices=[('base', 'base'), ('entry', 'entry'), ('verified', 'verified'), ('census', 'census')], max_length=30)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('value', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('superseded_at', None)), fields=['county', 'school_year'], name='typed_count_of_year')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('unit', 'stage', 'entered_in', 'count', 'school_year'), name='typed_count_one_stands'), models.CheckConstraint(condition=models.Q(('entered_in', 0), models.Q(('stage', ''), _negated=True), _connector='OR'), name='typed_count_cohort_has_a_stage')],
            },
        ),
    ]
