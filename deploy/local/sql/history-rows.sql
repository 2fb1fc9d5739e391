-- Every row of @TABLE@ so that it can be compared: id, module, time, grades, version, a hash of the state, and the token of a learner's
-- submission, which stands at the beginning of its state.
SELECT id, student_module_id, DATE_FORMAT(created, '%Y-%m-%d %H:%i:%s.%f'), IFNULL(grade, '-'), IFNULL(max_grade, '-'),
  IFNULL(HEX(version), '-'), IFNULL(SHA2(CONVERT(state USING utf8mb4), 256), '-'),
  IF(state LIKE '{"token": "%', SUBSTRING_INDEX(SUBSTRING(state, 12), '"', 1), '-')
FROM @TABLE@
