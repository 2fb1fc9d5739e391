package io.openedx.ops.worker.aspects.look;

import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.installed.Installed;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where the site stands between two versions.
 *
 * @param from what the data is of; null where nobody can tell
 * @param begun where half an upgrade goes to; null where none is under way
 */
public record Course(
    UpgradeRecord record, Installed installed, @Nullable Version from, @Nullable Version begun) {

  static Course of(UpgradeRecord record, Installed installed) {
    return new Course(record, installed, from(record, installed), begun(record, installed));
  }

  /**
   * Half an upgrade counts as what it came from: its data may still be the old one. Where the
   * site's own image names leave several, the one that was proven last decides.
   */
  private static @Nullable Version from(UpgradeRecord record, Installed installed) {
    if (record.underWay()) {
      return Version.parse(record.from()).orElse(null);
    }
    if (installed instanceof Installed.Found found) {
      return found.version();
    }
    if (installed instanceof Installed.Narrowed narrowed) {
      return Version.parse(record.installed())
          .filter(narrowed.candidates()::contains)
          .orElseGet(narrowed::oldest);
    }
    return installed instanceof Installed.Unfinished unfinished ? unfinished.data() : null;
  }

  private static @Nullable Version begun(UpgradeRecord record, Installed installed) {
    if (record.underWay()) {
      return Version.parse(record.to()).orElse(null);
    }
    return installed instanceof Installed.Unfinished unfinished ? unfinished.deployed() : null;
  }

  /** No upgrade is under way, and the version is proven, not guessed. */
  boolean rests() {
    return begun == null && (installed instanceof Installed.Found || !record.installed().isEmpty());
  }
}
