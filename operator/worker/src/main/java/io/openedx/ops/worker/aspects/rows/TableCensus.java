package io.openedx.ops.worker.aspects.rows;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.openedx.ops.catalog.removal.TableName;
import java.util.List;

/**
 * What a table held.
 *
 * @param rows as stored
 * @param key what told them apart
 * @param keys how many different ones there were in the share
 * @param sample some of them
 * @param uncounted why only {@code rows} is known; empty if all is
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TableCensus(
    TableName name,
    long rows,
    String key,
    String ttl,
    long share,
    long keys,
    List<String> sample,
    String uncounted) {
  /** So many that a loss of one row in thirty is seen 98 times in 100, whatever came in since. */
  static final int SAMPLE = 128;

  public TableCensus {
    sample = List.copyOf(sample);
  }

  static TableCensus uncounted(StoredTable table, String why) {
    return new TableCensus(
        table.name(), table.rows(), table.key(), table.ttl(), 1, 0, List.of(), why);
  }
}
