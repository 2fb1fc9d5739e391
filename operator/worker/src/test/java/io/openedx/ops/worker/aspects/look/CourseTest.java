package io.openedx.ops.worker.aspects.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.installed.Installed;
import io.openedx.ops.catalog.installed.Signal;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From which version an upgrade is planned. */
class CourseTest {
  private static final UpgradeRecord NONE = new UpgradeRecord("", "", "");
  private static final Installed FOUND =
      new Installed.Found(Version.of("3.0.3"), Signal.IMAGE, List.of(), "");
  private static final Installed NARROWED =
      new Installed.Narrowed(
          new TreeSet<>(List.of(Version.of("3.0.0"), Version.of("3.0.2"), Version.of("3.0.3"))),
          List.of(),
          "");

  @Test
  void fromWhatTheSignalsSay() {
    assertThat(from(NONE, FOUND)).hasToString("3.0.3");
    assertThat(from(NONE, NARROWED)).hasToString("3.0.0");
    assertThat(from(NONE, new Installed.Unknown(""))).isNull();
  }

  @Test
  void halfAnUpgradeCountsAsWhatItCameFrom() {
    assertThat(from(new UpgradeRecord("", "2.5.3", "3.0.3"), FOUND)).hasToString("2.5.3");
  }

  @Test
  void halfAnUpgradeIsKnownByItsRecordAndWithoutOneByTheSite() {
    var record = new UpgradeRecord("", "2.5.3", "3.0.3");
    var unfinished =
        new Installed.Unfinished(Version.of("2.5.3"), Version.of("4.0.0"), List.of(), "");
    assertThat(begun(record, FOUND)).hasToString("3.0.3");
    assertThat(begun(NONE, unfinished)).hasToString("4.0.0");
    assertThat(begun(NONE, FOUND)).isNull();
  }

  @Test
  void whatWasProvenLastDecidesAmongSeveral() {
    assertThat(from(new UpgradeRecord("3.0.2", "", ""), NARROWED)).hasToString("3.0.2");
    assertThat(from(new UpgradeRecord("2.0.0", "", ""), NARROWED)).hasToString("3.0.0");
  }

  private static @Nullable Version from(UpgradeRecord record, Installed installed) {
    return Course.of(record, installed).from();
  }

  private static @Nullable Version begun(UpgradeRecord record, Installed installed) {
    return Course.of(record, installed).begun();
  }
}
