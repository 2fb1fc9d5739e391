package io.openedx.ops.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {
  private static final JavaClasses CATALOG =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.openedx.ops.catalog");

  @Test
  void onlyTheFileIsRead() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openedx.ops.catalog.file..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..")
        .because("what is decided here follows from the catalog and from what is handed in")
        .check(CATALOG);
  }

  @Test
  void onlyTheFileKnowsYamlAndSchemas() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openedx.ops.catalog.file..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.networknt..",
            "com.fasterxml.jackson.databind..",
            "com.fasterxml.jackson.dataformat..")
        .because("the form of the file is not the catalog's business")
        .check(CATALOG);
  }

  @Test
  void packagesFormNoCircle() {
    slices()
        .matching("io.openedx.ops.catalog.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a stranger reads one package after the other")
        .check(CATALOG);
  }
}
