import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county_id', models.UUIDField()),
                ('kind', models.CharField(max_length=60)),
                ('subject_kind', models.CharField(max_length=30)),
                ('subject_id', models.UUIDField()),
                ('unit_id', models.UUIDField(null=True)),
                ('actor_id', models.UUIDField(null=True)),
                ('happened_on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('row_model', models.CharField(max_length=60)),
                ('row_id', models.UUIDField(null=True)),
                ('covers_end', models.BooleanField(default=False)),
                ('digest', models.CharField(max_length=64)),
                ('is_simulated', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['county_id', 'recorded_at', 'id'], name='entry_sealing_order'), models.Index(fields=['county_id', 'subject_id', 'recorded_at'], name='entry_subject'), models.Index(fields=['county_id', 'row_model', 'row_id'], name='entry_row')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('county_id', models.UUIDField(primary_key=True, serialize=False)),
                ('seq', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(max_length=64)),
                ('swept_at', models.DateTimeField(null=True)),
                ('is_demo', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county_id', models.UUIDField()),
                ('person_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=40)),
                ('child_id', models.UUIDField(null=True)),
                ('fields', models.JSONField(default=list)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('filter', models.CharField(blank=True, max_length=500)),
                ('row_count', models.PositiveIntegerField(default=1)),
                ('rows_digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['child_id', '-at', '-id'], name='reading_child'), models.Index(fields=['county_id', '-at'], name='reading_county'), models.Index(fields=['county_id', 'person_id', '-at'], name='reading_person')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='RefusedAttempt',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county_id', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=30)),
                ('kind', models.CharField(max_length=60)),
                ('subject_kind', models.CharField(blank=True, max_length=30)),
                ('subject_id', models.UUIDField(null=True)),
                ('person_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county_id', '-at'], name='refused_county'), models.Index(fields=['county_id', 'person_id', '-at'], name='refused_person')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Salt',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='salt', serialize=False, to='journal.entry')),
                ('value', models.BinaryField(max_length=16)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county_id', models.UUIDField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='journal.entry')),
                ('reason', models.CharField(max_length=200)),
                ('erased_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county_id', 'erased_at'], name='erasure_county')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county_id', models.UUIDField()),
                ('seq', models.PositiveBigIntegerField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='journal.entry')),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('swept_at', models.DateTimeField(null=True)),
                ('sealed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county_id', 'seq'), name='seal_one_per_place'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='seal_counts_from_one')],
                'indexes': [],
            },
        ),
    ]
