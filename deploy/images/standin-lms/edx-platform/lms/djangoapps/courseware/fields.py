from django.db.models import AutoField


class UnsignedBigIntAutoField(AutoField):
    def db_type(self, connection):
        return "bigint UNSIGNED AUTO_INCREMENT"

    def rel_db_type(self, connection):
        return "bigint UNSIGNED"
