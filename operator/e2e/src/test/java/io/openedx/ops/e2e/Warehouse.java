package io.openedx.ops.e2e;

import io.openedx.ops.testbed.TutorSite;
import java.util.List;

/**
 * A site's ClickHouse, asked by the test and not by the operator.
 *
 * @param raw the table that its pipeline writes to
 */
record Warehouse(TutorSite site, String raw) {
  private static final String RALPHS = "xapi.xapi_events_all";
  private static final String VECTORS = "openedx.xapi_events_all";
  private static final String PII = "event_sink.user_profile";

  /** Of a site whose pipeline is Ralph. */
  Warehouse(TutorSite site) {
    this(site, RALPHS);
  }

  /** The same server when the pipeline is Vector. */
  Warehouse moved() {
    return new Warehouse(site, VECTORS);
  }

  /** How many events there were before the load began, and a sum over all that they say. */
  String history() {
    return site.query(
        """
        SELECT count(), uniqExact(event_id), sum(cityHash64(event_id, emission_time, event))
        FROM %s FINAL
        WHERE JSONExtractString(event, 'verb', 'id') = 'http://example.org/verbs/history'"""
            .formatted(raw));
  }

  /** By which releases of aspects-dbt the rows of a view were made. */
  List<String> forms(String view) {
    return site.query("SELECT DISTINCT shape FROM %s ORDER BY 1".formatted(view)).lines().toList();
  }

  /** How many of the site's events a view does not show. */
  long missing(String view) {
    return number(
        "SELECT uniqExact(event_id) FROM %s WHERE event_id NOT IN (SELECT event_id FROM %s)"
            .formatted(raw, view));
  }

  /** How many rows a table has beyond one for each event. */
  long doubled(String table) {
    return number("SELECT count() - uniqExact(event_id) FROM %s FINAL".formatted(table));
  }

  /** Events of Ralph's table that the pipeline's has not. */
  long leftBehind() {
    return number(
        "SELECT uniqExact(event_id) FROM %s WHERE event_id NOT IN (SELECT event_id FROM %s)"
            .formatted(RALPHS, raw));
  }

  long events() {
    return number("SELECT uniqExact(event_id) FROM " + raw);
  }

  /**
   * But for the views that feed tables: dbt takes one away where its model becomes a plain view.
   */
  List<String> relations() {
    return site.query(
            """
            SELECT concat(database, '.', name) FROM system.tables
            WHERE database IN ('xapi', 'event_sink', 'reporting') AND engine != 'MaterializedView'""")
        .lines()
        .toList();
  }

  String migration() {
    return site.query("SELECT max(version_num) FROM xapi.alembic_version");
  }

  /** Views that refresh themselves, with the state they are in and what went wrong. */
  List<String> refreshes() {
    return site.query(
            "SELECT concat(view, ' ', status, exception) FROM system.view_refreshes ORDER BY 1")
        .lines()
        .toList();
  }

  void writePersonalData(int learners) {
    site.query(
        "INSERT INTO %s (id, user_id, name, dump_id, time_last_dumped) SELECT number, number, concat('learner ', toString(number)), generateUUIDv4(number), toString(now()) FROM numbers(%d)"
            .formatted(PII, learners));
  }

  long personalData() {
    return number("SELECT count() FROM " + PII);
  }

  private long number(String sql) {
    return Long.parseLong(site.query(sql));
  }
}
