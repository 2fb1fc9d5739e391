package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the images come from. A null mode is a constant that this version does not know. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.mode != 'Build' || (has(self.builder) && has(self.registry))",
    message =
        "spec.images.builder and spec.images.registry must be given when spec.images.mode is Build:"
            + " name the BuildKit to build with and the registry to push to")
@ValidationRule(
    value =
        "self.mode == 'Build' || !(has(self.builder) || has(self.registry) ||"
            + " has(self.pushSecretRef))",
    message =
        "spec.images.builder, registry and pushSecretRef count only when spec.images.mode is Build:"
            + " remove them, or set the mode")
public record AspectsImages(
    @Default("Prebuilt")
        @JsonPropertyDescription(
            "Prebuilt proves that every image exists under the tag that config.yml gives it, and"
                + " records its digest. Build builds and pushes them: tutor images build --no-cache"
                + " through BuildKit. For that the runner image must carry docker with buildx.")
        @Nullable ImagesMode mode,
    @Pattern("^[a-z][a-z0-9+.-]*://\\S+$")
        @Size(max = 512)
        @JsonPropertyDescription("Address of BuildKit, for example tcp://buildkitd:1234.")
        @Nullable String builder,
    @Pattern("^[^\\s/]\\S*$")
        @Size(max = 512)
        @JsonPropertyDescription(
            "Where built images are pushed to, for example registry.example.org/openedx.")
        @Nullable String registry,
    @JsonPropertyDescription("A Secret of type kubernetes.io/dockerconfigjson for the push.")
        @Nullable SecretRef pushSecretRef,
    @JsonPropertyDescription(
            "Images besides openedx, aspects and aspects-superset, as Tutor names them. mfe need"
                + " not be named where the version needs it.")
        @Size(max = 16)
        List<@Pattern("^[a-z0-9][a-z0-9-]*$") @Size(max = 63) String> extra) {

  /** The defaults of the CRD. */
  public static final AspectsImages DEFAULTS =
      new AspectsImages(ImagesMode.PREBUILT, null, null, null, List.of());

  public AspectsImages {
    extra = extra == null ? List.of() : List.copyOf(extra);
  }
}
