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
            name='Settlement',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('term', models.PositiveSmallIntegerField(default=0)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('counted_until', models.DateField()),
                ('policy', models.CharField(max_length=64)),
                ('frozen', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school_year'], name='settlement_of_year')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('unit', 'school_year', 'term'), name='settlement_one_stands'), models.CheckConstraint(condition=models.Q(('counted_until__lte', models.F('until')), ('until__gte', models.F('since'))), name='settlement_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('settlement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='consequences.settlement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SettlementLine',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=240)),
                ('kind', models.CharField(choices=[('reward', 'reward'), ('charge', 'charge'), ('points', 'points'), ('allowance', 'allowance'), ('performance_pay', 'performance_pay'), ('bonus', 'bonus'), ('appraisal', 'appraisal'), ('post', 'post'), ('criticism', 'criticism'), ('house_rule', 'house_rule'), ('preference', 'preference'), ('accountability', 'accountability'), ('veto', 'veto')], max_length=20)),
                ('rule', models.CharField(max_length=80)),
                ('stage', models.CharField(blank=True, choices=[('primary', 'primary'), ('junior', 'junior')], max_length=10)),
                ('role', models.CharField(max_length=30)),
                ('standing', models.CharField(choices=[('to_be_entered', 'to_be_entered'), ('below_floor', 'below_floor'), ('no_legal_basis', 'no_legal_basis'), ('out_of_reach', 'out_of_reach'), ('bad_shares', 'bad_shares'), ('vacant', 'vacant'), ('to_be_decided', 'to_be_decided'), ('in_force', 'in_force')], max_length=20)),
                ('lacking', models.CharField(blank=True, max_length=80)),
                ('fen', models.BigIntegerField(null=True)),
                ('points', models.DecimalField(decimal_places=3, max_digits=9, null=True)),
                ('per_cent', models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ('honours', models.JSONField(default=list)),
                ('formula', models.JSONField(default=list)),
                ('condition', models.JSONField(null=True)),
                ('evidence', models.JSONField(default=list)),
                ('source', models.CharField(max_length=200)),
                ('pid', models.JSONField(default=list)),
                ('pack', models.CharField(max_length=80)),
                ('legal_basis', models.CharField(blank=True, max_length=250)),
                ('bearing_unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('settlement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consequences.settlement')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'person'], name='line_of_person'), models.Index(fields=['county', 'bearing_unit'], name='line_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('settlement', 'number'), name='line_in_its_place'), models.UniqueConstraint(fields=('settlement', 'key'), name='line_once'), models.CheckConstraint(condition=models.Q(('person', None), ('bearing_unit', None), _connector='OR'), name='line_has_one_bearer')],
            },
        ),
        migrations.CreateModel(
            name='LineFact',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('step', models.CharField(choices=[('file', 'file'), ('verify', 'verify'), ('grant', 'grant'), ('approve', 'approve'), ('change', 'change'), ('reject', 'reject'), ('settle', 'settle'), ('correct', 'correct')], max_length=10)),
                ('is_rest', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('reason', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('answers', models.JSONField(default=dict)),
                ('fen', models.BigIntegerField(null=True)),
                ('points', models.DecimalField(decimal_places=3, max_digits=9, null=True)),
                ('done_on', models.DateField(null=True)),
                ('receipt', models.CharField(blank=True, max_length=120)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='consequences.settlementline')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'number'), name='line_fact_in_its_place'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('step__in', ['settle', 'correct'])), models.Q(models.Q(('step__in', ['settle', 'correct']), _negated=True), ('done_on', None)), _connector='OR'), name='line_fact_settled_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Honour',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=40)),
                ('title', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consequences.settlementline')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'school', 'school_year'], name='honour_of_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('unit__isnull', False)), models.Q(('person__isnull', False), ('unit', None)), _connector='OR'), name='honour_of_person_or_unit'), models.UniqueConstraint(condition=models.Q(('person__isnull', False), ('refused_by', None)), fields=('person', 'code', 'school_year', 'title'), name='honour_once_a_year_for_a_person'), models.UniqueConstraint(condition=models.Q(('refused_by', None), ('unit__isnull', False)), fields=('unit', 'code', 'school_year', 'title'), name='honour_once_a_year_for_a_unit')],
            },
        ),
        migrations.CreateModel(
            name='HonourCancelled',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('honour', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cancelled', to='consequences.honour')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consequences.settlementline')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExceptionStatement',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('circumstances', notoneless.vault.fields.SealedTextField()),
                ('children', models.JSONField(default=list)),
                ('filed_at', models.DateTimeField()),
                ('carried_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consequences.exceptionstatement')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='consequences.settlementline')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
