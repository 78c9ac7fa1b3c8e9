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
            name='FiredSign',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('rule', models.CharField(choices=[('run', 'run'), ('unregistered', 'unregistered'), ('share', 'share'), ('term_days', 'term_days'), ('week_edge', 'week_edge'), ('after_break', 'after_break'), ('lost_contact', 'lost_contact'), ('word', 'word')], max_length=14)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('is_open', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'first_on'], name='fired_sign_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='fired_sign_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('child', 'rule'), name='fired_sign_one_open')],
            },
        ),
        migrations.CreateModel(
            name='KeyList',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('term_from', models.DateField()),
                ('term_to', models.DateField()),
                ('version', models.PositiveSmallIntegerField()),
                ('size', models.PositiveSmallIntegerField(null=True)),
                ('least', models.PositiveSmallIntegerField(null=True)),
                ('most', models.PositiveSmallIntegerField(null=True)),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('closed_at', models.DateTimeField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school_class', 'term_from', 'version'), name='key_list_version_once'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('school_class', 'term_from'), name='key_list_one_draft'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', False), ('superseded_at', None)), fields=('school_class', 'term_from'), name='key_list_one_stands'), models.CheckConstraint(condition=models.Q(('term_to__gt', models.F('term_from'))), name='key_list_term_ends_after_it_begins')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='KeyFileEntry',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('term_from', models.DateField()),
                ('part', models.CharField(choices=[('risk', 'risk'), ('plan', 'plan'), ('progress', 'progress'), ('conclusion', 'conclusion')], max_length=10)),
                ('on', models.DateField()),
                ('text', notoneless.vault.fields.SealedTextField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'term_from'], name='key_file_of_child')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='NeedTag',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('need', models.CharField(choices=[('stay', 'stay'), ('learning', 'learning'), ('reading', 'reading'), ('aid', 'aid'), ('returning', 'returning'), ('conduct', 'conduct')], max_length=10)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'to_on'], name='need_of_child')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='need_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('child', 'need', 'to_on'), name='need_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='SignWord',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('kind', models.CharField(max_length=60)),
                ('causes', notoneless.vault.fields.SealedJSONField(blank=True, default=list)),
                ('text', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('seen_on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'seen_on'], name='sign_word_of_child'), models.Index(condition=models.Q(('cleared_at', None)), fields=['county', 'school_class'], name='sign_word_open'), models.Index(condition=models.Q(('kind', 'dropped_out')), fields=['county', 'seen_on'], name='sign_word_left')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('on', models.DateField()),
                ('causes', notoneless.vault.fields.SealedJSONField(blank=True, default=list)),
                ('thinking', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('guardian_view', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('destination', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('measure', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'on'], name='follow_up_of_child')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Handling',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('on', models.DateField()),
                ('until_on', models.DateField()),
                ('text', notoneless.vault.fields.SealedTextField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'until_on'], name='handling_of_child')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('on'))), name='handling_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='KeyPupil',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('key_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pupils', to='signs.keylist')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('criteria', models.JSONField(default=list)),
                ('evidence', notoneless.vault.fields.SealedTextField()),
            ],
            options={
                'indexes': [models.Index(fields=['child'], name='key_pupil_of_child')],
                'constraints': [models.UniqueConstraint(fields=('key_list', 'child'), name='key_pupil_once_per_list')],
            },
        ),
        migrations.CreateModel(
            name='WordStep',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('word', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='signs.signword')),
                ('kind', models.CharField(choices=[('escalated', 'escalated'), ('measure', 'measure'), ('cleared', 'cleared')], max_length=10)),
                ('text', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('visit_on', models.DateField(null=True)),
                ('persons', models.JSONField(default=list)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'cleared')), fields=('word',), name='sign_word_cleared_once'), models.UniqueConstraint(condition=models.Q(('kind', 'escalated')), fields=('word',), name='sign_word_escalated_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cleared'), _negated=True), ('visit_on__isnull', False), _connector='OR'), name='sign_word_cleared_by_visit')],
                'indexes': [],
            },
        ),
    ]
