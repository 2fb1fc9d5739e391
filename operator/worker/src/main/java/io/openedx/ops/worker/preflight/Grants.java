package io.openedx.ops.worker.preflight;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What SHOW GRANTS says of this session's user, active roles included. For privileges that cannot
 * be used without changing something.
 */
record Grants(List<Grant> granted, List<Grant> revoked) {
  private static final Pattern LINE =
      Pattern.compile(
          "^(GRANT|REVOKE) (.+?) ON (\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) (?:TO|FROM) .*?( WITH GRANT OPTION)?$");

  /** Privileges on a database (a pattern) and a table; {@code *} is all of them. */
  record Grant(Set<String> privileges, String database, String table) {
    boolean covers(String privilege, String onDatabase, String onTable) {
      return (privileges.contains(privilege)
              || (privileges.contains("ALL PRIVILEGES") && !privilege.equals("GRANT OPTION")))
          && (database.equals("*") || like(database).matcher(onDatabase).matches())
          && (table.equals("*") || table.equals(onTable));
    }

    /** In a database's name % and _ are wildcards unless a backslash stands before them. */
    private static Pattern like(String pattern) {
      var regex = new StringBuilder();
      for (int i = 0; i < pattern.length(); i++) {
        char c = pattern.charAt(i);
        if (c == '\\' && i + 1 < pattern.length()) {
          regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
        } else if (c == '%') {
          regex.append(".*");
        } else if (c == '_') {
          regex.append('.');
        } else {
          regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
      return Pattern.compile(regex.toString());
    }
  }

  static Grants read(Connection connection) throws SQLException {
    return parse(Sql.list(connection, row -> row.getString(1), "SHOW GRANTS"));
  }

  static Grants parse(List<String> lines) {
    var granted = new ArrayList<Grant>();
    var revoked = new ArrayList<Grant>();
    for (var line : lines) {
      var match = LINE.matcher(line);
      if (match.matches()) {
        // A privilege on some columns is none on the table.
        var privileges = match.group(2).replaceAll("[A-Z ]+ \\([^)]*\\)(, )?", "");
        if (match.group(5) != null) {
          privileges += ", GRANT OPTION";
        }
        (match.group(1).equals("GRANT") ? granted : revoked)
            .add(
                new Grant(
                    Set.copyOf(Set.of(privileges.toUpperCase(Locale.ROOT).split(", "))),
                    bare(match.group(3)),
                    bare(match.group(4))));
      }
    }
    return new Grants(List.copyOf(granted), List.copyOf(revoked));
  }

  /** A partial revoke takes from what is granted on all databases, not from a database's own. */
  boolean allow(String privilege, String database, String table) {
    return granted.stream()
        .filter(each -> each.covers(privilege, database, table))
        .anyMatch(
            each ->
                !each.database().equals("*")
                    || revoked.stream().noneMatch(off -> off.covers(privilege, database, table)));
  }

  /** On every table of the database. */
  boolean allow(String privilege, String database) {
    return allow(privilege, database, "");
  }

  /** On the server. */
  boolean allowEverywhere(String privilege) {
    return granted.stream()
        .anyMatch(each -> each.database().equals("*") && each.covers(privilege, "", ""));
  }

  private static String bare(String name) {
    return name.equals("*") ? name : name.substring(1, name.length() - 1).replace("``", "`");
  }
}
