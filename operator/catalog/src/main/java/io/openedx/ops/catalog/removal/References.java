package io.openedx.ops.catalog.removal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a definition every relation that it may name. The server writes the names of tables into
 * views with their databases; in arguments of engines and functions they stand as somebody wrote
 * them. In doubt a name counts: what is found too much is only kept.
 */
public final class References {
  private static final int DEPTH = 3;

  private final Map<String, Map<String, TableName>> databases = new HashMap<>();
  private final Map<String, List<TableName>> names = new HashMap<>();

  /** Among these relations. */
  public References(Collection<TableName> known) {
    for (var each : known) {
      databases.computeIfAbsent(each.database(), key -> new HashMap<>()).put(each.name(), each);
      names.computeIfAbsent(each.name(), key -> new ArrayList<>()).add(each);
    }
  }

  /**
   * What a definition names, but for itself.
   *
   * @param engine a dictionary names its source by words alone
   */
  public Set<TableName> in(TableName self, String engine, String definition) {
    var found = new TreeSet<TableName>();
    var tokens = Tokens.of(definition);
    collect(self.database(), tokens, found, DEPTH);
    if (engine.equals("Dictionary")) {
      source(self.database(), tokens, found);
    }
    found.remove(self);
    return found;
  }

  /**
   * What a query names that comes from outside of the server.
   *
   * @param own databases in which a name without one may be meant; none where that is not known
   */
  public Set<TableName> inQuery(Collection<String> own, String sql) {
    var found = new TreeSet<TableName>();
    var tokens = Tokens.of(sql);
    (own.isEmpty() ? List.of("") : own).forEach(each -> collect(each, tokens, found, DEPTH));
    for (int i = 0; i < tokens.size(); i++) {
      var qualified =
          (i > 0 && tokens.get(i - 1).sign('.'))
              || (i + 1 < tokens.size() && tokens.get(i + 1).sign('.'));
      if (tokens.get(i).type() == Token.Type.WORD && !qualified) {
        found.addAll(named(own, tokens.get(i).text()));
      }
    }
    return found;
  }

  /**
   * All that may be meant by a name without a database.
   *
   * @param own databases in which it may be; none where that is not known
   */
  public Set<TableName> named(Collection<String> own, String name) {
    return names.getOrDefault(name, List.of()).stream()
        .filter(each -> own.isEmpty() || own.contains(each.database()))
        .collect(Collectors.toSet());
  }

  /** The table that a materialized view writes into; null where it keeps one of its own. */
  public static @Nullable TableName target(TableName self, String engine, String definition) {
    if (!engine.equals("MaterializedView")) {
      return null;
    }
    var tokens = Tokens.of(definition);
    for (int i = 0; i + 3 < tokens.size() && !tokens.get(i).word("SELECT"); i++) {
      if (tokens.get(i).word("TO") && tokens.get(i + 1).type() == Token.Type.WORD) {
        return tokens.get(i + 2).sign('.')
            ? new TableName(tokens.get(i + 1).text(), tokens.get(i + 3).text())
            : new TableName(self.database(), tokens.get(i + 1).text());
      }
    }
    return null;
  }

  private void collect(String own, List<Token> tokens, Set<TableName> found, int depth) {
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      // dbt hands the query of a dictionary over in double quotes, like a name.
      if (token.quoted() && depth > 0) {
        collect(own, Tokens.of(token.text()), found, depth - 1);
      }
      if (token.name() && i + 2 < tokens.size() && tokens.get(i + 2).name()) {
        var between = tokens.get(i + 1);
        if (between.sign('.') || between.sign(',')) {
          qualified(own, token.text(), tokens.get(i + 2).text(), found);
        }
      }
      if (token.type() == Token.Type.WORD && i + 2 < tokens.size() && tokens.get(i + 1).sign('(')) {
        argument(own, token.text(), tokens, i + 2, found);
      }
    }
  }

  private void qualified(String own, String database, String name, Set<TableName> found) {
    var there = databases.get(database.isEmpty() ? own : database);
    var relation = there == null ? null : there.get(name);
    if (relation != null) {
      found.add(relation);
    }
  }

  /** Functions whose first argument is a relation, perhaps without its database. */
  private void argument(
      String own, String function, List<Token> tokens, int first, Set<TableName> found) {
    var lower = function.toLowerCase(Locale.ROOT);
    if (lower.startsWith("dict") || lower.startsWith("joinget")) {
      found.addAll(names.getOrDefault(tokens.get(first).text(), List.of()));
    } else if (lower.equals("merge")) {
      merged(own, tokens, first, found);
    }
  }

  /** Of the engine and the function merge: all that match, of one database or of those that do. */
  private void merged(String own, List<Token> tokens, int first, Set<TableName> found) {
    var arguments = new ArrayList<String>();
    var pattern = false;
    for (int i = first, open = 1; i < tokens.size() && open > 0; i++) {
      var token = tokens.get(i);
      open += token.sign('(') ? 1 : token.sign(')') ? -1 : 0;
      if (token.word("REGEXP")) {
        pattern = true;
      } else if (token.name()) {
        arguments.add(token.text());
      }
    }
    if (arguments.isEmpty()) {
      return;
    }
    var database = arguments.size() == 1 ? own : arguments.get(0);
    var inDatabase = pattern ? matching(database) : Predicate.<String>isEqual(database);
    var named = matching(arguments.get(arguments.size() - 1));
    databases.forEach(
        (each, relations) -> {
          if (inDatabase.test(each)) {
            relations.values().stream()
                .filter(relation -> named.test(relation.name()))
                .forEach(found::add);
          }
        });
  }

  /** What Java cannot read matches all. */
  private static Predicate<String> matching(String pattern) {
    try {
      return Pattern.compile(pattern).asPredicate();
    } catch (PatternSyntaxException e) {
      return name -> true;
    }
  }

  /** {@code SOURCE(CLICKHOUSE(DB 'x' TABLE 'y'))}, in any order; without DB it is its own. */
  private void source(String own, List<Token> tokens, Set<TableName> found) {
    var words =
        tokens.stream()
            .dropWhile(each -> !each.word("SOURCE"))
            .filter(Token::name)
            .map(Token::text)
            .collect(Collectors.toSet());
    var named = words.stream().filter(databases::containsKey).toList();
    for (var database : named.isEmpty() ? List.of(own) : named) {
      words.forEach(each -> qualified(own, database, each, found));
    }
  }
}
