"""The driver under the name by which Django asks for it."""

import pymysql

pymysql.install_as_MySQLdb()
