package io.openedx.ops.worker.aspects.report;

import java.util.List;

/**
 * Proofs of one kind.
 *
 * @param about how they were made, for who reads the report
 */
public record Section(String title, String about, List<Proof> proofs) {
  public Section {
    proofs = List.copyOf(proofs);
  }
}
