package io.openedx.ops.catalog.removal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
  private static final TableName SELF = new TableName("own", "self");
  private static final References REFERENCES =
      new References(
          Stream.of("xapi.responses", "own.responses", "xapi.events", "own.self", "od-d.a`b")
              .map(Worlds::name)
              .toList());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT responses FROM xapi.events | xapi.events",
        "SELECT * FROM `xapi`.`responses` | xapi.responses",
        "SELECT * FROM \"xapi\" . \"responses\" | xapi.responses",
        "SELECT xapi.responses.a FROM x | xapi.responses",
        "SELECT a FROM xapi /* . */ . responses | xapi.responses",
        "SELECT a FROM `od-d`.`a\\`b` | od-d.a`b",
        "SELECT a FROM `od-d`.`a``b` | od-d.a`b",
        "SELECT 'xapi', 'x', 'responses' | ",
        "SELECT joinGet('xapi.responses', 'a', 1) | xapi.responses",
        "SELECT dictGet('responses', 'a', 1) | own.responses xapi.responses",
        "SELECT dictHas(responses, 1) | own.responses xapi.responses",
        "SELECT * FROM remote('host', xapi, responses) | xapi.responses",
        "SELECT * FROM remote('host:9000', 'xapi.responses') | xapi.responses",
        "CREATE TABLE own.self ENGINE = Distributed('c', 'xapi', 'responses', rand()) | xapi.responses",
        "CREATE TABLE own.self ENGINE = Buffer('', 'responses', 16) | own.responses",
        "CREATE TABLE own.self ENGINE = Merge('xapi', '^resp') | xapi.responses",
        "SELECT * FROM merge(REGEXP('^x'), 'resp') | xapi.responses",
        "SELECT * FROM merge('resp') | own.responses",
        "SELECT * FROM merge('xapi', '(') | xapi.events xapi.responses",
        "SELECT a FROM own.self | ",
      })
  void finds(String sql, String names) {
    assertThat(REFERENCES.in(SELF, "View", sql))
        .extracting(TableName::toString)
        .containsExactlyElementsOf(names == null ? List.of() : List.of(names.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "xapi | select a from responses r | xapi.responses",
        "xapi | select a from \"responses\" | xapi.responses",
        "xapi | select r.responses, x.events from own.self r | own.self",
        "own | with a as (select * from xapi.events) select a from responses, a | own.responses xapi.events",
        "own | select 1 {% if filter_values('x') %} where 1 in (select a from xapi.responses) {% endif %} | xapi.responses",
        "own | select dictGet('xapi.responses', 'a', 1) | xapi.responses",
        "none | select a from responses | ",
        " | select a from responses | own.responses xapi.responses",
      })
  void findsInAQueryFromOutside(String own, String sql, String names) {
    assertThat(REFERENCES.inQuery(own == null ? List.of() : List.of(own), sql))
        .extracting(TableName::toString)
        .containsExactlyElementsOf(names == null ? List.of() : List.of(names.split(" ")));
  }

  @Test
  void remarksAreNoNames() {
    assertThat(REFERENCES.in(SELF, "View", "SELECT 1 -- xapi.events\n FROM xapi.responses"))
        .containsExactly(Worlds.name("xapi.responses"));
  }

  @Test
  void aDictionaryNamesItsSourceByWords() {
    assertThat(
            REFERENCES.in(
                SELF,
                "Dictionary",
                "CREATE DICTIONARY own.self (`a` String) SOURCE(CLICKHOUSE(TABLE 'responses' USER 'u' DB 'xapi'))"))
        .contains(Worlds.name("xapi.responses"));
    assertThat(
            REFERENCES.in(
                SELF,
                "Dictionary",
                "CREATE DICTIONARY own.self (`a` String) SOURCE(CLICKHOUSE(QUERY 'SELECT a FROM xapi.events'))"))
        .containsExactly(Worlds.name("xapi.events"));
    assertThat(
            REFERENCES.in(
                SELF,
                "Dictionary",
                "CREATE DICTIONARY own.self (`a` String) SOURCE(CLICKHOUSE(USER 'u' QUERY \"select responses.a from xapi.events as responses\"))"))
        .containsExactly(Worlds.name("xapi.events"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE MATERIALIZED VIEW own.self TO xapi.responses (`a` String) AS SELECT a FROM x.y | xapi.responses",
        "CREATE MATERIALIZED VIEW own.self REFRESH EVERY 5 MINUTE DEPENDS ON a.b APPEND TO `xapi`.`responses` AS SELECT 1 | xapi.responses",
        "CREATE MATERIALIZED VIEW own.self TO responses AS SELECT 1 | own.responses",
        "CREATE MATERIALIZED VIEW own.self (`a` String) ENGINE = MergeTree ORDER BY a AS SELECT a TO b | ",
      })
  void knowsWhereAViewWrites(String sql, String name) {
    var target = References.target(SELF, "MaterializedView", sql);
    assertThat(target == null ? null : target.toString()).isEqualTo(name);
  }
}
