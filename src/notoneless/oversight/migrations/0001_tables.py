import django.db.models.deletion
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
            name='Fault',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('is_head', models.BooleanField()),
                ('kind', models.CharField(max_length=60)),
                ('basis', models.CharField(max_length=200)),
                ('policy_digest', models.CharField(max_length=64)),
                ('facts', notoneless.vault.fields.SealedTextField()),
                ('source', notoneless.vault.fields.SealedJSONField(blank=True, default=dict)),
                ('found_on', models.DateField()),
                ('raised_role', models.CharField(choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('pointer', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('found', 'found'), ('investigated', 'investigated'), ('hearing', 'hearing'), ('heard', 'heard'), ('decided', 'decided'), ('appealed', 'appealed'), ('executed', 'executed'), ('not_upheld', 'not_upheld'), ('overturned', 'overturned'), ('withdrawn', 'withdrawn')], max_length=20)),
                ('state_since', models.DateField()),
                ('state_until', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.post')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'unit', 'state'], name='fault_of_unit'), models.Index(fields=['county', 'person'], name='fault_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('pointer', ''), _negated=True), models.Q(('state', 'withdrawn'), _negated=True)), fields=('county', 'pointer'), name='fault_once_per_pointer'), models.CheckConstraint(condition=models.Q(('person', models.F('raised_by')), _negated=True), name='fault_not_against_oneself')],
            },
        ),
        migrations.CreateModel(
            name='FaultFact',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('investigated', 'investigated'), ('notice_given', 'notice_given'), ('stated', 'stated'), ('refused', 'refused'), ('decided', 'decided'), ('shown', 'shown'), ('waived', 'waived'), ('appealed', 'appealed'), ('appeal_decided', 'appeal_decided'), ('executed', 'executed'), ('taken_further', 'taken_further'), ('withdrawn', 'withdrawn')], max_length=20)),
                ('on', models.DateField()),
                ('until', models.DateField(null=True)),
                ('by_role', models.CharField(blank=True, choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('said', notoneless.vault.fields.SealedJSONField(blank=True, default=dict)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('fault', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='oversight.fault')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fault', 'number'), name='fault_step_in_its_place')],
            },
        ),
        migrations.CreateModel(
            name='FaultDecision',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('upheld', 'upheld'), ('exempt', 'exempt'), ('not_upheld', 'not_upheld')], max_length=12)),
                ('measures', models.JSONField(default=list)),
                ('conceals', models.BooleanField(default=False)),
                ('is_cause', models.BooleanField(default=False)),
                ('decided_on', models.DateField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('fault', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='oversight.fault')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='oversight.faultfact')),
            ],
            options={
                'indexes': [models.Index(fields=['fault', 'decided_on'], name='fault_decision_of_fault')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome', 'upheld'), models.Q(('conceals', False), ('is_cause', False), ('measures', [])), _connector='OR'), name='fault_measure_only_when_upheld')],
            },
        ),
        migrations.CreateModel(
            name='FaultLink',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('case', 'case'), ('duty', 'duty'), ('contact', 'contact'), ('roll', 'roll'), ('report', 'report')], max_length=10)),
                ('target_id', models.UUIDField()),
                ('on', models.DateField(null=True)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('fault', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='oversight.fault')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'kind', 'target_id'], name='fault_link_of_target')],
                'constraints': [models.UniqueConstraint(fields=('fault', 'kind', 'target_id'), name='fault_link_once')],
            },
        ),
        migrations.CreateModel(
            name='Dismissal',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('pointer', models.CharField(max_length=120)),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'unit'], name='dismissal_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('county', 'pointer'), name='dismissal_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='dismissal_says_why')],
            },
        ),
    ]
