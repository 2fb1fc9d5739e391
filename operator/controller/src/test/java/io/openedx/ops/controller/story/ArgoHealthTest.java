package io.openedx.ops.controller.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.contract.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** What deploy/argocd makes of the statuses that the operator writes. */
class ArgoHealthTest {
  private static final Path CONFIG = Path.of("../../deploy/argocd/argocd-cm.yaml");
  private static final String KEY = "resource.customizations.health.ops.openedx.io_";

  private record Health(String status, String message) {}

  private final FakeWorld world = new FakeWorld(FakeKind.CSMH);

  @Test
  void bothKindsAreJudgedAlike() throws IOException {
    assertThat(script("CsmhMigration")).isNotBlank().isEqualTo(script("AspectsUpgrade"));
  }

  @Test
  void whatWasNotSeenYetIsProgressing() throws IOException {
    assertThat(health().status()).isEqualTo("Progressing");
    toTheFirstGate();
    world.user("changes the spec", "gates", Map.of("plan", "Manual", "cutover", "Auto"));
    assertThat(health())
        .isEqualTo(new Health("Progressing", "The operator has not seen this yet."));
  }

  @Test
  void aGateHoldsTheSync() throws IOException {
    toTheFirstGate();
    assertThat(health().status()).isEqualTo("Suspended");
    assertThat(health().message())
        .isEqualTo(world.status.summary().message())
        .startsWith("Gate plan waits for a human");
  }

  @Test
  void workAndWhatPassesByItselfAreProgressing() throws IOException {
    toTheFirstGate();
    world.approve("plan", world.planHash());
    world.settle();
    world.podStarts();
    world.settle();
    assertThat(health().status()).isEqualTo("Progressing");
    world.taskFails(ExitCode.TRANSIENT, "ServerGone", "mysql-csmh:3306 did not answer.");
    world.settle();
    assertThat(health().status()).isEqualTo("Progressing");
    assertThat(health().message()).contains("mysql-csmh:3306 did not answer.");
  }

  @Test
  void aPauseHoldsTheSync() throws IOException {
    world.user("creates it suspended", "suspend", true);
    world.settle();
    assertThat(health().status()).isEqualTo("Suspended");
  }

  @Test
  void whatNeedsAHumanIsDegraded() throws IOException {
    world.settle();
    world.podStarts();
    world.settle();
    world.taskFails(ExitCode.CONFIGURATION, "MissingGrant", "GRANT SELECT is missing.");
    world.settle();
    assertThat(health().status()).isEqualTo("Degraded");
    assertThat(health().message()).contains("GRANT SELECT is missing.");
  }

  @Test
  void aCancelledRunIsDegraded() throws IOException {
    toTheFirstGate();
    world.user("cancels", "cancel", true);
    world.settle();
    assertThat(health().status()).isEqualTo("Degraded");
  }

  @Test
  void aPlanThatWasAskedForIsHealthy() throws IOException {
    world.user("asks for the plan", "mode", "Plan");
    toTheFirstGate();
    assertThat(health().status()).isEqualTo("Healthy");
  }

  @Test
  void theEndIsHealthy() throws IOException {
    world.user(
        "creates it", "gates", Map.of("plan", "Auto", "cutover", "Auto", "destructive", "Auto"));
    world.settle();
    while (world.live().isPresent()) {
      world.jobRuns();
      world.jobIsDone();
      world.settle();
    }
    assertThat(health().status()).as(world.text()).isEqualTo("Healthy");
  }

  private void toTheFirstGate() {
    world.user(
        "creates it",
        "gates",
        Map.of("plan", "Manual", "cutover", "Manual", "destructive", "Manual"));
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
  }

  private Health health() throws IOException {
    var run =
        Map.of(
            "metadata",
            Map.of("generation", world.generation),
            "status",
            Serialization.unmarshal(Serialization.asJson(world.status), Map.class));
    var globals = JsePlatform.standardGlobals();
    globals.set("obj", lua(run));
    var health = globals.load(script("CsmhMigration")).call();
    return new Health(health.get("status").tojstring(), health.get("message").tojstring());
  }

  private static String script(String kind) throws IOException {
    return Serialization.unmarshal(Files.readString(CONFIG), ConfigMap.class)
        .getData()
        .get(KEY + kind);
  }

  private static LuaValue lua(Object value) {
    if (value instanceof Map<?, ?> map) {
      var table = new LuaTable();
      map.forEach((key, each) -> table.set(key.toString(), lua(each)));
      return table;
    }
    if (value instanceof List<?> list) {
      return LuaValue.listOf(list.stream().map(ArgoHealthTest::lua).toArray(LuaValue[]::new));
    }
    return value instanceof Number number
        ? LuaValue.valueOf(number.doubleValue())
        : value == null ? LuaValue.NIL : LuaValue.valueOf(value.toString());
  }
}
