-- A history of @ROWS@ rows of about 600 bytes, as a site born before Juniper has it.
DROP DATABASE IF EXISTS openedx;
CREATE DATABASE openedx DEFAULT CHARACTER SET utf8mb4;
USE openedx;
CREATE TABLE courseware_studentmodulehistory (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY, version varchar(255) NULL, created datetime(6) NOT NULL,
  state longtext NULL, grade double NULL, max_grade double NULL, student_module_id int NOT NULL,
  KEY csmh_version (version), KEY csmh_created (created), KEY csmh_student_module (student_module_id)
);
INSERT INTO courseware_studentmodulehistory (version, created, state, grade, max_grade, student_module_id)
WITH RECURSIVE k AS (SELECT 0 n UNION ALL SELECT n + 1 FROM k WHERE n < 999)
SELECT IF(n % 10, NULL, CONCAT('v', n % 7)), '2020-01-01' + INTERVAL n * 37 SECOND + INTERVAL n MICROSECOND,
  CONCAT('{"attempts": ', n % 9, ', "seed": 1, "done": true, "correct_map": {"', SHA2(n, 256),
    '_2_1": {"correctness": "correct", "npoints": null, "msg": "", "hint": "", "hintmode": null, "queuestate": null}}, "student_answers": {"',
    SHA2(n + 1, 512), '_2_1": "choice_', n % 5, ' ü ✓"}, "input_state": {"', SHA2(n, 512),
    '": {}}, "last_submission_time": "2020-01-01T00:00:00Z"}'),
  IF(n % 3, n % 11, NULL), IF(n % 3, 10, NULL), n % 200000
FROM (SELECT a.n * 1000 + b.n AS n FROM k a JOIN k b) x WHERE n < @ROWS@;
ANALYZE TABLE courseware_studentmodulehistory;
