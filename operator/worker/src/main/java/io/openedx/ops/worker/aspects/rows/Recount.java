package io.openedx.ops.worker.aspects.rows;

import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;

/**
 * A table of the census, counted again.
 *
 * @param keys how many different keys it has now
 * @param missing how many of the sampled ones are gone
 * @param incomparable why it says nothing; empty where it does
 */
public record Recount(long keys, long missing, String incomparable) {

  /** The same rows again, if the table still tells them apart by the same key. */
  public static Recount of(ClickHouse server, Census census, TableCensus before, StoredTable now) {
    if (!before.uncounted().isEmpty()) {
      return none("it was not counted before: " + before.uncounted());
    }
    if (!before.key().equals(now.key())) {
      return none(
          "its rows were told apart by (%s) and are by (%s) now"
              .formatted(before.key(), now.key()));
    }
    if (!before.ttl().equals(now.ttl())) {
      return none(
          "its rows expire by another rule than before (%s, now %s)"
              .formatted(before.ttl(), now.ttl()));
    }
    if (!now.ttl().isEmpty() && Census.now(server) > census.horizon()) {
      return none("it is too long ago: rows that were counted have expired");
    }
    var keys =
        new Keys(
            now.name().quoted(),
            now.key(),
            Census.where(now, census.second(), census.horizon()),
            before.share());
    return new Recount(keys.count(server), keys.missing(server, before.sample()).size(), "");
  }

  private static Recount none(String why) {
    return new Recount(0, 0, why);
  }
}
