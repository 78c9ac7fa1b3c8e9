import django.db.models.deletion
import notoneless.rules.documents.kinds
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
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('kind', models.CharField(choices=[('visit_record', 'visit_record'), ('dropout_register', 'dropout_register'), ('class_report', 'class_report'), ('dropout_report', 'dropout_report'), ('persuasion_letter', 'persuasion_letter'), ('return_notice', 'return_notice'), ('statement_record', 'statement_record'), ('correction_order', 'correction_order'), ('penalty_decision', 'penalty_decision'), ('demand', 'demand'), ('enforcement_application', 'enforcement_application'), ('civil_complaint', 'civil_complaint'), ('referral', 'referral'), ('advice_reply', 'advice_reply'), ('return_registration', 'return_registration'), ('return_report', 'return_report'), ('returned_list', 'returned_list'), ('placement_plan', 'placement_plan'), ('watch_record', 'watch_record'), ('closing_approval', 'closing_approval'), ('mandatory_report', 'mandatory_report')], max_length=24)),
                ('form_name', models.CharField(max_length=60)),
                ('series', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField(null=True)),
                ('number_text', models.CharField(max_length=80)),
                ('child', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ('file_kind', models.CharField(blank=True, max_length=20)),
                ('file_id', models.UUIDField(null=True)),
                ('receiver_kind', models.CharField(choices=[('guardian', 'guardian'), ('unit', 'unit'), ('court', 'court'), ('file', 'file')], max_length=10)),
                ('receiver_unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('receiver_name', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('payload', notoneless.vault.fields.SealedJSONField(default=dict)),
                ('payload_digest', models.CharField(max_length=64)),
                ('is_brought_in', models.BooleanField(default=False)),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField()),
                ('deadline_on', models.DateField(null=True)),
                ('issued_on', models.DateField()),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('signed_by', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('issued', 'issued'), ('withdrawn', 'withdrawn'), ('replaced', 'replaced')], default=notoneless.rules.documents.kinds.DocumentState['ISSUED'], max_length=10)),
                ('served_on', models.DateField(null=True)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.document')),
                ('ended_on', models.DateField(null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'office', 'year', 'issued_on'], name='document_of_year'), models.Index(fields=['child', 'issued_on'], name='document_of_child'), models.Index(condition=models.Q(('file_id__isnull', False)), fields=['file_id'], name='document_of_file'), models.Index(condition=models.Q(('receiver_unit__isnull', False)), fields=['receiver_unit', 'issued_on'], name='document_to_unit'), models.Index(condition=models.Q(('served_on', None), ('state', notoneless.rules.documents.kinds.DocumentState['ISSUED'])), fields=['county', 'office', 'issued_on'], name='document_unserved')],
                'constraints': [models.UniqueConstraint(fields=('office', 'year', 'series', 'number'), name='document_number_once'), models.UniqueConstraint(condition=models.Q(('number_text', '无文号'), _negated=True), fields=('office', 'year', 'number_text'), name='document_number_text_once'), models.CheckConstraint(condition=models.Q(models.Q(('is_brought_in', True), ('number', None)), models.Q(('is_brought_in', False), ('number__isnull', False), models.Q(('pdf_sha256', ''), _negated=True)), _connector='OR'), name='document_of_here_is_numbered'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='document_number_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('file_id', None), ('file_kind', '')), models.Q(models.Q(('file_kind', ''), _negated=True), models.Q(('file_id', None), _negated=True)), _connector='OR'), name='document_file_whole'), models.CheckConstraint(condition=models.Q(models.Q(('receiver_kind', notoneless.rules.documents.kinds.ReceiverKind['UNIT']), _negated=True), models.Q(('receiver_unit', None), _negated=True), _connector='OR'), name='document_to_a_unit_names_it'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('ended_reason', ''), ('state', notoneless.rules.documents.kinds.DocumentState['ISSUED'])), models.Q(models.Q(('state', notoneless.rules.documents.kinds.DocumentState['ISSUED']), _negated=True), models.Q(('ended_reason', ''), _negated=True), models.Q(('ended_on', None), _negated=True)), _connector='OR'), name='document_end_is_explained'), models.CheckConstraint(condition=models.Q(('deadline_on', None), ('deadline_on__gte', models.F('issued_on')), _connector='OR'), name='document_deadline_not_before')],
            },
        ),
        migrations.CreateModel(
            name='Volume',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('kind', models.CharField(choices=[('dropout', 'dropout'), ('return', 'return'), ('at_risk', 'at_risk'), ('twice_in_need', 'twice_in_need'), ('persuasion', 'persuasion'), ('key_pupils', 'key_pupils'), ('poorest', 'poorest'), ('left_behind', 'left_behind'), ('contracts', 'contracts'), ('minutes', 'minutes'), ('inspection', 'inspection'), ('penalty', 'penalty'), ('case', 'case')], max_length=16)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=100)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'kind', 'year', 'number'), name='volume_number_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='NumberRegister',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('series', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'year', 'series'), name='number_register_once'), models.CheckConstraint(condition=models.Q(('series', ''), _negated=True), name='number_register_has_series')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='OfficeWord',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('word', models.CharField(max_length=20)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['office', '-recorded_at'], name='office_word_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('word', ''), _negated=True), name='office_word_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='DocumentBytes',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='kept', serialize=False, to='documents.document')),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='VolumeItem',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('volume', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='documents.volume')),
                ('position', models.PositiveIntegerField()),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('title', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('dated_on', models.DateField(null=True)),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('volume', 'position'), name='volume_position_once'), models.UniqueConstraint(condition=models.Q(('document__isnull', False)), fields=('volume', 'document'), name='volume_document_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='OpeningBalance',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('register', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opening', to='documents.numberregister')),
                ('last', models.PositiveIntegerField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='documents.document')),
                ('method', models.CharField(choices=[('in_person', 'in_person'), ('adult_relative', 'adult_relative'), ('left_at_home', 'left_at_home'), ('post', 'post'), ('electronic', 'electronic'), ('entrusted', 'entrusted'), ('not_served', 'not_served')], max_length=16)),
                ('is_served', models.BooleanField()),
                ('on', models.DateField()),
                ('hour', models.CharField(blank=True, max_length=5)),
                ('place', models.CharField(blank=True, max_length=100)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('receiver_name', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('relation', models.CharField(blank=True, max_length=20)),
                ('witness', models.CharField(blank=True, max_length=100)),
                ('consent', models.CharField(blank=True, max_length=200)),
                ('carrier', models.CharField(blank=True, max_length=100)),
                ('note', notoneless.vault.fields.SealedTextField(blank=True, default='')),
                ('pictures_count', models.PositiveSmallIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'on'], name='service_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None), ('is_served', True)), fields=('document',), name='service_that_succeeded_once'), models.CheckConstraint(condition=models.Q(models.Q(('is_served', False), ('method', notoneless.rules.documents.kinds.ServiceMethod['NOT_SERVED'])), models.Q(('is_served', True), models.Q(('method', notoneless.rules.documents.kinds.ServiceMethod['NOT_SERVED']), _negated=True)), _connector='OR'), name='service_in_vain_is_not_served'), models.CheckConstraint(condition=models.Q(models.Q(('method', notoneless.rules.documents.kinds.ServiceMethod['LEFT_AT_HOME']), _negated=True), models.Q(('witness', ''), _negated=True), ('pictures_count__gt', 0), _connector='OR'), name='service_left_is_witnessed'), models.CheckConstraint(condition=models.Q(models.Q(('method', notoneless.rules.documents.kinds.ServiceMethod['ELECTRONIC']), _negated=True), models.Q(('consent', ''), _negated=True), _connector='OR'), name='service_electronic_with_consent'), models.CheckConstraint(condition=models.Q(models.Q(('method', notoneless.rules.documents.kinds.ServiceMethod['ADULT_RELATIVE']), _negated=True), models.Q(('relation', ''), _negated=True), _connector='OR'), name='service_to_relative_names_relation'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_reason', '')), models.Q(models.Q(('ended_at', None), _negated=True), models.Q(('ended_reason', ''), _negated=True)), _connector='OR'), name='service_end_is_explained')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='documents.document')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('is_accepted', models.BooleanField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('is_accepted', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='receipt_sent_back_says_why')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ServicePicture',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='documents.service')),
                ('proof', models.CharField(choices=[('photo', 'photo'), ('receipt', 'receipt'), ('signature', 'signature')], max_length=12)),
                ('sha256', models.CharField(max_length=64)),
                ('likeness', models.CharField(max_length=16)),
                ('taken_at', models.DateTimeField(null=True)),
                ('had_place', models.BooleanField(default=False)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.person')),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'sha256'], name='service_picture_same'), models.Index(fields=['county', 'likeness'], name='service_picture_alike')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ServicePictureBytes',
            fields=[
                ('picture', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='kept', serialize=False, to='documents.servicepicture')),
                ('kind', models.CharField(max_length=10)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
