package io.openedx.ops.testbed;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An Open edX site with learners at work, in a namespace of its own: Tutor's settings and
 * Deployments, Django and MySQL are real, the platform is a stand-in
 * (deploy/images/standin-lms/README.md).
 */
public final class LmsSite implements AutoCloseable {
  /** Where the platform keeps its flags. */
  public enum Release {
    TEAK,
    ULMO;

    /** As the images are tagged. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What has become of all that the learners have done. A history differs where a page does not
   * show what is in the tables.
   */
  public record Check(
      int operations,
      int submissions,
      int deletions,
      int failedRequests,
      int inDoubt,
      int rowsFromBefore,
      int rowsOld,
      int rowsNew,
      int inBothTables,
      int lost,
      int doubled,
      int altered,
      int resurrected,
      int unknown,
      int historiesThatDiffer,
      Map<String, Measured> phases,
      Map<String, List<String>> examples,
      List<String> errors) {
    /** Rows that are not as the learners know they must be. */
    public int harmed() {
      return lost + doubled + altered + resurrected + unknown;
    }
  }

  /** The requests of one phase. */
  public record Measured(
      int operations,
      int failed,
      int inDoubt,
      int refusedConnections,
      int historiesWithHidden,
      int historiesWithDeleted,
      Double p50Ms,
      Double p99Ms) {}

  private final String namespace;
  private final MySqlServer mysql;

  private LmsSite(String namespace, MySqlServer mysql) {
    this.namespace = namespace;
    this.mysql = mysql;
  }

  /** Brings up a site without a second database, with that many rows of history. */
  public static LmsSite up(String namespace, int rows, Release release) {
    runIn(namespace, "up", Integer.toString(rows), release.label());
    return new LmsSite(namespace, MySqlServer.found(namespace));
  }

  public String namespace() {
    return namespace;
  }

  /** The site's server, which pods reach as {@code mysql}; its database is {@code openedx}. */
  public MySqlServer mysql() {
    return mysql;
  }

  /** What {@code tutor k8s start} does, with no plugin of the site's own; returns at once. */
  public void start() {
    run("start");
  }

  /** The same with this plugin, whose name is the file's. */
  public void start(Path plugin) {
    run("start", plugin.toString());
  }

  /** {@code manage.py} in a pod that has the settings of this plugin; what it prints. */
  public String job(Path plugin, String service, String... command) {
    var all = new ArrayList<>(List.of("job", plugin.toString(), service));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  /** Until all four Deployments are rolled out and none of their pods has another revision. */
  public void awaitRollOut() {
    run("wait");
  }

  /** Starts the pods of one Deployment anew. */
  public void roll(String deployment) {
    run("roll", deployment);
  }

  /** Learners at work until {@link #unload}, that many operations a second. */
  public void load(int rate) {
    run("load", Integer.toString(rate));
  }

  /**
   * Has lms-worker do something for that long before it writes a row of history; when it has begun,
   * the token that will be in the row's state.
   */
  public String task(int seconds) {
    return run("task", Integer.toString(seconds));
  }

  /** What the learners do from here on is measured under this name. */
  public void mark(String phase) {
    run("mark", phase);
  }

  public void unload() {
    run("unload");
  }

  /** Compares what the learners know with both tables, the second one on the site's server. */
  public Check check() {
    return Serialization.unmarshal(run("check"), Check.class);
  }

  /** The same with the second one elsewhere. */
  public Check check(MySqlServer server, String database) {
    return Serialization.unmarshal(run("check", server.name(), database), Check.class);
  }

  /** Removes the namespace, the learners and the MySQL server. */
  @Override
  public void close() {
    run("remove");
  }

  private String run(String... args) {
    return runIn(namespace, args);
  }

  private static String runIn(String namespace, String... args) {
    var all = new ArrayList<>(List.of("--namespace", namespace));
    all.addAll(List.of(args));
    return LocalScript.run("lms-site", all.toArray(String[]::new));
  }
}
