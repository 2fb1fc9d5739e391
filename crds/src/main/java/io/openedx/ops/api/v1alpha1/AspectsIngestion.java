package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** What becomes of events. A null pipeline is a constant that this version does not know. */
public record AspectsIngestion(
    @Default("true")
        @JsonPropertyDescription(
            "true scales what writes to ClickHouse (Ralph, Vector, the consumer) down while the"
                + " schema changes, and up again whatever happens. Events wait in the site's queues"
                + " and logs meanwhile.")
        boolean pause,
    @Default("Keep")
        @JsonPropertyDescription(
            "Aspects 5.0 changes the default from Ralph to Vector and the database from xapi to"
                + " openedx. Keep pins in config.yml what the site runs now. Move takes the new"
                + " default, carries Ralph's events to Vector's table and builds from there what"
                + " reads them; the plan says what is left to do by hand. It needs pause.")
        @Nullable Pipeline pipeline) {

  /** The defaults of the CRD. */
  public static final AspectsIngestion DEFAULTS = new AspectsIngestion(true, Pipeline.KEEP);
}
