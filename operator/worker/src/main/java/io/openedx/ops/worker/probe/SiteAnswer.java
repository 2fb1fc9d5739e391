package io.openedx.ops.worker.probe;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a container of the site's image has found out, as openedx_ops_site.py writes it.
 *
 * @param workload kind/name
 * @param error why it could not say more; null when all was done
 * @param settings the module of Django's settings
 * @param variant lms or cms
 * @param flags by name
 * @param databases by alias
 * @param migrations of the old database
 * @param newMigrations of the new one; null where the alias is not there
 * @param migrated the database that was migrated, if that was asked for
 */
public record SiteAnswer(
    String workload,
    @Nullable String error,
    @Nullable String settings,
    @Nullable String variant,
    Map<String, Flag> flags,
    boolean app,
    boolean router,
    Map<String, Place> databases,
    @Nullable Migrations migrations,
    @Nullable Migrations newMigrations,
    List<History> histories,
    @Nullable String migrated) {

  public static final String NEW_ALIAS = "student_module_history";
  public static final String WRITE_NEW = "ENABLE_CSMH_EXTENDED";
  public static final String READ_OLD = "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES";

  public SiteAnswer {
    flags = flags == null ? Map.of() : flags;
    databases = databases == null ? Map.of() : databases;
    histories = histories == null ? List.of() : List.copyOf(histories);
  }

  static SiteAnswer failed(String workload, String error) {
    return new SiteAnswer(
        workload, error, null, null, Map.of(), false, false, Map.of(), null, null, List.of(), null);
  }

  /**
   * A flag as its two kinds of readers see it; null where it is not set there.
   *
   * @param setting {@code settings.NAME}
   * @param feature {@code settings.FEATURES["NAME"]}
   */
  public record Flag(@Nullable Boolean setting, @Nullable Boolean feature) {
    /** Both kinds of readers see this. */
    public boolean is(boolean wanted) {
      return Objects.equals(setting, wanted) && Objects.equals(feature, wanted);
    }

    @Override
    public String toString() {
      return Objects.equals(setting, feature)
          ? said(setting)
          : "%s as a setting but %s in FEATURES".formatted(said(setting), said(feature));
    }

    private static String said(@Nullable Boolean value) {
      return value == null ? "not set" : value.toString();
    }
  }

  /** Where an alias leads; an error where it leads nowhere. */
  public record Place(@Nullable String server, @Nullable String database, @Nullable String error) {}

  /** What Django's history of a database says. */
  public record Migrations(
      @Nullable String error,
      List<String> recorded,
      List<String> pending,
      @Nullable String inconsistent) {
    public Migrations {
      recorded = recorded == null ? List.of() : List.copyOf(recorded);
      pending = pending == null ? List.of() : List.copyOf(pending);
    }
  }

  /**
   * A learner's history of one problem, as the platform's own function gives it: pairs of id and
   * digest, newest first.
   *
   * @param both read from both tables; null where it never stood still
   */
  public record History(
      long module, @Nullable List<List<String>> both, @Nullable List<List<String>> alone) {
    public History {
      both = both == null ? null : List.copyOf(both);
      alone = alone == null ? null : List.copyOf(alone);
    }
  }
}
