-- Reads the old table and, in Drain, empties it; sees open transactions.
CREATE USER IF NOT EXISTS csmh_source@'%';
ALTER USER csmh_source@'%' IDENTIFIED BY '@PASSWORD@';
GRANT SELECT, DELETE, DROP ON openedx.courseware_studentmodulehistory TO csmh_source@'%';
GRANT PROCESS ON *.* TO csmh_source@'%';
