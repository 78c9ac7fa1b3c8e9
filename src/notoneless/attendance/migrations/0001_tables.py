import django.db.models.deletion
import notoneless.places.models.units
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
            name='RunCheck',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('as_of', models.DateField()),
                ('at', models.DateTimeField()),
                ('checked', models.PositiveIntegerField()),
                ('differed', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', '-at'], name='run_check_newest')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='AreaEvent',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('path', notoneless.places.models.units.PathField(max_length=150)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('cause', models.CharField(max_length=100)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'from_on'], name='area_event_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gt', models.F('from_on')), _connector='OR'), name='area_event_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='HardshipAlert',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('on', models.DateField()),
                ('difficulty', notoneless.vault.fields.SealedTextField()),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school', 'on'], name='hardship_of_school'), models.Index(fields=['child', 'on'], name='hardship_of_child')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Travel',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('way', models.CharField(choices=[('1', '1'), ('2', '2'), ('3', '3'), ('4', '4'), ('5', '5'), ('9', '9')], max_length=1)),
                ('minutes', models.PositiveSmallIntegerField(null=True)),
                ('metres', models.PositiveIntegerField(null=True)),
                ('boarding', models.CharField(choices=[('unknown', 'unknown'), ('not_needed', 'not_needed'), ('none', 'none'), ('accepted', 'accepted'), ('declined', 'declined')], max_length=10)),
                ('from_on', models.DateField()),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'from_on'], name='travel_of_child')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('child',), name='travel_one_now_per_child')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('kind', models.CharField(choices=[('sick', 'sick'), ('personal', 'personal'), ('official', 'official')], max_length=10)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('asked_by', models.CharField(choices=[('guardian', 'guardian'), ('teacher', 'teacher')], max_length=10)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('approved', 'approved'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], default='asked', max_length=10)),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'from_on'], name='leave_of_child'), models.Index(fields=['county', 'state', 'from_on'], name='leave_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='leave_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Roll',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('day', models.DateField()),
                ('session', models.CharField(max_length=10)),
                ('state', models.CharField(choices=[('held', 'held'), ('not_held', 'not_held')], max_length=8)),
                ('not_held_reason', models.CharField(blank=True, max_length=200)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('based_on', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('enrolled_count', models.PositiveSmallIntegerField()),
                ('absent_count', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('is_standing', models.BooleanField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('planned_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school_class', 'day'], name='roll_of_class'), models.Index(condition=models.Q(('is_standing', True)), fields=['county', 'day', 'school_class', 'session', 'state', 'enrolled_count', 'absent_count', 'is_standing'], name='roll_by_day'), models.Index(condition=models.Q(('is_standing', True), ('planned_at', None)), fields=['county', 'recorded_at'], name='roll_unplanned'), models.Index(condition=models.Q(('is_standing', False), ('superseded_at', None)), fields=['county', 'day'], name='roll_contending')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_standing', True)), fields=('school_class', 'day', 'session'), name='roll_one_stands'), models.CheckConstraint(condition=models.Q(('is_standing', False), ('superseded_at', None), _connector='OR'), name='roll_standing_is_not_superseded'), models.CheckConstraint(condition=models.Q(models.Q(('not_held_reason', ''), ('state', 'held')), models.Q(('absent_count', 0), ('state', 'not_held'), models.Q(('not_held_reason', ''), _negated=True)), _connector='OR'), name='roll_not_held_says_why')],
            },
        ),
        migrations.CreateModel(
            name='LessonMark',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('day', models.DateField()),
                ('lesson', models.PositiveSmallIntegerField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school_class', 'day'], name='lesson_mark_of_class')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('child', 'day', 'lesson'), name='lesson_mark_once'), models.CheckConstraint(condition=models.Q(('lesson__gte', 1), ('lesson__lte', 12)), name='lesson_mark_lesson_exists')],
            },
        ),
        migrations.CreateModel(
            name='AbsenceRun',
            fields=[
                ('child', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='children.child')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('is_open', models.BooleanField()),
                ('proved_days', models.PositiveSmallIntegerField()),
                ('proved_since', models.DateField(null=True)),
                ('possible_days', models.PositiveSmallIntegerField()),
                ('possible_since', models.DateField(null=True)),
                ('longest_proved_days', models.PositiveSmallIntegerField()),
                ('last_absent_on', models.DateField(null=True)),
                ('last_called_on', models.DateField(null=True)),
                ('computed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['county', 'school_class'], name='absence_run_of_class')],
                'constraints': [models.CheckConstraint(condition=models.Q(('proved_days__lte', models.F('possible_days'))), name='absence_run_proved_is_possible'), models.CheckConstraint(condition=models.Q(models.Q(('is_open', True), ('possible_days__gte', 1)), models.Q(('is_open', False), ('possible_days', 0)), _connector='OR'), name='absence_run_open_is_away')],
            },
        ),
        migrations.CreateModel(
            name='RunCheckFinding',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='attendance.runcheck')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('stored_days', models.PositiveSmallIntegerField(null=True)),
                ('right_days', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='HardshipMeasure',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='attendance.hardshipalert')),
                ('on', models.DateField()),
                ('measure', notoneless.vault.fields.SealedTextField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='LeaveStep',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('leave', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='attendance.leave')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('approved', 'approved'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('leave', 'state'), name='leave_step_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='LeaveProof',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('leave', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='attendance.leave')),
                ('issuer', models.CharField(max_length=80)),
                ('dated_on', models.DateField()),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='leave_proof_ends_after_it_begins')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='attendance.roll')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('day', models.DateField()),
                ('session', models.CharField(max_length=10)),
                ('reason', models.CharField(choices=[('unexplained', 'unexplained'), ('truant', 'truant'), ('sick', 'sick'), ('personal', 'personal'), ('official', 'official'), ('late', 'late')], max_length=12)),
                ('minutes_late', models.PositiveSmallIntegerField(default=0)),
                ('note', notoneless.vault.fields.SealedTextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'day'], name='absence_of_child'), models.Index(fields=['county', 'day'], name='absence_of_day')],
                'constraints': [models.UniqueConstraint(fields=('roll', 'child'), name='absence_once_per_roll'), models.CheckConstraint(condition=models.Q(('minutes_late', 0), ('reason', 'late'), _connector='OR'), name='absence_minutes_are_late')],
            },
        ),
        migrations.CreateModel(
            name='RollDecision',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='attendance.roll')),
                ('over', models.JSONField(default=list)),
                ('reason', models.CharField(max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
