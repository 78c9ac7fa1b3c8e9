import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('children', '0001_tables'),
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('kind', models.CharField(choices=[('absence', 'absence'), ('dropout', 'dropout'), ('rolls', 'rolls'), ('leave', 'leave'), ('no_show', 'no_show'), ('next_try', 'next_try'), ('lesson', 'lesson'), ('term_work', 'term_work'), ('case', 'case'), ('reporting', 'reporting'), ('meeting', 'meeting'), ('campaign', 'campaign')], max_length=12)),
                ('subject_kind', models.CharField(choices=[('child', 'child'), ('unit', 'unit')], max_length=6)),
                ('subject_id', models.UUIDField()),
                ('occurrence', models.CharField(max_length=20)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('opened_on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'opened_on'], name='matter_of_child')],
                'constraints': [models.UniqueConstraint(fields=('county', 'kind', 'subject_id', 'occurrence'), name='matter_once'), models.CheckConstraint(condition=models.Q(models.Q(('child', models.F('subject_id')), ('subject_kind', 'child')), models.Q(('child', None), ('subject_kind', 'unit')), _connector='OR'), name='matter_child_is_its_subject')],
            },
        ),
        migrations.CreateModel(
            name='SweepRun',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('as_of', models.DateField()),
                ('state', models.CharField(choices=[('running', 'running'), ('done', 'done'), ('failed', 'failed')], max_length=8)),
                ('started_at', models.DateTimeField()),
                ('beat_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('schools', models.PositiveIntegerField(default=0)),
                ('opened', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('holes', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['county', '-started_at'], name='sweep_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('county',), name='sweep_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='RuleHole',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('rule', models.CharField(choices=[('absence.guardian_contact', 'absence.guardian_contact'), ('absence.investigate', 'absence.investigate'), ('absence.visit', 'absence.visit'), ('absence.report', 'absence.report'), ('absence.persuasion_letter', 'absence.persuasion_letter'), ('dropout.report', 'dropout.report'), ('roll.call', 'roll.call'), ('leave.proof', 'leave.proof'), ('no_show.contact', 'no_show.contact'), ('no_show.settle', 'no_show.settle'), ('lesson.absence', 'lesson.absence'), ('contact.next_try', 'contact.next_try'), ('contacts.number_check', 'contacts.number_check'), ('quota.visit_all', 'quota.visit_all'), ('quota.visit_total', 'quota.visit_total'), ('quota.visit_key', 'quota.visit_key'), ('quota.talk_key', 'quota.talk_key'), ('quota.visit_returned', 'quota.visit_returned'), ('quota.stability', 'quota.stability'), ('case.determine', 'case.determine'), ('case.visit', 'case.visit'), ('case.report', 'case.report'), ('case.accept', 'case.accept'), ('case.notice', 'case.notice'), ('case.serve', 'case.serve'), ('case.order', 'case.order'), ('case.decide', 'case.decide'), ('case.enforce', 'case.enforce'), ('case.advice', 'case.advice'), ('case.referral', 'case.referral'), ('case.subcase', 'case.subcase'), ('case.return_report', 'case.return_report'), ('case.place', 'case.place'), ('case.review', 'case.review'), ('case.watch', 'case.watch'), ('case.close', 'case.close'), ('case.confirm', 'case.confirm'), ('report.class', 'report.class'), ('report.info', 'report.info'), ('report.school', 'report.school'), ('report.township', 'report.township'), ('report.term_start', 'report.term_start'), ('report.school_written', 'report.school_written'), ('report.township_written', 'report.township_written'), ('report.key_unit', 'report.key_unit'), ('meeting.leadership', 'meeting.leadership'), ('meeting.office', 'meeting.office'), ('meeting.campaign', 'meeting.campaign'), ('meeting.supervision', 'meeting.supervision'), ('meeting.regular', 'meeting.regular'), ('meeting.decision', 'meeting.decision'), ('campaign.plan', 'campaign.plan'), ('campaign.report', 'campaign.report')], max_length=30)),
                ('key', models.CharField(max_length=60)),
                ('why', models.CharField(max_length=30)),
                ('since_on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'unit', 'rule', 'key'), name='rule_hole_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='duties.matter')),
                ('rule', models.CharField(choices=[('absence.guardian_contact', 'absence.guardian_contact'), ('absence.investigate', 'absence.investigate'), ('absence.visit', 'absence.visit'), ('absence.report', 'absence.report'), ('absence.persuasion_letter', 'absence.persuasion_letter'), ('dropout.report', 'dropout.report'), ('roll.call', 'roll.call'), ('leave.proof', 'leave.proof'), ('no_show.contact', 'no_show.contact'), ('no_show.settle', 'no_show.settle'), ('lesson.absence', 'lesson.absence'), ('contact.next_try', 'contact.next_try'), ('contacts.number_check', 'contacts.number_check'), ('quota.visit_all', 'quota.visit_all'), ('quota.visit_total', 'quota.visit_total'), ('quota.visit_key', 'quota.visit_key'), ('quota.talk_key', 'quota.talk_key'), ('quota.visit_returned', 'quota.visit_returned'), ('quota.stability', 'quota.stability'), ('case.determine', 'case.determine'), ('case.visit', 'case.visit'), ('case.report', 'case.report'), ('case.accept', 'case.accept'), ('case.notice', 'case.notice'), ('case.serve', 'case.serve'), ('case.order', 'case.order'), ('case.decide', 'case.decide'), ('case.enforce', 'case.enforce'), ('case.advice', 'case.advice'), ('case.referral', 'case.referral'), ('case.subcase', 'case.subcase'), ('case.return_report', 'case.return_report'), ('case.place', 'case.place'), ('case.review', 'case.review'), ('case.watch', 'case.watch'), ('case.close', 'case.close'), ('case.confirm', 'case.confirm'), ('report.class', 'report.class'), ('report.info', 'report.info'), ('report.school', 'report.school'), ('report.township', 'report.township'), ('report.term_start', 'report.term_start'), ('report.school_written', 'report.school_written'), ('report.township_written', 'report.township_written'), ('report.key_unit', 'report.key_unit'), ('meeting.leadership', 'meeting.leadership'), ('meeting.office', 'meeting.office'), ('meeting.campaign', 'meeting.campaign'), ('meeting.supervision', 'meeting.supervision'), ('meeting.regular', 'meeting.regular'), ('meeting.decision', 'meeting.decision'), ('campaign.plan', 'campaign.plan'), ('campaign.report', 'campaign.report')], max_length=30)),
                ('subject_id', models.UUIDField()),
                ('occurrence', models.CharField(max_length=20)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('evidence', models.CharField(choices=[('contact', 'contact'), ('cause', 'cause'), ('visit', 'visit'), ('talk', 'talk'), ('letter', 'letter'), ('report', 'report'), ('roll', 'roll'), ('proof', 'proof'), ('back', 'back'), ('number_check', 'number_check'), ('step', 'step'), ('return', 'return'), ('meeting', 'meeting'), ('plan', 'plan'), ('done', 'done')], max_length=14)),
                ('participants', models.JSONField(default=list)),
                ('bearer_role', models.CharField(choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('bearer_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('heir_role', models.CharField(blank=True, choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('heir_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('opened_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('due_hour', models.CharField(blank=True, max_length=5)),
                ('is_due_provisional', models.BooleanField(default=False)),
                ('clock', models.JSONField(default=dict)),
                ('policy_digest', models.CharField(max_length=64)),
                ('remind_on', models.DateField(null=True)),
                ('late_since', models.DateField(null=True)),
                ('risen_role', models.CharField(blank=True, choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('risen_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('done_on', models.DateField(null=True)),
                ('done_hour', models.CharField(blank=True, max_length=5)),
                ('closed_by_kind', models.CharField(blank=True, choices=[('contact', 'contact'), ('cause', 'cause'), ('visit', 'visit'), ('talk', 'talk'), ('letter', 'letter'), ('report', 'report'), ('roll', 'roll'), ('proof', 'proof'), ('back', 'back'), ('number_check', 'number_check'), ('step', 'step'), ('return', 'return'), ('meeting', 'meeting'), ('plan', 'plan'), ('done', 'done')], max_length=14)),
                ('closed_by', models.UUIDField(null=True)),
                ('have', models.PositiveSmallIntegerField(null=True)),
                ('need', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'bearer_unit', 'state', 'due_on'], name='duty_in_tray'), models.Index(fields=['county', 'unit', 'state', 'late_since'], name='duty_of_class'), models.Index(fields=['subject_id', 'opened_on'], name='duty_of_subject'), models.Index(condition=models.Q(('risen_unit__isnull', False)), fields=['risen_unit', 'risen_role'], name='duty_risen'), models.Index(condition=models.Q(('state', 'open')), fields=['heir_unit', 'heir_role'], name='duty_of_heir')],
                'constraints': [models.UniqueConstraint(fields=('county', 'rule', 'subject_id', 'occurrence'), name='duty_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), models.Q(('done_on', None), _negated=True)), models.Q(models.Q(('state', 'done'), _negated=True), ('done_on', None)), _connector='OR'), name='duty_done_on_a_day'), models.CheckConstraint(condition=models.Q(('late_since', None), models.Q(('due_on__isnull', False), ('due_on__lte', models.F('late_since')), ('is_due_provisional', False)), _connector='OR'), name='duty_late_after_a_sure_date'), models.CheckConstraint(condition=models.Q(('risen_unit', None), models.Q(('late_since__isnull', False), ('state', 'open')), _connector='OR'), name='duty_rises_only_when_late')],
            },
        ),
        migrations.CreateModel(
            name='DutyChange',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='duties.duty')),
                ('kind', models.CharField(choices=[('redated', 'redated'), ('reopened', 'reopened'), ('moved', 'moved'), ('rose', 'rose'), ('fell', 'fell'), ('closed', 'closed'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('why', models.CharField(choices=[('calendar', 'calendar'), ('policy', 'policy'), ('facts', 'facts'), ('time', 'time'), ('left', 'left'), ('year_over', 'year_over')], max_length=10)),
                ('as_of', models.DateField()),
                ('old_due_on', models.DateField(null=True)),
                ('new_due_on', models.DateField(null=True)),
                ('old_policy', models.CharField(max_length=64)),
                ('risen_role', models.CharField(blank=True, max_length=30)),
                ('risen_unit_id', models.UUIDField(null=True)),
                ('by_id', models.UUIDField(null=True)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['duty', 'recorded_at'], name='duty_change_of_duty'), models.Index(fields=['county', 'recorded_at'], name='duty_change_of_county')],
                'constraints': [],
            },
        ),
    ]
