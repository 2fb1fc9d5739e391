-- @ROWS@ rows of history from before, of 200 learners with ten problems each, some of them odd as on old sites.
USE openedx;
INSERT INTO auth_user (username, first_name, last_name, email, password, is_superuser, is_staff, is_active, date_joined)
WITH RECURSIVE k AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM k WHERE n < 199)
SELECT CONCAT('learner-', n), '', '', '', '', 0, 0, 1, '2020-01-01' FROM k;

INSERT INTO courseware_studentmodule (module_type, module_id, student_id, course_id, state, grade, max_grade, done, created, modified)
WITH RECURSIVE k AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM k WHERE n < 9)
SELECT 'problem', CONCAT('block-v1:standin+history+2026+type@problem+block@problem-', n), id, 'course-v1:standin+history+2026',
  '{"attempts": 1}', 1, 2, 'na', '2020-01-01', '2020-01-01'
FROM auth_user JOIN k ORDER BY id, n;

-- Without a version as the platform writes them, and with one; grades that no decimal hits; the same content twice; an empty state.
INSERT INTO courseware_studentmodulehistory (version, created, state, grade, max_grade, student_module_id)
WITH RECURSIVE k AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM k WHERE n < 999)
SELECT IF(n % 50 = 7, CONCAT('v', n % 9), NULL), '2020-01-01' + INTERVAL FLOOR(n / 2) SECOND + INTERVAL n % 2 MICROSECOND,
  CASE WHEN n % 97 = 3 THEN NULL WHEN n % 89 = 4 THEN '' WHEN n % 83 = 5 THEN 'not JSON ü ✓ 😀'
    ELSE CONCAT('{"attempts": ', n % 9, ', "seed": ', FLOOR(n / 2), ', "student_answers": {"', SHA2(n, 256), '_2_1": "choice_', n % 5, ' 😀"}}') END,
  IF(n % 3, (n % 11) / 3e0, NULL), IF(n % 3, 10, NULL), modules.first + FLOOR(n / 2) % 2000
FROM (SELECT a.n * 1000 + b.n AS n FROM k a JOIN k b) x JOIN (SELECT MIN(id) AS first FROM courseware_studentmodule) modules
WHERE n < @ROWS@ ORDER BY n;

-- A state of some size, rows whose learner's state is gone, and holes in the ids.
UPDATE courseware_studentmodulehistory SET state = CONCAT('{"seed": "', REPEAT('größer ', 40000), '"}') WHERE id = 11;
UPDATE courseware_studentmodulehistory SET student_module_id = 1000000 + id WHERE id % 499 = 13;
DELETE FROM courseware_studentmodulehistory WHERE id % 101 = 50;
