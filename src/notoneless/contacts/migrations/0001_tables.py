import django.db.models.deletion
import notoneless.vault.fields
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
            name='Contact',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('origin', models.UUIDField()),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('kind', models.CharField(choices=[('call', 'call'), ('visit', 'visit'), ('talk', 'talk'), ('letter', 'letter'), ('message', 'message'), ('meeting', 'meeting')], max_length=10)),
                ('result', models.CharField(choices=[('not_reached', 'not_reached'), ('wrong_number', 'wrong_number'), ('reached', 'reached'), ('will_return', 'will_return'), ('undecided', 'undecided'), ('refused', 'refused')], max_length=14)),
                ('is_reached', models.BooleanField()),
                ('happened_on', models.DateField()),
                ('hour', models.CharField(blank=True, max_length=5)),
                ('purpose', models.CharField(choices=[('absence', 'absence'), ('persuasion', 'persuasion'), ('key_pupil', 'key_pupil'), ('after_return', 'after_return'), ('routine', 'routine'), ('other', 'other')], max_length=14)),
                ('place', models.CharField(blank=True, max_length=100)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('by_role', models.CharField(blank=True, choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('met', models.JSONField(default=list)),
                ('others', notoneless.vault.fields.SealedJSONField(blank=True, default=list)),
                ('child_words', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('guardian_view', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('found', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('feedback', notoneless.vault.fields.SealedJSONField(blank=True, default=dict)),
                ('causes', notoneless.vault.fields.SealedJSONField(blank=True, default=list)),
                ('main_cause', models.CharField(blank=True, max_length=60)),
                ('promise', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('next_step', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('next_on', models.DateField(null=True)),
                ('witness', models.CharField(blank=True, max_length=60)),
                ('needs_proof', models.BooleanField(default=False)),
                ('closed_at', models.DateTimeField(null=True)),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='contacts.contact')),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'happened_on'], name='contact_by_day'), models.Index(fields=['by', 'happened_on'], name='contact_by_person'), models.Index(fields=['origin'], name='contact_of_chain')],
                'constraints': [models.CheckConstraint(condition=models.Q(('supersedes', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='contact_correction_says_why'), models.CheckConstraint(condition=models.Q(('next_on', None), ('next_on__gte', models.F('happened_on')), _connector='OR'), name='contact_next_not_before')],
            },
        ),
        migrations.CreateModel(
            name='ClassReport',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('made_on', models.DateField()),
                ('hour', models.CharField(max_length=5)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('absent_since', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('is_late', models.BooleanField(default=False)),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('mobilisation', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('facts', notoneless.vault.fields.SealedJSONField(blank=True, default=dict)),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'made_on'], name='class_report_of_school'), models.Index(fields=['child', 'made_on'], name='class_report_of_child')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='NumberCheck',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('on', models.DateField()),
                ('state', models.CharField(choices=[('works', 'works'), ('wrong', 'wrong'), ('none', 'none')], max_length=8)),
                ('new_number', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'on'], name='number_check_of_child')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('role', models.CharField(blank=True, choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['visitor', 'to_on'], name='assignment_of_visitor')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('child',), name='assignment_one_now'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='visitor_ends_after_he_begins')],
            },
        ),
        migrations.CreateModel(
            name='TermSummary',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('term_from', models.DateField()),
                ('analysis', notoneless.vault.fields.SealedTextField()),
                ('summary', notoneless.vault.fields.SealedTextField()),
                ('counts', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
                ('filed_at', models.DateTimeField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('school_class', 'term_from'), name='term_summary_one_now')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Counselling',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('on', models.DateField()),
                ('topic', notoneless.vault.fields.SealedTextField()),
                ('notes', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('follow_up', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('next_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['by', 'on'], name='counselling_of_counsellor')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ContactChild',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children', to='contacts.contact')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'contact'], name='contact_of_child')],
                'constraints': [models.UniqueConstraint(fields=('contact', 'child'), name='contact_child_once')],
            },
        ),
        migrations.CreateModel(
            name='ContactPerson',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='contacts.contact')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('role', models.CharField(blank=True, choices=[('principal', 'principal'), ('vice_principal', 'vice_principal'), ('leadership_member', 'leadership_member'), ('political_director', 'political_director'), ('teaching_director', 'teaching_director'), ('status_clerk', 'status_clerk'), ('school_administrator', 'school_administrator'), ('dropout_officer', 'dropout_officer'), ('grade_head', 'grade_head'), ('homeroom_teacher', 'homeroom_teacher'), ('deputy_homeroom_teacher', 'deputy_homeroom_teacher'), ('subject_teacher', 'subject_teacher'), ('attached_leader', 'attached_leader'), ('attached_teacher', 'attached_teacher'), ('helper', 'helper'), ('staff', 'staff'), ('dormitory_keeper', 'dormitory_keeper'), ('child_protection_officer', 'child_protection_officer'), ('youth_league_secretary', 'youth_league_secretary'), ('legal_vice_principal', 'legal_vice_principal'), ('centre_head', 'centre_head'), ('centre_clerk', 'centre_clerk'), ('township_head', 'township_head'), ('township_leader', 'township_leader'), ('township_officer', 'township_officer'), ('township_cadre', 'township_cadre'), ('village_head', 'village_head'), ('village_officer', 'village_officer'), ('group_head', 'group_head'), ('resident_cadre', 'resident_cadre'), ('county_leader', 'county_leader'), ('bureau_head', 'bureau_head'), ('bureau_leader', 'bureau_leader'), ('county_clerk', 'county_clerk'), ('county_administrator', 'county_administrator'), ('supervisor', 'supervisor'), ('department_liaison', 'department_liaison'), ('volunteer', 'volunteer'), ('mentor', 'mentor')], max_length=30)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contact', 'person'), name='contact_person_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='contacts.contact')),
                ('proof', models.CharField(choices=[('photo', 'photo'), ('house_front', 'house_front'), ('signature', 'signature'), ('paper', 'paper')], max_length=12)),
                ('sha256', models.CharField(max_length=64)),
                ('likeness', models.CharField(max_length=16)),
                ('taken_at', models.DateTimeField(null=True)),
                ('had_place', models.BooleanField(default=False)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'sha256'], name='evidence_same'), models.Index(fields=['county', 'likeness'], name='evidence_alike'), models.Index(fields=['contact'], name='evidence_of_contact')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ReportReceipt',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='contacts.classreport')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SealedPicture',
            fields=[
                ('evidence', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='picture', serialize=False, to='contacts.evidence')),
                ('kind', models.CharField(max_length=10)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
