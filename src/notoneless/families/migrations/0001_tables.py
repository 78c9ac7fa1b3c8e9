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
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('child', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.guardian')),
                ('link_index', models.CharField(max_length=32, unique=True)),
                ('code_index', models.CharField(max_length=32)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('wrong_codes', models.PositiveSmallIntegerField(default=0)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['child', '-made_at'], name='invitation_of_child')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='invitation_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('wrong_codes__lte', 5)), name='invitation_locks_at_the_fifth')],
            },
        ),
        migrations.CreateModel(
            name='WrongTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_index', models.CharField(max_length=32)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['address_index', 'at'], name='wrong_try_of_address')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='visit', to='families.invitation')),
                ('key_index', models.CharField(max_length=32, unique=True)),
                ('began_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Saying',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.visit')),
                ('child', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.guardian')),
                ('kind', models.CharField(choices=[('not_mine', 'not_mine'), ('phone', 'phone'), ('address', 'address'), ('leave', 'leave')], max_length=10)),
                ('value', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('leave_id', models.UUIDField(blank=True, null=True)),
                ('said_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'kind'], name='saying_of_child'), models.Index(fields=['county', 'said_at'], name='saying_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'leave'), ('leave_id__isnull', False)), models.Q(models.Q(('kind', 'leave'), _negated=True), ('leave_id', None)), _connector='OR'), name='saying_names_its_leave')],
            },
        ),
        migrations.CreateModel(
            name='SayingVerdict',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('saying', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='verdict', to='families.saying')),
                ('verdict', models.CharField(choices=[('accepted', 'accepted'), ('kept', 'kept')], max_length=10)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
