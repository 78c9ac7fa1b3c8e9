import django.db.models.deletion
import notoneless.vault.fields
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('children', '0001_tables'),
        ('families', '0001_tables'),
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('bureau_school', 'bureau_school'), ('township_school', 'township_school'), ('community_school', 'community_school'), ('township_village', 'township_village'), ('village_group', 'village_group'), ('centre_school', 'centre_school'), ('school_class_teacher', 'school_class_teacher'), ('school_teacher', 'school_teacher'), ('political_class_teacher', 'political_class_teacher'), ('joint', 'joint'), ('guardian', 'guardian'), ('supervising_responsible', 'supervising_responsible'), ('dual_line', 'dual_line'), ('left_behind', 'left_behind')], max_length=24)),
                ('line', models.CharField(choices=[('g', 'g'), ('e', 'e')], max_length=1)),
                ('about', models.UUIDField()),
                ('school_year', models.PositiveSmallIntegerField()),
                ('term', models.PositiveSmallIntegerField(default=0)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('number', models.PositiveIntegerField()),
                ('copies', models.PositiveSmallIntegerField()),
                ('goes_on', models.BooleanField()),
                ('sign_by', models.DateField(null=True)),
                ('policy', models.CharField(max_length=64)),
                ('text', notoneless.vault.fields.SealedJSONField()),
                ('text_sha256', models.CharField(max_length=64)),
                ('figures', models.JSONField(default=dict)),
                ('drawn_at', models.DateTimeField()),
                ('stage', models.CharField(choices=[('draft', 'draft'), ('signed_a', 'signed_a'), ('signed_b', 'signed_b'), ('signed', 'signed'), ('settled', 'settled'), ('archived', 'archived'), ('withdrawn', 'withdrawn')], default='draft', max_length=10)),
                ('in_force_on', models.DateField(null=True)),
                ('child', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('drawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('unit_a', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit_b', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school_year', 'kind', 'stage'], name='contract_of_year'), models.Index(fields=['unit_a', 'school_year', 'kind'], name='contract_of_a'), models.Index(condition=models.Q(('unit_b__isnull', False)), fields=['unit_b', 'school_year'], name='contract_of_b'), models.Index(condition=models.Q(('child__isnull', False)), fields=['child', 'school_year'], name='contract_of_child')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('stage', 'withdrawn'), _negated=True), fields=('about', 'kind', 'unit_a', 'school_year', 'term'), name='contract_once_a_period'), models.UniqueConstraint(fields=('unit_a', 'kind', 'school_year', 'number'), name='contract_number_once'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gt', models.F('from_on')), _connector='OR'), name='contract_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('child__isnull', False), ('unit_b', None)), models.Q(('child', None), ('unit_b__isnull', False)), _connector='OR'), name='contract_binds_unit_or_family')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', notoneless.vault.fields.SealedTextField()),
                ('text_sha256', models.CharField(max_length=64)),
                ('figures', models.JSONField(default=dict)),
                ('drawn_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('in_force_on', models.DateField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='contracts.contract')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contract', 'number'), name='amendment_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Ended',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('how', models.CharField(choices=[('settled', 'settled'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('on', models.DateField()),
                ('words', models.CharField(max_length=300)),
                ('pupils_at_end', models.PositiveSmallIntegerField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='contracts.contract')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=60)),
                ('copies', models.PositiveSmallIntegerField()),
                ('place', models.CharField(max_length=120)),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('contract', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='contracts.contract')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'number'], name='filing_by_number')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('contract',), name='filing_one_now')],
            },
        ),
        migrations.CreateModel(
            name='Ink',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('drawn', 'drawn'), ('paper', 'paper')], max_length=8)),
                ('media_type', models.CharField(max_length=10)),
                ('sha256', models.CharField(max_length=64)),
                ('sealed', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ink', to='contracts.contract')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'sha256'], name='ink_same')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('a', 'a'), ('b', 'b')], max_length=1)),
                ('position', models.PositiveSmallIntegerField()),
                ('role', models.CharField(max_length=30)),
                ('from_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('contract', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='contracts.contract')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('guardian', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.guardian')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('post', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.post')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['contract'], name='party_of_contract'), models.Index(condition=models.Q(('superseded_at', None)), fields=['person'], name='party_of_person'), models.Index(condition=models.Q(('superseded_at', None)), fields=['unit', 'role'], name='party_of_post')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('contract', 'side', 'position'), name='party_one_per_line'), models.CheckConstraint(condition=models.Q(models.Q(('guardian__isnull', False), ('person', None), ('role', 'guardian')), models.Q(models.Q(('role', 'guardian'), _negated=True), ('guardian', None), ('unit__isnull', False)), _connector='OR'), name='party_is_post_or_guardian')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('method', models.CharField(choices=[('drawn', 'drawn'), ('typed', 'typed'), ('paper', 'paper')], max_length=8)),
                ('typed_name', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('text_sha256', models.CharField(max_length=64)),
                ('signed_on', models.DateField()),
                ('signed_at', models.DateTimeField()),
                ('amendment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.amendment')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='contracts.contract')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('ink', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.ink')),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.party')),
                ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.visit')),
                ('witness', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('amendment', None)), fields=('party',), name='signature_once'), models.UniqueConstraint(condition=models.Q(('amendment__isnull', False)), fields=('party', 'amendment'), name='signature_once_per_amendment'), models.CheckConstraint(condition=models.Q(models.Q(('ink', None), ('method', 'typed')), models.Q(('ink__isnull', False), ('method__in', ['drawn', 'paper'])), _connector='OR'), name='signature_has_its_ink')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('carries', models.BooleanField()),
                ('reason', models.CharField(max_length=200)),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='contracts.contract')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('new', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='came_by', to='contracts.party')),
                ('old', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.party')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
