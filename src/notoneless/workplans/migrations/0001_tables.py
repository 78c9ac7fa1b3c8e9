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
            name='ReportPeriod',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('stream', models.CharField(choices=[('class_count', 'class_count'), ('weekly_info', 'weekly_info'), ('school_count', 'school_count'), ('township_count', 'township_count'), ('term_start', 'term_start'), ('school_written', 'school_written'), ('township_written', 'township_written'), ('key_unit', 'key_unit')], max_length=16)),
                ('from_on', models.DateField()),
                ('until', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'open'), ('submitted', 'submitted'), ('accepted', 'accepted'), ('returned', 'returned'), ('corrected', 'corrected')], default='open', max_length=10)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'receiver', 'state'], name='report_to_receive'), models.Index(fields=['county', 'stream', 'from_on'], name='report_of_stream')],
                'constraints': [models.UniqueConstraint(fields=('county', 'unit', 'stream', 'from_on'), name='report_period_once'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('from_on'))), name='report_period_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('figures', models.JSONField(default=dict)),
                ('text', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('is_correction', models.BooleanField(default=False)),
                ('submitted_on', models.DateField()),
                ('submitted_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='workplans.reportperiod')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('period', 'number'), name='report_version_once')],
            },
        ),
        migrations.CreateModel(
            name='ReportVerdict',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('verdict', models.CharField(choices=[('accept', 'accept'), ('send_back', 'send_back')], max_length=10)),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='verdict', to='workplans.reportversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['accept', 'send_back'])), name='report_verdict_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('leadership', 'leadership'), ('office', 'office'), ('campaign', 'campaign'), ('supervision', 'supervision'), ('regular', 'regular'), ('joint', 'joint'), ('other', 'other')], max_length=12)),
                ('held_on', models.DateField()),
                ('place', models.CharField(blank=True, max_length=100)),
                ('others', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('agenda', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'unit', 'held_on'], name='meeting_of_unit')],
            },
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendees', to='workplans.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='attendee_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('owner_role', models.CharField(choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('due_on', models.DateField()),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('owner_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='workplans.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='decision_once')],
            },
        ),
        migrations.CreateModel(
            name='DecisionDone',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('note', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='workplans.decision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'unit', 'month'), name='campaign_once')],
            },
        ),
        migrations.CreateModel(
            name='CampaignPlan',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('channels', models.JSONField(default=list)),
                ('households', models.PositiveIntegerField(null=True)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='workplans.campaign')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'number'), name='campaign_plan_once')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField()),
                ('channel', models.CharField(max_length=60)),
                ('place', models.CharField(blank=True, max_length=100)),
                ('audience', models.CharField(blank=True, max_length=100)),
                ('materials', models.CharField(blank=True, max_length=200)),
                ('households', models.PositiveIntegerField(default=0)),
                ('persons', models.PositiveIntegerField(default=0)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='workplans.campaign')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActivityReach',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reach', to='workplans.activity')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'unit'), name='activity_reach_once')],
            },
        ),
        migrations.CreateModel(
            name='CampaignReport',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('figures', models.JSONField(default=dict)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='workplans.campaign')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'number'), name='campaign_report_once')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('activity', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='workplans.activity')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('meeting', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='workplans.meeting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('meeting', None)), models.Q(('activity', None), ('meeting__isnull', False)), _connector='OR'), name='withdrawal_of_one_thing')],
            },
        ),
    ]
