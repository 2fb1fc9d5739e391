package io.openedx.ops.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WallsTest {
  private static final JavaClasses WORKER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.openedx.ops.worker");

  @Test
  void noKubernetesClient() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "io.quarkus..", "io.javaoperatorsdk..")
        .because("the worker starts in a moment and sees Kubernetes through one PATCH only")
        .check(WORKER);
  }

  @Test
  void onlyProgressSpeaksHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openedx.ops.worker.progress..")
        .and()
        .doNotHaveSimpleName("WarmUp")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .because("progress is the only place that knows Kubernetes (WarmUp only loads the class)")
        .check(WORKER);
  }

  @Test
  void onlyMainMakesAClock() {
    noClasses()
        .that()
        .doNotHaveSimpleName("WorkerMain")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .because("time is a parameter: tests let patience end without waiting")
        .check(WORKER);
  }

  @Test
  void onlyThePodEnvironmentIsReadFromOutside() {
    noClasses()
        .that()
        .doNotHaveSimpleName("WorkerMain")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("passwords enter at one place and are handed on as Credentials")
        .check(WORKER);
  }

  @Test
  void oneClassOpensConnections() {
    classes()
        .that()
        .haveSimpleName("Database")
        .should()
        .resideInAPackage("io.openedx.ops.worker.db")
        .because("every session must have the same settings")
        .check(WORKER);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.openedx.ops.worker.db.Database")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.sql.DriverManager")
        .because("every session must have the same settings")
        .check(WORKER);
  }

  @Test
  void packagesFormNoCircle() {
    for (var packages :
        List.of("io.openedx.ops.worker.(*)..", "io.openedx.ops.worker.aspects.(*)..")) {
      slices()
          .matching(packages)
          .should()
          .beFreeOfCycles()
          .because("a stranger reads one package after the other")
          .check(WORKER);
    }
  }

  @Test
  void anUpgradeKnowsNothingOfTheCopyEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.openedx.ops.worker.aspects..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.openedx.ops.worker.compare..",
            "io.openedx.ops.worker.copy..",
            "io.openedx.ops.worker.drain..",
            "io.openedx.ops.worker.freeze..",
            "io.openedx.ops.worker.ledger..",
            "io.openedx.ops.worker.preflight..",
            "io.openedx.ops.worker.replica..",
            "io.openedx.ops.worker.row..",
            "io.openedx.ops.worker.schema..")
        .because("both kinds share what a task is, and nothing of how the other one works")
        .check(WORKER);
  }

  @Test
  void aMigrationKnowsNothingOfAnUpgrade() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.openedx.ops.worker.aspects..", "io.openedx.ops.worker")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.openedx.ops.worker.aspects..", "io.openedx.ops.catalog..")
        .because("both kinds share what a task is, and nothing of how the other one works")
        .check(WORKER);
  }

  @Test
  void onlyProgramStartsProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openedx.ops.worker.aspects.program..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .because("what a program says passes the redactor, and none outlives its patience")
        .check(WORKER);
  }

  @Test
  void onlyOneClassKnowsTheDriverOfClickHouse() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.openedx.ops.worker.aspects.clickhouse.ClickHouse")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.clickhouse..")
        .because("every statement has a limit of time and memory, and errors in our own words")
        .check(WORKER);
  }
}
