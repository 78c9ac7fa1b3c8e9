import django.db.models.deletion
import notoneless.places.models.units
import notoneless.rules.roles
import notoneless.vault.fields
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('kind', models.CharField(choices=[('province', 'province'), ('city', 'city'), ('county', 'county'), ('township', 'township'), ('community', 'community'), ('village', 'village'), ('group', 'group'), ('bureau', 'bureau'), ('supervision', 'supervision'), ('education_office', 'education_office'), ('centre_school', 'centre_school'), ('school', 'school'), ('nine_year_school', 'nine_year_school'), ('teaching_point', 'teaching_point'), ('grade', 'grade'), ('class', 'class'), ('department', 'department')], max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('short_name', models.CharField(blank=True, max_length=40)),
                ('pinyin', models.CharField(blank=True, max_length=200)),
                ('code', models.CharField(blank=True, max_length=20)),
                ('stage', models.CharField(blank=True, choices=[('primary', 'primary'), ('junior', 'junior')], max_length=10)),
                ('entered_in', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_boarding', models.BooleanField(default=False)),
                ('is_complete', models.BooleanField(default=True)),
                ('active_from', models.DateField()),
                ('active_to', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'kind', 'name'], name='unit_by_kind')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('county', 'code'), name='unit_code_once_per_county'), models.CheckConstraint(condition=models.Q(('active_to', None), ('active_to__gt', models.F('active_from')), _connector='OR'), name='unit_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('kind__in', ['province', 'city', 'county', 'township', 'community', 'village', 'group', 'bureau', 'supervision', 'education_office', 'centre_school', 'school', 'nine_year_school', 'teaching_point', 'grade', 'class', 'department'])), name='unit_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['grade', 'class']), _negated=True), ('entered_in__isnull', False), _connector='OR'), name='unit_cohort_is_dated')],
            },
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('parent_code', models.CharField(blank=True, db_index=True, max_length=12)),
                ('level', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=80)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='UnitPlace',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='places.unit')),
                ('line', models.CharField(choices=[('g', 'g'), ('e', 'e')], max_length=1)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places_below', to='places.unit')),
                ('path', notoneless.places.models.units.PathField(max_length=150)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['path', 'to_on'], name='unit_place_below')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('unit', 'line'), name='unit_place_one_now_per_line'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='unit_place_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='OfficialNotice',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField()),
                ('is_provisional', models.BooleanField()),
                ('source', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'year', 'version'), name='official_notice_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CalendarVersion',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_versions', to='places.unit')),
                ('school_year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('follows_above', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'school_year', 'version'), name='calendar_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CalendarOverride',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('reason', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('on', models.DateField()),
                ('has_class', models.BooleanField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('unit', 'on'), name='calendar_override_one_standing_per_day')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CalendarClosure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('reason', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'from_on'], name='calendar_closure_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='calendar_closure_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='CalendarPattern',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('reason', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('anchored_on', models.DateField()),
                ('cycle', models.CharField(max_length=42)),
                ('rests_on_holidays', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'from_on'], name='calendar_pattern_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='calendar_pattern_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='CalendarChange',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('kind', models.CharField(max_length=30)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('planned_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('planned_at', None)), fields=['county', 'recorded_at'], name='calendar_change_unplanned')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='calendar_change_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('name', models.CharField(max_length=60)),
                ('pinyin', models.CharField(blank=True, max_length=200)),
                ('initials', models.CharField(blank=True, max_length=30)),
                ('staff_number', models.CharField(blank=True, max_length=30)),
                ('phone', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('phone_index', models.CharField(blank=True, max_length=32)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'name'], name='person_by_name'), models.Index(fields=['county', 'pinyin'], name='person_by_pinyin'), models.Index(fields=['county', 'phone_index'], name='person_by_phone')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('staff_number', ''), _negated=True), fields=('county', 'staff_number'), name='person_staff_number_once_per_county')],
            },
        ),
        migrations.CreateModel(
            name='LeadingGroup',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='places.unit')),
                ('kind', models.CharField(choices=[('dropout', 'dropout'), ('care', 'care')], max_length=10)),
                ('office_seat', models.CharField(blank=True, max_length=80)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('unit', 'kind'), name='group_one_now_per_kind'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gt', models.F('from_on')), _connector='OR'), name='group_ends_after_it_begins')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ImplementationPlan',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='places.unit')),
                ('school_year', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('goals', models.TextField(max_length=4000)),
                ('approver', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('approved', 'approved'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school_year'], name='plan_of_the_year')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('unit', 'school_year'), name='plan_one_now_per_unit_and_year'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('approver', ''), _negated=True), _connector='OR'), name='plan_approved_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='UnitTelephone',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='telephones', to='places.unit')),
                ('phone', models.CharField(max_length=40)),
                ('contact', models.CharField(blank=True, max_length=60)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('unit',), name='telephone_one_now_per_unit'), models.CheckConstraint(condition=models.Q(('phone', ''), _negated=True), name='telephone_can_be_called')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='OfficialDay',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='places.officialnotice')),
                ('on', models.DateField()),
                ('kind', models.CharField(choices=[('off', 'off'), ('work', 'work')], max_length=4)),
                ('name', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('notice', 'on'), name='official_day_once_per_notice'), models.CheckConstraint(condition=models.Q(('kind__in', ['off', 'work'])), name='official_day_kind_is_known')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CalendarPeriod',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='places.calendarversion')),
                ('kind', models.CharField(choices=[('term', 'term'), ('campaign', 'campaign')], max_length=10)),
                ('name', models.CharField(max_length=40)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='calendar_period_ends_after_it_begins')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='places.unit')),
                ('role', models.CharField(choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('title', models.CharField(blank=True, max_length=60)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='places.person')),
                ('tenure', models.CharField(choices=[('full', 'full'), ('acting', 'acting'), ('shared', 'shared'), ('stand_in', 'stand_in')], default=notoneless.rules.roles.Tenure['FULL'], max_length=10)),
                ('stands_in_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to='places.post')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'role', 'to_on'], name='post_at_unit'), models.Index(fields=['person', 'to_on'], name='post_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gt', models.F('from_on')), _connector='OR'), name='post_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('stands_in_for__isnull', False), ('tenure', 'stand_in')), models.Q(models.Q(('tenure', 'stand_in'), _negated=True), ('stands_in_for', None)), _connector='OR'), name='post_stand_in_names_its_post'), models.UniqueConstraint(condition=models.Q(('stands_in_for', None), ('to_on', None)), fields=('unit', 'role', 'person'), name='post_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='TeachingAssignment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='places.unit')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='places.person')),
                ('subject', models.CharField(max_length=20)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'to_on'], name='assignment_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('school_class', 'person', 'subject'), name='assignment_once_at_a_time'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gt', models.F('from_on')), _connector='OR'), name='assignment_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverages', to='places.unit')),
                ('level', models.CharField(choices=[('town_leader', 'town_leader'), ('town_cadre', 'town_cadre'), ('village_cadre', 'village_cadre'), ('group_leader', 'group_leader'), ('principal', 'principal'), ('grade_leader', 'grade_leader'), ('class_teacher', 'class_teacher'), ('subject_teacher', 'subject_teacher')], max_length=16)),
                ('area', models.CharField(blank=True, max_length=60)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverages', to='places.person')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'to_on'], name='coverage_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('unit', 'level', 'area'), name='coverage_one_person_now'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='coverage_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='DepartmentDuty',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='places.unit')),
                ('text', models.TextField(max_length=1000)),
                ('leader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('liaison', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('partners', models.ManyToManyField(blank=True, related_name='partner_duties', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('department', 'text'), name='duty_text_once_now'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gt', models.F('from_on')), _connector='OR'), name='department_duty_ends_after_it_begins')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='GroupSeat',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='places.leadinggroup')),
                ('seat', models.CharField(choices=[('head', 'head'), ('deputy', 'deputy'), ('member', 'member'), ('office_director', 'office_director'), ('office_deputy', 'office_deputy')], max_length=16)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='places.person')),
                ('post_title', models.CharField(blank=True, max_length=60)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('group', 'seat', 'person'), name='seat_once_now'), models.UniqueConstraint(condition=models.Q(('seat__in', ['head', 'office_director']), ('to_on', None)), fields=('group', 'seat'), name='seat_one_head_now'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='seat_ends_after_it_begins')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='DutyReport',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='places.departmentduty')),
                ('period', models.CharField(max_length=20)),
                ('note', models.TextField(max_length=2000)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('reported_on', models.DateField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('duty', 'period'), name='duty_report_one_now_per_period')],
                'indexes': [],
            },
        ),
    ]
