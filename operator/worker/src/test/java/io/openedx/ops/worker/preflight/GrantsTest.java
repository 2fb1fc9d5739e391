package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
  @Test
  void onOneTable() {
    var grants = Grants.parse(List.of("GRANT SELECT, DROP ON `a`.`t` TO `u`@`%`"));
    assertThat(grants.allow("DROP", "a", "t")).isTrue();
    assertThat(grants.allow("DROP", "a", "other")).isFalse();
    assertThat(grants.allow("DELETE", "a", "t")).isFalse();
    assertThat(grants.allow("DROP", "a")).isFalse();
  }

  @Test
  void underscoreIsAWildcardUnlessEscaped() {
    var wild = Grants.parse(List.of("GRANT ALL PRIVILEGES ON `my_db`.* TO `u`@`%`"));
    assertThat(wild.allow("CREATE", "my_db")).isTrue();
    assertThat(wild.allow("CREATE", "myxdb")).isTrue();
    var exact = Grants.parse(List.of("GRANT ALL PRIVILEGES ON `my\\_db`.* TO `u`@`%`"));
    assertThat(exact.allow("CREATE", "my_db")).isTrue();
    assertThat(exact.allow("CREATE", "myxdb")).isFalse();
  }

  @Test
  void allPrivilegesDoNotHoldTheRightToGrant() {
    var grants = Grants.parse(List.of("GRANT ALL PRIVILEGES ON `d`.* TO `u`@`%`"));
    assertThat(grants.allow("GRANT OPTION", "d")).isFalse();
    var granting =
        Grants.parse(List.of("GRANT ALL PRIVILEGES ON `d`.* TO `u`@`%` WITH GRANT OPTION"));
    assertThat(granting.allow("GRANT OPTION", "d")).isTrue();
  }

  @Test
  void aPrivilegeOnColumnsIsNoneOnTheTable() {
    var grants =
        Grants.parse(List.of("GRANT SELECT (`id`, `state`), INSERT ON `d`.`t` TO `u`@`%`"));
    assertThat(grants.allow("SELECT", "d", "t")).isFalse();
    assertThat(grants.allow("INSERT", "d", "t")).isTrue();
  }

  @Test
  void aPartialRevokeTakesFromTheGlobalGrantOnly() {
    var global =
        List.of(
            "GRANT SELECT, INSERT, CREATE USER ON *.* TO `u`@`%`",
            "REVOKE INSERT ON `d`.* FROM `u`@`%`");
    var grants = Grants.parse(global);
    assertThat(grants.allow("INSERT", "d")).isFalse();
    assertThat(grants.allow("INSERT", "e")).isTrue();
    assertThat(grants.allowEverywhere("CREATE USER")).isTrue();
  }

  @Test
  void rolesAndProxiesAreNoPrivileges() {
    var grants =
        Grants.parse(List.of("GRANT `r`@`%` TO `u`@`%`", "GRANT PROXY ON `a`@`%` TO `u`@`%`"));
    assertThat(grants.granted()).isEmpty();
  }
}
