-- Reads the old table and, in Drain, empties it; sees open transactions and triggers.
CREATE USER IF NOT EXISTS csmh_source@'%';
ALTER USER csmh_source@'%' IDENTIFIED BY '@PASSWORD@';
GRANT SELECT, TRIGGER, DELETE, DROP, ALTER ON openedx.courseware_studentmodulehistory TO csmh_source@'%';
GRANT LOCK TABLES ON openedx.* TO csmh_source@'%';
GRANT PROCESS ON *.* TO csmh_source@'%';
