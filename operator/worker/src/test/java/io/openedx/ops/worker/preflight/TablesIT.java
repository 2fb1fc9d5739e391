package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.Site;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the tables look like: every finding is caused by a real table. */
class TablesIT extends PreflightStage {
  @Test
  void aWrongTypeIsNamed() {
    var site = Site.with(source, target, 1);
    source.execute("ALTER TABLE " + site.old() + " MODIFY grade float");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("WrongColumnType");
    assertThat(failure.getMessage()).contains("grade is float");
  }

  @Test
  void everythingWrongWithTheShapeIsNamed() {
    var site = Site.with(source, target, 1);
    source.execute(
        "ALTER TABLE " + site.old() + " DROP COLUMN version, ADD COLUMN tenant int, ENGINE=MyISAM");
    var failure = refused(site);
    assertThat(failure.findings())
        .filteredOn(each -> each.severity() == Severity.BLOCKER)
        .extracting(Finding::check)
        .containsExactlyInAnyOrder("WrongEngine", "UnknownColumn", "ExtraColumn");
    assertThat(failure.getMessage()).contains("no column version", "the column tenant");
  }

  @Test
  void latin1IsARiskOnceTheNewTableIsThere() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute("ALTER TABLE " + site.old() + " MODIFY state longtext CHARACTER SET latin1");
    site.makeExtended();
    assertThat(risks(ready(site))).containsExactly("CharsetConverted");
  }

  @Test
  void aNewTableThatCannotHoldEveryCharacter() {
    var site = Site.with(source, target, 1);
    site.makeExtended(
        "state longtext CHARACTER SET utf8mb3", "student_module_id bigint unsigned NOT NULL");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("WrongCharset");
    assertThat(failure.getMessage()).contains("CONVERT TO CHARACTER SET utf8mb4");
  }

  @Test
  void aNarrowModuleIdIsARiskForOldInts() throws SQLException {
    var site = Site.with(source, target, 1);
    site.makeExtended("state longtext", "student_module_id int NOT NULL");
    assertThat(risks(ready(site))).containsExactly("NarrowModuleId");
  }

  @Test
  void aNarrowModuleIdBlocksWiderOnes() {
    var site = new Site(source, target);
    site.makeOld("student_module_id bigint unsigned NOT NULL");
    site.addOld(1, 3);
    site.makeExtended("state longtext", "student_module_id int NOT NULL");
    assertThat(refused(site).reason()).isEqualTo("NarrowModuleId");
  }

  @Test
  void aTriggerOnInsertBlocks() {
    var site = Site.with(source, target, 1);
    site.makeExtended();
    target.execute(
        "CREATE TRIGGER `"
            + site.targetDatabase
            + "`.watcher BEFORE INSERT ON "
            + site.extended()
            + " FOR EACH ROW SET NEW.grade = 0");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("InsertTrigger");
    assertThat(failure.getMessage()).contains("watcher");
  }

  @Test
  void aTriggerOnDeleteIsARisk() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute(
        "CREATE TRIGGER `"
            + site.sourceDatabase
            + "`.gone AFTER DELETE ON "
            + site.old()
            + " FOR EACH ROW SET @gone = 1");
    assertThat(risks(ready(site))).containsExactly("DeleteTrigger");
  }

  @Test
  void aForeignKeyToTheOldTableBlocksTheDrain() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute(
        "CREATE TABLE `"
            + site.sourceDatabase
            + "`.notes (history int, FOREIGN KEY (history) REFERENCES "
            + site.old()
            + " (id))");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("ForeignKey");
    assertThat(failure.getMessage()).contains("/notes");
    site.drain = "Keep";
    assertThat(risks(ready(site))).containsExactly("ForeignKey");
  }

  @Test
  void aForeignKeyOfTheNewTableBlocksTheCopy() {
    var site = Site.with(source, target, 1);
    site.makeExtended();
    target.execute(
        "CREATE TABLE `" + site.targetDatabase + "`.module (id bigint unsigned PRIMARY KEY)",
        "ALTER TABLE "
            + site.extended()
            + " ADD CONSTRAINT fk FOREIGN KEY (student_module_id) REFERENCES `"
            + site.targetDatabase
            + "`.module (id)");
    assertThat(refused(site).getMessage()).contains("DROP FOREIGN KEY `fk`");
  }
}
