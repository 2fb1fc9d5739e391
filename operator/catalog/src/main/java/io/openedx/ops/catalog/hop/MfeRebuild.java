package io.openedx.ops.catalog.hop;

/** Whether the mfe image must be built anew. */
public sealed interface MfeRebuild {
  String why();

  record Needed(String why) implements MfeRebuild {}

  record NotNeeded(String why) implements MfeRebuild {}

  /** In-context metrics are on, and this pair cannot have them. */
  record Impossible(String why) implements MfeRebuild {}
}
