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
            name='PackVersion',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('system', models.CharField(max_length=30)),
                ('pack_id', models.CharField(max_length=60, unique=True)),
                ('title_zh', models.CharField(max_length=100)),
                ('title_en', models.CharField(max_length=150)),
                ('toml', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('effective_from', models.DateField()),
                ('effective_to', models.DateField(null=True)),
                ('loaded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['system', 'effective_from'], name='pack_by_system')],
                'constraints': [models.CheckConstraint(condition=models.Q(('effective_to', None), ('effective_to__gt', models.F('effective_from')), _connector='OR'), name='pack_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ResolvedPolicy',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('json', models.TextField()),
                ('first_made_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='PolicyMark',
            fields=[
                ('scope', models.UUIDField(primary_key=True, serialize=False)),
                ('mark', models.UUIDField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='places.unit')),
                ('key', models.CharField(max_length=80)),
                ('value', models.JSONField()),
                ('instrument_name', models.CharField(max_length=120)),
                ('instrument_number', models.CharField(max_length=60)),
                ('instrument_issued_on', models.DateField()),
                ('from_on', models.DateField()),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('proposed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'unit', 'key'], name='release_at_unit')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='places.unit')),
                ('line', models.CharField(choices=[('g', 'g'), ('e', 'e')], max_length=1)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='policy.packversion')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('without', models.JSONField(default=list)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('adopted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('adopted_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'unit', 'from_on'], name='adoption_at_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gt', models.F('from_on')), _connector='OR'), name='adoption_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseAct',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='policy.release')),
                ('verdict', models.CharField(choices=[('granted', 'granted'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'verdict'), name='release_act_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='AdoptionEnd',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('adoption', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='policy.adoption')),
                ('to_on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('ended_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='RuleValue',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='policy.adoption')),
                ('key', models.CharField(max_length=80)),
                ('value', models.JSONField(null=True)),
                ('unit', models.CharField(blank=True, max_length=30)),
                ('operator', models.CharField(blank=True, max_length=2)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('from_on', models.DateField()),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('adoption', 'key', 'from_on', 'number'), name='rule_value_numbered')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PackDraft',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policy.packversion')),
                ('toml', models.TextField()),
                ('number', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'author'], name='pack_draft_of_author')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='PackProposal',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policy.packversion')),
                ('system', models.CharField(max_length=30)),
                ('pack_id', models.CharField(max_length=60)),
                ('title_zh', models.CharField(max_length=100)),
                ('title_en', models.CharField(max_length=150)),
                ('effective_from', models.DateField()),
                ('toml', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(max_length=300)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('proposed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'proposed_at'], name='pack_proposal_of_county')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ProposalAct',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='act', to='policy.packproposal')),
                ('verdict', models.CharField(choices=[('confirmed', 'confirmed'), ('returned', 'returned'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('version', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_by', to='policy.packversion')),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'confirmed'), ('version__isnull', False)), models.Q(models.Q(('verdict', 'confirmed'), _negated=True), ('version', None)), _connector='OR'), name='proposal_act_makes_its_version')],
            },
        ),
    ]
