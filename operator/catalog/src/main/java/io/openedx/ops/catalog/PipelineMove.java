package io.openedx.ops.catalog;

import java.util.List;

/**
 * A site that moves from Ralph to Vector.
 *
 * @param since the first release that has Vector as its default
 * @param consequences what it does to the data and what remains for a human, in order
 */
public record PipelineMove(Version since, List<String> consequences, String source) {
  public PipelineMove {
    consequences = List.copyOf(consequences);
  }
}
