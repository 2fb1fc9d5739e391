package io.openedx.ops.controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Walls inside the module, each with its reason. */
class WallsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.openedx.ops.controller");

  @Test
  void noDatabase() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .because("only workers reach databases: the operator holds no password and needs no route")
        .check(CLASSES);
  }

  @Test
  void plannersHaveNoClient() {
    noClasses()
        .that()
        .resideInAPackage("..controller.run..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client..",
            "io.javaoperatorsdk..",
            "jakarta..",
            "..controller.jobs..",
            "..controller.effects..",
            "..controller.csmh..",
            "..controller.aspects..")
        .because("a decision is a function of what was observed and the time, for any kind")
        .check(CLASSES);
  }

  @Test
  void kindsDoNotWrite() {
    noClasses()
        .that()
        .resideInAnyPackage("..controller.csmh..", "..controller.aspects..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", "..controller.effects..")
        .because("a kind says what is to be done; effects is the only writer")
        .check(CLASSES);
  }

  @Test
  void noSecrets() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.fabric8.kubernetes.api.model.Secret")
        .because("passwords reach pods by reference; the operator has no right to read one")
        .check(CLASSES);
  }

  @Test
  void timeComesFromOutside() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Wiring")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("deadlines are tested with a clock that stands still")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.openedx.ops.controller.(*)..")
        .should()
        .beFreeOfCycles()
        .because("run knows nobody, everybody may know run")
        .check(CLASSES);
  }
}
