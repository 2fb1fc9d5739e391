package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** What a model of dbt, or a table of a migration, is. */
public enum Kind {
  /** A table of that name and a materialized view {@code NAME_mv} that feeds it. */
  @JsonProperty("mv")
  MATERIALIZED_VIEW,
  /** The same, but fed by a clock instead of by inserts. */
  @JsonProperty("refreshable")
  REFRESHABLE,
  @JsonProperty("view")
  VIEW,
  @JsonProperty("dictionary")
  DICTIONARY,
  @JsonProperty("table")
  TABLE;

  /** True when a table of that name holds rows of its own and a second relation feeds it. */
  public boolean fed() {
    return this == MATERIALIZED_VIEW || this == REFRESHABLE;
  }

  /** The relations that it is on the server. */
  public Map<Relation, Form> relations(Relation name) {
    return switch (this) {
      case MATERIALIZED_VIEW, REFRESHABLE -> Map.of(name, Form.TABLE, name.feeder(), Form.FEEDER);
      case VIEW -> Map.of(name, Form.VIEW);
      case DICTIONARY -> Map.of(name, Form.DICTIONARY);
      case TABLE -> Map.of(name, Form.TABLE);
    };
  }
}
