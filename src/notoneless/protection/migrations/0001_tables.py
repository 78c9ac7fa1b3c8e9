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
            name='CriticalFlag',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('situation', notoneless.vault.fields.SealedTextField(default='')),
                ('facts', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('child_words', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('raised_on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', '-recorded_at'], name='critical_flag_newest'), models.Index(fields=['reporter', '-recorded_at'], name='critical_flag_of_reporter')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='FlagChild',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('flag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='protection.criticalflag')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('from_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['child'], name='flag_child_of_child')],
                'constraints': [models.UniqueConstraint(fields=('flag', 'child'), name='flag_child_once')],
            },
        ),
        migrations.CreateModel(
            name='FlagConcerned',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('flag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='protection.criticalflag')),
                ('kind', models.CharField(choices=[('guardian', 'guardian'), ('carer', 'carer'), ('staff', 'staff'), ('other', 'other'), ('unknown', 'unknown')], max_length=10)),
                ('guardian', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.guardian')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('words', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('from_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['flag', 'kind'], name='flag_concerned_of_flag')],
                'constraints': [models.CheckConstraint(condition=models.Q(('person', None), ('kind', 'staff'), _connector='OR'), name='flag_concerned_person_is_staff'), models.CheckConstraint(condition=models.Q(('guardian', None), ('kind', 'guardian'), _connector='OR'), name='flag_concerned_guardian_is_one')],
            },
        ),
        migrations.CreateModel(
            name='FlagLine',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('flag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='protection.criticalflag')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('rank', models.PositiveSmallIntegerField()),
                ('turn', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'flag'], name='flag_line_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('flag', 'unit', 'turn'), name='flag_line_once')],
            },
        ),
        migrations.CreateModel(
            name='FlagStep',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('flag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='protection.criticalflag')),
                ('kind', models.CharField(choices=[('added', 'added'), ('seen', 'seen'), ('police', 'police'), ('superior', 'superior'), ('department', 'department'), ('proposed', 'proposed'), ('refused', 'refused'), ('closed', 'closed')], max_length=10)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('words', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('receipt', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('ground', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('answers', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='protection.flagstep')),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['flag', 'kind'], name='flag_step_of_flag')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'closed')), fields=('flag',), name='flag_closed_once'), models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', False), ('kind__in', ['closed', 'refused'])), models.Q(models.Q(('kind__in', ['closed', 'refused']), _negated=True), ('answers', None)), _connector='OR'), name='flag_step_answers_a_proposal')],
            },
        ),
    ]
