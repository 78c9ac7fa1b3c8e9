import django.db.models.deletion
import notoneless.places.models.units
import notoneless.vault.fields
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Child',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('name', models.CharField(max_length=60)),
                ('pinyin', models.CharField(blank=True, max_length=200)),
                ('joined_pinyin', notoneless.places.models.units.BytewiseField(blank=True, max_length=200)),
                ('initials', notoneless.places.models.units.BytewiseField(blank=True, max_length=30)),
                ('sex', models.CharField(choices=[('0', 'Unknown'), ('1', 'Male'), ('2', 'Female')], default='0', max_length=1)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('national_id', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('national_id_index', models.CharField(blank=True, max_length=32)),
                ('student_number', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('student_number_index', models.CharField(blank=True, max_length=32)),
                ('phone_index', models.CharField(blank=True, max_length=32)),
                ('left_behind', models.CharField(blank=True, max_length=1)),
                ('is_boarding', models.BooleanField(default=False)),
                ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='children.child')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'pinyin', 'id'], name='child_by_pinyin'), models.Index(fields=['county', 'joined_pinyin', 'id'], name='child_by_joined_pinyin'), models.Index(fields=['county', 'initials', 'id'], name='child_by_initials'), models.Index(fields=['county', 'name', 'id'], name='child_by_name'), models.Index(fields=['county', 'national_id_index'], name='child_by_national_id'), models.Index(fields=['county', 'student_number_index'], name='child_by_number'), models.Index(fields=['county', 'phone_index'], name='child_by_phone'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='child_merged_into'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['county', 'merged_into'], name='child_merged_in_county')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('national_id_index', ''), _negated=True), ('merged_into', None)), fields=('county', 'national_id_index'), name='child_national_id_once_per_county'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='child_not_merged_into_itself')],
            },
        ),
        migrations.CreateModel(
            name='RosterImport',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('status', models.CharField(choices=[('uploaded', 'uploaded'), ('reading', 'reading'), ('ready', 'ready'), ('applying', 'applying'), ('applied', 'applied'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='uploaded', max_length=10)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('allowed_schools', models.JSONField(null=True)),
                ('created_at', models.DateTimeField()),
                ('heartbeat_at', models.DateTimeField()),
                ('rows_read', models.PositiveIntegerField(default=0)),
                ('rows_total', models.PositiveIntegerField(default=0)),
                ('rows_applied', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['county', '-created_at'], name='roster_import_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['uploaded', 'reading', 'ready', 'applying', 'applied', 'failed', 'cancelled'])), name='roster_import_status_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='children.child')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school_class', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('begun', models.CharField(choices=[('roster', 'roster'), ('enrolled', 'enrolled'), ('transferred_in', 'transferred_in'), ('class_changed', 'class_changed'), ('resumed', 'resumed')], max_length=16)),
                ('ended', models.CharField(blank=True, choices=[('transferred_out', 'transferred_out'), ('class_changed', 'class_changed'), ('graduated', 'graduated'), ('died', 'died'), ('mistake', 'mistake')], max_length=16)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school_class', 'school', 'from_on', 'to_on'], name='enrolment_in_class'), models.Index(fields=['county', 'school', 'to_on'], name='enrolment_of_school'), models.Index(fields=['child', 'to_on'], name='enrolment_of_child'), models.Index(fields=['county', 'from_on'], name='enrolment_by_begin'), models.Index(condition=models.Q(('to_on__isnull', False)), fields=['county', 'to_on'], name='enrolment_by_end')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('child',), name='enrolment_one_now_per_child'), models.CheckConstraint(condition=models.Q(models.Q(('ended', ''), ('to_on', None)), models.Q(('to_on__gte', models.F('from_on')), models.Q(('ended', ''), _negated=True)), _connector='OR'), name='enrolment_end_is_explained')],
            },
        ),
        migrations.CreateModel(
            name='ChildRecord',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='children.child')),
                ('source', models.CharField(choices=[('roster', 'roster'), ('hand', 'hand'), ('correction', 'correction')], max_length=12)),
                ('values', notoneless.vault.fields.SealedJSONField(default=dict)),
                ('digest', models.CharField(max_length=32)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('happened_on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'recorded_at'], name='child_record_by_time'), models.Index(fields=['county', 'source'], name='child_record_by_source')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('child',), name='child_record_one_now')],
            },
        ),
        migrations.CreateModel(
            name='Guardian',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardians', to='children.child')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('relation', models.CharField(blank=True, max_length=2)),
                ('is_guardian', models.BooleanField(default=False)),
                ('phone', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('phone_index', models.CharField(blank=True, max_length=32)),
                ('national_id', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('national_id_index', models.CharField(blank=True, max_length=32)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'phone_index'], name='guardian_by_phone'), models.Index(fields=['county', 'name'], name='guardian_by_name')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('child', 'position'), name='guardian_one_per_position')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='children.child')),
                ('absorbed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absorptions', to='children.child')),
                ('reason', models.CharField(max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('merged_at', models.DateTimeField()),
                ('parted_at', models.DateTimeField(blank=True, null=True)),
                ('parted_reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('parted_at', None)), fields=('absorbed',), name='merge_once_at_a_time')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='RosterFile',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('roster_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='children.rosterimport')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('location', models.CharField(max_length=500)),
                ('is_ours', models.BooleanField(default=True)),
                ('sha256', models.CharField(max_length=64)),
                ('last_row', models.PositiveIntegerField(default=0)),
                ('is_read', models.BooleanField(default=False)),
                ('fault', models.CharField(blank=True, max_length=30)),
                ('fault_facts', models.JSONField(default=dict)),
                ('titles', models.JSONField(default=list)),
                ('notes', models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('roster_import', 'position'), name='roster_file_order')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ChildPlace',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='places', to='children.child')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('line', models.CharField(choices=[('g', 'g'), ('e', 'e')], max_length=1)),
                ('path', notoneless.places.models.units.PathField(max_length=150)),
                ('relation', models.CharField(choices=[('school', 'school'), ('residence', 'residence'), ('hukou', 'hukou'), ('helper', 'helper'), ('receiving', 'receiving'), ('referral', 'referral'), ('case', 'case')], max_length=12)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('by_merge', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places', to='children.merge')),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'path'], name='child_place_of_child'), models.Index(fields=['county', 'path', 'to_on', 'child'], name='child_place_below'), models.Index(condition=models.Q(('by_merge__isnull', False)), fields=['by_merge'], name='child_place_by_merge'), models.Index(condition=models.Q(('relation', 'case'), ('to_on', None)), fields=['county'], name='child_place_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='child_place_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('child', 'line', 'relation', 'unit'), name='child_place_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='StagedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('roster_import', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='children.rosterimport')),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='children.rosterfile')),
                ('sheet_row', models.PositiveIntegerField()),
                ('verdict', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged'), ('refused', 'refused'), ('parked', 'parked')], max_length=9)),
                ('is_warned', models.BooleanField(default=False)),
                ('school_code', models.CharField(blank=True, max_length=10)),
                ('identity', models.CharField(blank=True, max_length=34)),
                ('digest', models.CharField(blank=True, max_length=32)),
                ('findings', models.JSONField(default=list)),
                ('values', notoneless.vault.fields.SealedJSONField(default=dict)),
                ('raw', notoneless.vault.fields.SealedJSONField(default=dict)),
                ('child', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('rival', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.stagedrow')),
                ('parking', models.CharField(blank=True, choices=[('', ''), ('pending', 'pending'), ('decided', 'decided'), ('replaced', 'replaced')], max_length=8)),
                ('applied_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['roster_import', 'identity'], name='staged_row_by_identity'), models.Index(fields=['roster_import', 'school_code', 'verdict', 'applied_at'], name='staged_row_to_apply'), models.Index(fields=['roster_import', 'verdict', 'file', 'sheet_row'], name='staged_row_in_order'), models.Index(condition=models.Q(('verdict', 'parked')), fields=['county', 'identity'], name='staged_row_parked'), models.Index(condition=models.Q(('is_warned', True)), fields=['roster_import', 'file', 'sheet_row'], name='staged_row_warned'), models.Index(condition=models.Q(('child__isnull', False)), fields=['child'], name='staged_row_child'), models.Index(condition=models.Q(('rival__isnull', False)), fields=['rival'], name='staged_row_rival')],
                'constraints': [models.UniqueConstraint(fields=('file', 'sheet_row'), name='staged_row_once'), models.CheckConstraint(condition=models.Q(('verdict', 'parked'), ('parking', ''), _connector='OR'), name='staged_row_parking')],
            },
        ),
        migrations.CreateModel(
            name='RosterDecision',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('row', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='children.stagedrow')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('decision', models.CharField(choices=[('keep', 'keep'), ('move', 'move'), ('other_child', 'other_child')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
