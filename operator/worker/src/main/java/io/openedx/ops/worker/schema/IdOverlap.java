package io.openedx.ops.worker.schema;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows of the new table at ids that belong to the old one (at or below its maximum). Identical ones
 * come from a copy that was begun; others were written by the site with ids from 1, and a copy that
 * keeps the ids would meet them.
 *
 * @param complete every such row was compared; otherwise the lowest and the highest ones
 * @param foreignIds the first ids whose row is another one in the old table, or none at all
 */
public record IdOverlap(long identical, long foreign, boolean complete, List<Long> foreignIds) {

  /** Rows compared per statement. */
  private static final int CHUNK = 2_000;

  /** A look must not take hours: the copy itself compares every duplicate that it meets. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int LISTED = 20;

  /** Where a server could not hash a row; such a row counts as another one: a human looks. */
  private static final String UNHASHED = "";

  /**
   * SHA2, as MD5 is gone from MySQL 9.6 on. Null-proof: the flags stand before the values, which
   * CONCAT_WS leaves out when null.
   */
  private static final String ROW =
      """
      id, SHA2(CONCAT_WS('|', ISNULL(version), ISNULL(state), ISNULL(grade), ISNULL(max_grade),
        CAST(created AS DATETIME(6)), grade, max_grade, student_module_id,
        SHA2(CONVERT(version USING utf8mb4), 256), SHA2(CONVERT(state USING utf8mb4), 256)), 256)""";

  public IdOverlap {
    foreignIds = List.copyOf(foreignIds);
  }

  /** Both sides of a comparison; each connection sees its own table. */
  public record Sides(Connection source, TableName old, Connection target, TableName extended) {}

  /** Compares from the lowest id upwards for as long as patience lasts, then the highest ids. */
  public static IdOverlap look(Sides sides, long maxOldId, Clock clock) throws SQLException {
    var deadline = clock.instant().plus(PATIENCE);
    var sum = new Sum();
    long after = Long.MIN_VALUE;
    while (clock.instant().isBefore(deadline)) {
      var chunk = extended(sides, after, maxOldId, "ASC");
      if (chunk.isEmpty()) {
        return sum.total(true);
      }
      sum.add(chunk, old(sides, chunk));
      after = Collections.max(chunk.keySet());
    }
    var top = extended(sides, after, maxOldId, "DESC");
    sum.add(top, old(sides, top));
    return sum.total(top.size() < CHUNK);
  }

  /** What it means where no copy of ours has begun, or where one has. */
  public Finding judge(String where, boolean copyBegun) {
    var reach =
        complete ? "" : " (looked at the lowest and the highest ones only; the copy compares each)";
    if (foreign > 0 && !copyBegun) {
      return new Finding(
          "IdCollision",
          Severity.BLOCKER,
          "%s: the new table already holds %d rows%s with ids of the old table but other contents (ids %s): the site wrote them while its counter began too low. Copying would meet them. Move them above the old ids (UPDATE id) or stop here and ask; nothing was changed."
              .formatted(where, foreign, reach, listed()));
    }
    if (foreign > 0) {
      return new Finding(
          "CopyBegun",
          Severity.OK,
          "%s: %d copied rows are identical, %d have changed or vanished in the old table since (ids %s)%s; Reconcile carries that."
              .formatted(where, identical, foreign, listed(), reach));
    }
    return new Finding(
        "IdOverlap",
        Severity.OK,
        identical == 0
            ? where + ": the new table holds no id of the old one."
            : "%s: the new table already holds %d rows that are identical to the old ones%s: a copy was begun; they are taken over as they are."
                .formatted(where, identical, reach));
  }

  private String listed() {
    var ids = foreignIds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return foreign > foreignIds.size() ? ids + ", …" : ids;
  }

  private static Map<Long, String> extended(Sides sides, long after, long upTo, String order)
      throws SQLException {
    return hashes(
        sides.target(),
        "SELECT %s FROM %s WHERE id > ? AND id <= ? ORDER BY id %s LIMIT %d"
            .formatted(ROW, sides.extended().quoted(), order, CHUNK),
        Math.max(after, -1),
        upTo);
  }

  /** By list, not by range: few rows in the new table may span the whole old one. */
  private static Map<Long, String> old(Sides sides, Map<Long, String> chunk) throws SQLException {
    if (chunk.isEmpty()) {
      return Map.of();
    }
    var ids = chunk.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
    return hashes(
        sides.source(),
        "SELECT %s FROM %s WHERE id IN (%s)".formatted(ROW, sides.old().quoted(), ids));
  }

  private static Map<Long, String> hashes(Connection connection, String sql, Object... args)
      throws SQLException {
    var hashes = new HashMap<Long, String>();
    Sql.list(
        connection,
        row -> hashes.put(row.getLong(1), Objects.requireNonNullElse(row.getString(2), UNHASHED)),
        sql,
        args);
    return hashes;
  }

  private static final class Sum {
    private long identical;
    private long foreign;
    private final List<Long> ids = new ArrayList<>();

    void add(Map<Long, String> extended, Map<Long, String> old) {
      new TreeMap<>(extended)
          .forEach(
              (id, hash) -> {
                if (!hash.equals(UNHASHED) && hash.equals(old.get(id))) {
                  identical++;
                } else {
                  foreign++;
                  if (ids.size() < LISTED) {
                    ids.add(id);
                  }
                }
              });
    }

    IdOverlap total(boolean complete) {
      return new IdOverlap(identical, foreign, complete, ids);
    }
  }
}
