package io.openedx.ops.worker.aspects.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real kubelet says what it can get. */
@ExtendWith(Clusters.class)
class PullProofIT {
  private static final Manifests NONE = Manifests.parse("");

  @Test
  void provesWhatIsThereAndNamesWhatIsNot(Cluster cluster) {
    try (var namespace = Namespace.on(cluster, "images")) {
      var proof = new PullProof(namespace.site(namespace.order()));
      var digests = proof.fresh(Set.of(Namespace.IMAGE, "localhost/pause:1"), NONE);
      assertThat(digests).containsOnlyKeys(Namespace.IMAGE, "localhost/pause:1");
      assertThat(digests.values()).allMatch(each -> each.startsWith("sha256:"));
      assertThat(proof.fresh(Set.of(), NONE)).isEmpty();
      assertThat(proof.again(Set.of("localhost/no-such-image:1"), NONE)).isEmpty();
      assertThatThrownBy(
              () -> proof.fresh(Set.of(Namespace.IMAGE, "localhost/no-such-image:1"), NONE))
          .isInstanceOfSatisfying(
              TaskFailure.class,
              e -> {
                assertThat(e.reason()).isEqualTo("ImageMissing");
                assertThat(e.evidence()).containsEntry("missing", "localhost/no-such-image:1");
              });
      assertThat(namespace.kubectl().list("pods", ""))
          .allMatch(each -> each.path("metadata").has("deletionTimestamp"));
    }
  }
}
