\set person random(0, 999999)
BEGIN;
INSERT INTO people_party AS p (id, kind, full_name, personal_id, birth_date, gender, address, phone, email)
  VALUES (uuidv7(), 'person', 'Nguyễn Thị Lan', '000184' || lpad(:person::text, 6, '0'), '1984-09-05', 'female', '12 Phan Châu Trinh', '0905123456', '')
  ON CONFLICT (personal_id) WHERE NOT (personal_id = '') DO UPDATE SET full_name = EXCLUDED.full_name, address = EXCLUDED.address, phone = EXCLUDED.phone
  RETURNING id AS party \gset
INSERT INTO core_numberseries (agency_id, series, day, last) VALUES ('@agency', 'dossier', current_date, 1)
  ON CONFLICT (agency_id, series, day) DO UPDATE SET last = core_numberseries.last + 1 RETURNING last AS number \gset
INSERT INTO dossiers_dossier (id, code, submission_id, tracking_token, agency_id, version_id, channel, state,
  applicant_id, applicant_kind, applicant_name, applicant_personal_id, applicant_birth_date, applicant_address,
  applicant_phone, applicant_email, submitter_name, submitter_personal_id, request, copies, return_method,
  limit_number, limit_unit, fee_total, received_at, received_by_id, promised_at, due_at)
  VALUES (uuidv7(), 'P-' || to_char(current_date, 'YYMMDD') || '-' || :number::text, gen_random_uuid(), 'ABCDEFGHIJKLMNOPQRST',
  '@agency', '@version', 'counter', 2, :party::uuid, 'person', 'Nguyễn Thị Lan', '000184' || lpad(:person::text, 6, '0'), '1984-09-05',
  '12 Phan Châu Trinh', '0905123456', '', '', '', 'Khai sinh cho con', 1, 'counter', 1, 'working_day', 0, now(), '@official',
  now() + interval '1 day', now() + interval '1 day') RETURNING id AS dossier \gset
INSERT INTO dossiers_dossiercomponent (id, dossier_id, component_id, originals, copies)
  SELECT uuidv7(), :dossier::uuid, component, 1, 0 FROM unnest('@papers'::uuid[]) AS component;
INSERT INTO core_event (id, kind, subject_kind, subject_id, agency_id, actor_id, actor_name, at, before, after, request_id)
  VALUES (uuidv7(), 'dossier.received', 'dossier', :dossier::uuid, '@agency', '@account', 'Nguyễn Thị Mai', now(), NULL,
  '{"code": "P", "state": 2, "procedure": "1.001193", "channel": "counter", "due_at": "2026-11-24T09:15:00+07:00", "papers": 3}', 'bench');
INSERT INTO routing_step (id, dossier_id, position, name, role, unit_id, official_id, started_at, due_at, outcome, note)
  SELECT uuidv7(), :dossier::uuid, 1, 'Tiếp nhận, chuyển hồ sơ', 'receiver', u.id, '@official', now(), now() + interval '1 hour', '', ''
  FROM people_unit u WHERE u.agency_id = '@agency' AND u.function = 'one_stop' AND u.valid_to IS NULL;
COMMIT;
