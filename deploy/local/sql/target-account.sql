-- Makes the database, the tables and the rows, and the user the LMS will connect as.
DROP USER IF EXISTS csmh_application@'%';
CREATE USER IF NOT EXISTS csmh_target@'%';
ALTER USER csmh_target@'%' IDENTIFIED BY '@PASSWORD@';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON edxapp_csmh.* TO csmh_target@'%' WITH GRANT OPTION;
GRANT CREATE USER ON *.* TO csmh_target@'%';
