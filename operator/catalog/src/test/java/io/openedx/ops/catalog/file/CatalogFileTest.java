package io.openedx.ops.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatalogFileTest {
  @Test
  void theProjectsOwnIsSound() {
    var outcome = CatalogFile.read(CatalogFile.own());

    assertThat(outcome)
        .as(outcome instanceof CatalogFile.Unsound unsound ? unsound.message() : "read")
        .isInstanceOf(CatalogFile.Read.class);
  }
}
