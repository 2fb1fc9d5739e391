class StudentModuleHistoryExtendedRouter:
    """The extended history, and nothing else, lives in a database of its own."""

    DATABASE_NAME = "student_module_history"

    def db_for_read(self, model, **hints):
        return self.DATABASE_NAME if is_extended(model._meta) else None

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints):
        pair = (one._meta, other._meta)
        if not any(map(is_extended, pair)):
            return None
        return any(meta.app_label == "courseware" and meta.model_name == "studentmodule" for meta in pair)

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        if app_label == "coursewarehistoryextended" and model_name == "studentmodulehistoryextended":
            return db == self.DATABASE_NAME
        return False if db == self.DATABASE_NAME else None


def is_extended(meta):
    return meta.app_label == "coursewarehistoryextended" and meta.model_name == "studentmodulehistoryextended"
