package io.openedx.ops.catalog.hop;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import org.junit.jupiter.api.Test;

class MfeRebuildTest {
  private static final Catalog CATALOG = CatalogFile.standard();

  @Test
  void onTutor22FromFourOnAlways() {
    assertThat(mfe("3.0.3", "4.0.0", 22, false)).isInstanceOf(MfeRebuild.Needed.class);
    assertThat(mfe("4.0.0", "5.1.0", 22, true).why())
        .startsWith("from Aspects 4.0.0 on Tutor 22 the plugin puts");
  }

  @Test
  void withInContextMetricsFromTeakOn() {
    assertThat(mfe("2.4.0", "2.5.3", 20, true)).isInstanceOf(MfeRebuild.Needed.class);
    assertThat(mfe("2.5.3", "3.0.3", 21, true)).isInstanceOf(MfeRebuild.Needed.class);
    assertThat(mfe("2.5.3", "3.0.3", 21, false)).isInstanceOf(MfeRebuild.NotNeeded.class);
  }

  @Test
  void inContextMetricsBeforeTeakAreImpossible() {
    assertThat(mfe("2.0.0", "2.5.3", 19, true))
        .isEqualTo(
            new MfeRebuild.Impossible(
                "ASPECTS_ENABLE_STUDIO_IN_CONTEXT_METRICS is true, but Aspects 2.5.3 on Tutor 19 has no in-context metrics: in-context metrics are part of the mfe image from Aspects 2.2.0 and Teak (Tutor 20) on. Set it to false in config.yml, or upgrade to a pair that has them."));
    assertThat(mfe("2.0.0", "2.1.0", 20, true)).isInstanceOf(MfeRebuild.Impossible.class);
    assertThat(mfe("2.0.0", "2.1.0", 19, false)).isInstanceOf(MfeRebuild.NotNeeded.class);
  }

  private static MfeRebuild mfe(String from, String to, int tutor, boolean inContextMetrics) {
    return Hop.of(CATALOG, Version.of(from), Version.of(to)).mfe(tutor, inContextMetrics);
  }
}
