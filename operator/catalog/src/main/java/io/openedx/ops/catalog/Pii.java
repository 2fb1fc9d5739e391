package io.openedx.ops.catalog;

import java.util.List;

/**
 * Init empties tables with personal data while the setting is off.
 *
 * @param since every init of this release and later does it
 * @param setting off by default; only {@code true} keeps the rows
 * @param refill how the rows come back
 */
public record Pii(
    Version since, String setting, List<Relation> tables, String refill, String source) {
  public Pii {
    tables = List.copyOf(tables);
  }
}
