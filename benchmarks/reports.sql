-- A year of five places, made in sets: the demo's ward and four agencies below it, 65,000 dossiers over the published
-- procedures, one in two hundred late, a few hundred still open, and the counters that counting them would have left.
CREATE TEMP TABLE home AS
SELECT u.agency_id FROM people_account a JOIN people_official o ON o.account_id = a.id JOIN people_unit u ON u.id = o.unit_id
WHERE a.username = 'lanhdao';

CREATE TEMP TABLE place AS
SELECT 0 AS n, agency_id AS id FROM home UNION ALL SELECT i, gen_random_uuid() FROM generate_series(1, 4) AS i;
INSERT INTO people_agency (id, name, short_name, kind, level, calendar_code, valid_from, parent_id, address, phone, email)
SELECT p.id, 'Nơi số ' || p.n, 'Nơi ' || p.n, a.kind, a.level, a.calendar_code, a.valid_from, a.id, '', '', ''
FROM place p CROSS JOIN people_agency a WHERE a.id IN (TABLE home) AND p.n > 0;

CREATE TEMP TABLE offered AS
SELECT row_number() OVER (ORDER BY v.id) - 1 AS n, v.id AS version_id, v.procedure_id, p.sector_id AS sector, v.online_level AS level
FROM catalogue_procedureversion v JOIN catalogue_procedure p ON p.id = v.procedure_id WHERE v.state = 'published';

CREATE TABLE bench_filed AS
SELECT i, p.id AS agency_id, o.version_id, o.procedure_id, o.sector, o.level,
       (ARRAY['counter', 'online', 'online', 'post'])[1 + i % 4] AS channel,
       (ARRAY['officer', 'self', 'helped', 'helped'])[1 + i % 4] AS filed_by,
       CASE WHEN i % 7 = 0 THEN 'portal' ELSE 'office' END AS source,
       (ARRAY['single', 'single', 'single', 'single', 'lead', 'part'])[1 + i % 6] AS standing,
       t.received_at, t.received_at + interval '5 days' AS due_at,
       CASE WHEN t.received_at > now() - interval '3 days' THEN NULL WHEN i % 997 = 5 THEN NULL
            WHEN i % 200 = 3 THEN t.received_at + interval '6 days' ELSE t.received_at + make_interval(days => i % 5) END AS finished_at
FROM generate_series(1, 65000) AS i
JOIN place p ON p.n = i % 5 JOIN offered o ON o.n = i % (SELECT count(*) FROM offered)
CROSS JOIN LATERAL (SELECT now() - make_interval(mins => i * 8 + 60) AS received_at) t;
UPDATE bench_filed SET finished_at = NULL WHERE finished_at > now();

INSERT INTO dossiers_dossier (
    id, code, submission_id, tracking_token, agency_id, version_id, channel, filed_by, source, standing, state, applicant_id,
    applicant_kind, applicant_name, applicant_personal_id, applicant_address, applicant_phone, applicant_email, submitter_name,
    submitter_personal_id, request, copies, return_method, limit_number, limit_unit, received_at, received_by_id, promised_at,
    due_at, finished_at, returned_at, outcome)
SELECT uuidv7(f.received_at - now()), 'BENCH-' || f.i, gen_random_uuid(), substr(md5(f.i::text), 1, 20), f.agency_id, f.version_id,
       f.channel, f.filed_by, f.source, f.standing, CASE WHEN f.finished_at IS NULL THEN 4 ELSE 10 END, m.applicant_id, 'person',
       'Nguyễn Văn ' || f.i, '', '', '', '', '', '', '', 1, 'counter', 5, 'working_day', f.received_at, m.received_by_id, f.due_at,
       f.due_at, f.finished_at, f.finished_at, CASE WHEN f.finished_at IS NULL THEN '' ELSE 'granted' END
FROM bench_filed f CROSS JOIN (SELECT applicant_id, received_by_id FROM dossiers_dossier
                               WHERE agency_id IN (TABLE home) ORDER BY received_at LIMIT 1) m;

-- What was decided, three in four with a copy; what came online has a paper, one in three used again.
INSERT INTO result_result (id, dossier_id, code, name, approved_by_id, approved_at)
SELECT gen_random_uuid(), d.id, d.code || '-KQ1', 'Kết quả', d.received_by_id, d.finished_at
FROM dossiers_dossier d WHERE d.code LIKE 'BENCH-%' AND d.finished_at IS NOT NULL;
INSERT INTO documents_storedfile (sha256, size, kind, pages, place, stored_at)
SELECT repeat(md5('paper ' || i), 2), 1, 'application/pdf', 1, '', now() FROM generate_series(1, 20000) AS i;
INSERT INTO documents_issuedpaper (id, dossier_id, about_id, kind, issued_on, stored_id, name, kept_at, kept_by_id)
SELECT gen_random_uuid(), r.dossier_id, r.id, 'scanned', r.approved_at::date, repeat(md5('paper 1'), 2), 'Kết quả', r.approved_at,
       r.approved_by_id
FROM result_result r JOIN dossiers_dossier d ON d.id = r.dossier_id WHERE d.code LIKE 'BENCH-%' AND right(d.code, 1) < '8';
INSERT INTO documents_paper (id, name, stored_id, made_from, created_at, citizen_id, key_hash)
SELECT md5('paper ' || i)::uuid, 'Giấy tờ', repeat(md5('paper ' || i), 2), 1, now(), gen_random_uuid(), ''
FROM generate_series(2, 20000) AS i;
INSERT INTO documents_paperuse (id, paper_id, stored_id, name, dossier_id, called, used_at)
SELECT gen_random_uuid(), md5('paper ' || n)::uuid, repeat(md5('paper ' || n), 2), 'Giấy tờ', q.id, '', q.received_at
FROM (SELECT d.id, d.received_at, 2 + row_number() OVER (ORDER BY d.id) % 19999 AS n FROM dossiers_dossier d
      WHERE d.code LIKE 'BENCH-%' AND d.channel = 'online') q;

CREATE TEMP TABLE happened AS
SELECT f.agency_id, (t.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, f.procedure_id, f.sector, f.channel, f.filed_by, f.source,
       f.level, f.standing, t.measure,
       CASE WHEN t.measure <> 'ended' THEN '' WHEN f.finished_at > f.due_at THEN 'late'
            WHEN (f.finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < (f.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 'early'
            ELSE 'on_time' END AS timing,
       CASE WHEN t.measure = 'ended' THEN 'granted' ELSE '' END AS outcome
FROM bench_filed f
CROSS JOIN LATERAL (VALUES ('received', f.received_at), ('ended', f.finished_at), ('returned', f.finished_at)) AS t (measure, at)
WHERE t.at IS NOT NULL;

INSERT INTO reporting_daycount (id, agency_id, day, procedure_id, sector, channel, filed_by, source, level, standing, measure,
    timing, outcome, count)
SELECT gen_random_uuid(), agency_id, day, procedure_id, sector, channel, filed_by, source, level, standing, measure, timing,
       outcome, count(*)
FROM happened GROUP BY agency_id, day, procedure_id, sector, channel, filed_by, source, level, standing, measure, timing, outcome;
INSERT INTO reporting_monthcount (id, agency_id, month, sector, channel, filed_by, source, level, standing, measure, timing,
    outcome, count)
SELECT gen_random_uuid(), agency_id, date_trunc('month', day)::date, sector, channel, filed_by, source, level, standing, measure,
       timing, outcome, count(*)
FROM happened GROUP BY agency_id, date_trunc('month', day), sector, channel, filed_by, source, level, standing, measure, timing, outcome;
