package io.openedx.ops.catalog.removal;

/**
 * A candidate that stays.
 *
 * @param sentence for humans: why, and what would change it
 */
public record Kept(LiveRelation relation, Why why, String sentence) {
  /** The reason in a word. */
  public enum Why {
    /** A model of the release, or a table of its migrations. */
    LIVE,
    /** Something of Aspects' that stays reads it, or is fed by it. */
    USED,
    /** Something that the site made itself needs it, or a function of the server. */
    OWN,
    /** It is not what Aspects ever made under this name. */
    OTHER_KIND,
    /** A view that may write into it is detached, and would come back without its table. */
    DETACHED_FEEDER,
    /** It and others use each other in a circle, so that no order is safe. */
    CIRCLE
  }

  public TableName name() {
    return relation.name();
  }
}
