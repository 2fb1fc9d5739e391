# MySQL's programs, from Debian's rolling suite: its own release has MariaDB. Needs debs.bash.
# shellcheck shell=bash

mysql_installed() { # one installer; the lock is dropped with its subshell
  mysql_complete || (only_one mysql-packages; mysql_complete || stage 'download and extract MySQL (once)' mysql_download)
}

mysql_complete() { [[ -e $PACKAGES/mysql/complete ]]; }

mysql_download() {
  debs_extract "$PACKAGES/mysql" sid mysql-server-core mysql-client-core
  touch "$PACKAGES/mysql/complete"
}
