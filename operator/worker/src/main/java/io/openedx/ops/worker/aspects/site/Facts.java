package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.program.Script;
import java.util.List;
import java.util.Map;

/**
 * What was found out when the environment was rendered, for the tasks that come after.
 *
 * @param from the version the site had
 * @param version the version it is to have
 * @param clickhouse where it is
 * @param databases their names on this site, by role: those of the catalog, and alembic
 * @param init the scripts of init, in order
 * @param dbt the script of {@code do dbt}, with {@link #DBT_COMMAND} where the command goes
 * @param replay the scripts of the replay of tracking logs
 * @param fullRefresh selectors of what the hop must rebuild
 * @param digests what the images were when they were looked at, by name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Facts(
    String from,
    String version,
    String tutorVersion,
    Address clickhouse,
    Map<String, String> databases,
    List<Script> init,
    List<Script> dbt,
    List<Script> replay,
    List<String> fullRefresh,
    Map<String, String> digests) {

  /** Stands for a dbt command in {@link #dbt}. */
  public static final String DBT_COMMAND = "openedx-ops-dbt-command";

  public Facts {
    databases = Map.copyOf(databases);
    init = List.copyOf(init);
    dbt = List.copyOf(dbt);
    replay = List.copyOf(replay);
    fullRefresh = List.copyOf(fullRefresh);
    digests = Map.copyOf(digests);
  }

  /** Of a site that runs a version and for which nothing is rendered. */
  public static Facts resting(
      String version, String tutorVersion, Address clickhouse, Map<String, String> databases) {
    return new Facts(
        version,
        version,
        tutorVersion,
        clickhouse,
        databases,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of());
  }

  /** Scripts are secret. */
  @Override
  public String toString() {
    return "Facts[%s -> %s]".formatted(from, version);
  }

  /** What {@code do dbt} would run for a command. */
  public List<Script> dbt(String command) {
    return dbt.stream()
        .map(each -> new Script(each.service(), each.script().replace(DBT_COMMAND, command)))
        .toList();
  }

  public Facts withDigests(Map<String, String> found) {
    return new Facts(
        from, version, tutorVersion, clickhouse, databases, init, dbt, replay, fullRefresh, found);
  }

  /** Where relations of a role are on this site. */
  public String database(Role role) {
    return databases.getOrDefault(role.id(), role.database());
  }

  public String database(String role) {
    return databases.getOrDefault(role, role);
  }
}
