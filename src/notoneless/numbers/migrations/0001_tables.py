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
            name='Baseline',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('verdict', models.CharField(blank=True, choices=[('confirmed', 'confirmed'), ('refused', 'refused')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school_year'], name='baseline_of_year')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None), ('verdict', 'confirmed')), fields=('school', 'school_year'), name='baseline_one_stands'), models.UniqueConstraint(condition=models.Q(('verdict', '')), fields=('school', 'school_year'), name='baseline_one_waits'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='baseline_seen_by_a_second_person')],
            },
        ),
        migrations.CreateModel(
            name='BaselineLine',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('headcount', models.PositiveIntegerField()),
                ('children', models.JSONField(default=list)),
                ('baseline', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='numbers.baseline')),
                ('school_class', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('school_class__isnull', False)), fields=('baseline', 'school_class'), name='baseline_line_once_a_class'), models.UniqueConstraint(condition=models.Q(('school_class', None)), fields=('baseline',), name='baseline_line_once_without_a_class')],
            },
        ),
        migrations.CreateModel(
            name='TypedCount',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('stage', models.CharField(blank=True, choices=[('primary', 'primary'), ('junior', 'junior')], max_length=10)),
                ('entered_in', models.PositiveSmallIntegerField(default=0)),
                ('count', models.CharField(choices=[('base', 'base'), ('entry', 'entry'), ('verified', 'verified'), ('census', 'census'), ('census_enrolled', 'census_enrolled'), ('under16', 'under16'), ('under16_in_school', 'under16_in_school'), ('disabled', 'disabled'), ('disabled_in_school', 'disabled_in_school'), ('due_to_complete', 'due_to_complete'), ('completed', 'completed'), ('sat_zhongkao', 'sat_zhongkao'), ('weak', 'weak'), ('weak_improved', 'weak_improved')], max_length=30)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('value', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('superseded_at', None)), fields=['county', 'school_year'], name='typed_count_of_year')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('unit', 'stage', 'entered_in', 'count', 'school_year'), name='typed_count_one_stands'), models.CheckConstraint(condition=models.Q(('entered_in', 0), models.Q(('stage', ''), _negated=True), _connector='OR'), name='typed_count_cohort_has_a_stage')],
            },
        ),
    ]
