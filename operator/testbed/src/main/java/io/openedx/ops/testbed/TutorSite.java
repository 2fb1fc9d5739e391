package io.openedx.ops.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A Tutor site with Aspects in a namespace of its own: real Tutor, manifests, databases, stand-ins
 * under the images' names.
 */
public final class TutorSite implements AutoCloseable {
  /** A Job of init, in its order. */
  public enum InitJob {
    MYSQL,
    CLICKHOUSE,
    ASPECTS,
    SUPERSET,
    MYSQL_POST,
    LMS
  }

  /** What a Job may suffer. */
  public enum Fault {
    /** Every time. */
    FAIL,
    /** The next time. */
    FAIL_ONCE,
    /** It never ends. */
    HANG,
    /** The kernel kills it for its memory. */
    OOM,
    /** Aspects only: dbt makes half of the relations. */
    HALF,
    /** It goes on when it is healed, or suffers what comes next. */
    WAIT
  }

  /** What the load has done so far. */
  public record Acknowledged(long statements, long stored) {}

  private final String namespace;

  private TutorSite(String namespace) {
    this.namespace = namespace;
  }

  /** Brings a site up with this pair of versions, initialised by its own commands. */
  public static TutorSite up(String namespace, String tutor, String aspects) {
    var site = new TutorSite(namespace);
    site.run("aspects", aspects, tutor);
    return site;
  }

  public String namespace() {
    return namespace;
  }

  /** Makes another pair's images known and names the site's own in config.yml; its runner image. */
  public String images(String tutor, String aspects) {
    return run("images", tutor, aspects);
  }

  /** The site's config.yml. */
  public String config() {
    return run("config");
  }

  /** Moves it from its Secret to tutor/config.yml on the volume of the claim tutor-config. */
  public void configOnAVolume() {
    run("config-volume");
  }

  /** Renders what config.yml is now with this pair and applies it, as a GitOps controller does. */
  public void sync(String tutor, String aspects) {
    run("sync", tutor, aspects);
  }

  /**
   * What would run if another pair's {@code tutor config save} alone decided: {@code
   * Deployment/ralph}.
   */
  public List<String> workloads(String tutor, String aspects) {
    return run("workloads", tutor, aspects).lines().toList();
  }

  /** Writes events into the raw table. */
  public void events(int count) {
    run("events", Integer.toString(count));
  }

  /** Starts what logs statements and posts them to Ralph until {@link #unload}. */
  public void load(int batchesPerSecond) {
    run("load", Integer.toString(batchesPerSecond));
  }

  /** The same, but that it only logs them: as the LMS does whose router is switched off. */
  public void quietLoad(int batchesPerSecond) {
    run("load", Integer.toString(batchesPerSecond), "quiet");
  }

  public void unload() {
    run("unload");
  }

  /** How many statements of the load were acknowledged, and how many ClickHouse has. */
  public Acknowledged acknowledged() {
    var numbers = run("acknowledged").split("\\D+", -1);
    return new Acknowledged(Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
  }

  /** The next such Job suffers this. */
  public void fault(InitJob job, Fault fault) {
    run("fault", name(job), name(fault));
  }

  /** No such Job suffers anything any more. */
  public void heal(InitJob job) {
    run("fault", name(job));
  }

  /** What the site's ClickHouse answers, tab-separated, without the last line end. */
  public String query(String sql) {
    return run("sql", "-e", sql);
  }

  /** What the site's MySQL server answers its administrator. */
  public String mysql(String sql) {
    return LocalScript.run("mysql", namespace, "sql", "-e", sql);
  }

  /** Removes the namespace, its volumes and its MySQL server. */
  @Override
  public void close() {
    run("remove");
  }

  private String run(String... args) {
    var all = new ArrayList<>(List.of("--namespace", namespace));
    all.addAll(List.of(args));
    return LocalScript.run("site", all.toArray(String[]::new));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
