package io.openedx.ops.catalog.wheel;

import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Role;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a wheel's Alembic migrations make, told from the statements in them. */
record Migrations(TreeMap<String, String> upgrades) {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?i)(CREATE (?:OR REPLACE )?TABLE|DROP TABLE|DROP DICTIONARY)\\s+(?:IF (?:NOT )?EXISTS\\s+)?"
              + "\\{\\{\\s*(\\w+)\\s*}}\\.(?:\\{\\{\\s*(\\w+)\\s*}}|(\\w+))");

  private static final Map<String, Role> ROLES =
      Map.of(
          "ASPECTS_XAPI_DATABASE", Role.RALPH,
          "RALPH_DATABASE", Role.RALPH,
          "ASPECTS_VECTOR_DATABASE", Role.VECTOR,
          "ASPECTS_EVENT_SINK_DATABASE", Role.EVENT_SINK,
          "DBT_PROFILE_TARGET_DATABASE", Role.REPORTING);

  static Migrations of(Wheel wheel) {
    var upgrades = new TreeMap<String, String>();
    wheel
        .files()
        .forEach(
            (path, text) ->
                Wheel.found(path, "alembic/versions/(\\d{4})_[^/]*\\.py$")
                    .ifPresent(
                        revision ->
                            upgrades.put(
                                revision, text.substring(0, text.indexOf("def downgrade")))));
    return new Migrations(upgrades);
  }

  String head() {
    return upgrades.lastKey();
  }

  /** The tables that stand after the last of them. */
  Set<Relation> tables(Wheel wheel) {
    var standing = new HashSet<Relation>();
    upgrades
        .values()
        .forEach(
            text ->
                STATEMENT
                    .matcher(text)
                    .results()
                    .forEach(
                        statement -> {
                          var name =
                              Optional.ofNullable(statement.group(4))
                                  .or(() -> wheel.setting(statement.group(3)))
                                  .orElseThrow();
                          var relation = new Relation(ROLES.get(statement.group(2)), name);
                          if (statement.group(1).regionMatches(true, 0, "CREATE", 0, 6)) {
                            standing.add(relation);
                          } else {
                            standing.remove(relation);
                          }
                        }));
    return standing;
  }
}
