-- 100,000 open dossiers in the hands of a province's office, made in sets: sixty officials more, each with a
-- duty in a unit; every dossier with the step at the desk behind it and one open step; limits that end within
-- the next fortnight, a few percent of them past, a few percent stopped for the applicant.
CREATE TEMP TABLE home AS
SELECT u.agency_id FROM people_account a JOIN people_official o ON o.account_id = a.id JOIN people_unit u ON u.id = o.unit_id
WHERE a.username = 'lanhdao';

CREATE TEMP TABLE duty AS
SELECT row_number() OVER () - 1 AS n, u.id AS unit_id, r.role, gen_random_uuid() AS account_id, gen_random_uuid() AS official_id
FROM (VALUES ('justice', 'case_officer', 12), ('land', 'case_officer', 16), ('social', 'case_officer', 10),
             ('economy', 'case_officer', 8), ('police', 'case_officer', 6), ('records', 'records_clerk', 4),
             ('one_stop', 'receiver', 4)) AS r (function, role, people)
JOIN people_unit u ON u.function = r.function AND u.valid_to IS NULL AND u.agency_id IN (TABLE home)
CROSS JOIN LATERAL generate_series(1, r.people);

INSERT INTO people_account (id, username, password, is_active, is_demo, created_at, password_is_temporary, email)
SELECT account_id, 'bench-' || n, '!', true, true, now(), false, '' FROM duty;
INSERT INTO people_official (id, account_id, unit_id, full_name, title, valid_from)
SELECT official_id, account_id, unit_id, 'Cán bộ số ' || n, 'Chuyên viên', '2025-07-01' FROM duty;
INSERT INTO people_rolegrant (id, official_id, role, unit_id, valid_from)
SELECT gen_random_uuid(), official_id, role, unit_id, '2025-07-01' FROM duty;

CREATE TEMP TABLE filed AS
SELECT i, uuidv7(received_at - now()) AS id, waits, received_at, due_at
FROM (SELECT i, waits, due_at, LEAST(due_at, now()) - make_interval(days => i % 5, mins => 30) AS received_at
      FROM (SELECT i, i % 25 = 7 AS waits,
                   now() + ((hashint4(i)::bigint + 2147483648) * 20880 / 4294967296 - 720) * interval '1 minute' AS due_at
            FROM generate_series(1, 100000) AS numbered (i)) AS due) AS received;

INSERT INTO dossiers_dossier (
    id, code, submission_id, tracking_token, agency_id, version_id, channel, state, applicant_id, applicant_kind,
    applicant_name, applicant_personal_id, applicant_address, applicant_phone, applicant_email, submitter_name,
    submitter_personal_id, request, copies, return_method, limit_number, limit_unit, received_at, received_by_id,
    promised_at, due_at, paused_at, paused_until)
SELECT f.id, 'H17.21-BENCH-' || f.i, gen_random_uuid(), substr(md5(f.i::text), 1, 20), m.agency_id, m.version_id,
       'counter', CASE WHEN f.waits THEN 5 ELSE 4 END, m.applicant_id, 'person', 'Nguyễn Văn ' || f.i, '', '', '', '',
       '', '', '', 1, 'counter', 15, 'working_day', f.received_at, m.received_by_id, f.due_at,
       f.due_at, CASE WHEN f.waits THEN f.received_at + interval '20 minutes' END,
       CASE WHEN f.waits THEN (now() + make_interval(days => f.i % 40 - 4))::date END
FROM filed f
CROSS JOIN (SELECT agency_id, version_id, applicant_id, received_by_id FROM dossiers_dossier
            WHERE agency_id IN (TABLE home) ORDER BY received_at LIMIT 1) m;

INSERT INTO routing_step (
    id, dossier_id, position, name, role, unit_id, official_id, started_at, due_at, finished_at, outcome, note)
SELECT uuidv7(f.received_at - now()), f.id, 1, 'Tiếp nhận, chuyển hồ sơ', 'receiver', d.unit_id, d.official_id,
       f.received_at, f.received_at, f.received_at + interval '10 minutes',
       'passed_on', ''
FROM filed f JOIN duty d ON d.n = 56 + f.i % 4;

-- Nine in ten lie with an officer or the records clerk, every fourth of those not yet taken; one in ten waits
-- for a signature of the leaders.
INSERT INTO routing_step (
    id, dossier_id, position, name, role, unit_id, official_id, started_at, due_at, outcome, note)
SELECT uuidv7(f.received_at - now()), f.id, 2, 'Thẩm định hồ sơ', d.role, d.unit_id,
       CASE WHEN (f.i / 56) % 4 > 0 THEN d.official_id END, f.received_at + interval '10 minutes', f.due_at, '', ''
FROM filed f JOIN duty d ON d.n = f.i % 56 WHERE f.i % 10 > 0
UNION ALL
SELECT uuidv7(f.received_at - now()), f.id, 3, 'Ký', 'approver', u.id, NULL, f.received_at + interval '15 minutes', f.due_at, '', ''
FROM filed f JOIN people_unit u ON u.function = 'leaders' AND u.valid_to IS NULL AND u.agency_id IN (TABLE home) WHERE f.i % 10 = 0;
