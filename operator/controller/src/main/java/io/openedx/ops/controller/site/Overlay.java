package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.openedx.ops.controller.jobs.Disk;
import io.openedx.ops.controller.jobs.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings laid over a workload's own: a module that begins with the site's and a few variables,
 * and nothing else of its template. Whoever applies the workload's manifest again takes them away.
 */
public final class Overlay {
  /** Outlives the run: pods of the site mount it. */
  public static final String CONFIG_MAP = "openedx-ops-csmh-settings";

  /** Another one than that of our own containers, which may be made like one that has this. */
  static final String FOLDER = "/openedx-ops/settings";

  static final String PATH = "PYTHONPATH";

  /** What begins like this the site does not know. */
  static final String OURS = "OPENEDX_OPS_";

  private static final String MODULE = "openedx_ops_settings";
  private static final String BASE = OURS + "BASE_SETTINGS";
  static final String VOLUME = "openedx-ops-settings";

  private final SiteSettings settings;
  private final Disk program = Disk.configMap(VOLUME, FOLDER, CONFIG_MAP);

  public Overlay(SiteSettings settings) {
    this.settings = settings;
  }

  /** Why it cannot be laid over this workload; empty where it can. */
  public Optional<String> refused(Workload workload) {
    return base(workload).isEmpty()
        ? Optional.of(
            "%s: container %s has no variable DJANGO_SETTINGS_MODULE with a value of its own, so nothing can be laid over its settings"
                .formatted(workload.id(), workload.container()))
        : Optional.empty();
  }

  /** Whether settings are laid over this workload, whichever. */
  public static boolean covers(Workload workload) {
    return workload.variable(SiteImages.SETTINGS).filter(MODULE::equals).isPresent();
  }

  /** Whether its template has anything of one, in effect or not: manifests take away only half. */
  public static boolean touches(Workload workload) {
    return covers(workload)
        || workload.template().getSpec().getVolumes().stream()
            .anyMatch(each -> VOLUME.equals(each.getName()))
        || workload.main().getEnv().stream().anyMatch(each -> each.getName().startsWith(OURS));
  }

  /** Whether the workload has it, with these very settings. */
  public boolean isOn(Workload workload) {
    return workload.main().getEnv().containsAll(variables(workload))
        && workload.template().getSpec().getVolumes().stream()
            .anyMatch(each -> VOLUME.equals(each.getName()));
  }

  /** The fields that make it so, for a server-side apply. */
  public HasMetadata patch(String namespace, Workload workload) {
    return workload.fields(namespace, template(workload));
  }

  private PodTemplateSpec template(Workload workload) {
    return new PodTemplateSpecBuilder()
        .withNewSpec()
        .addNewContainer()
        .withName(workload.container())
        .withEnv(variables(workload))
        .withVolumeMounts(program.mount())
        .endContainer()
        .withVolumes(program.volume())
        .endSpec()
        .build();
  }

  private List<EnvVar> variables(Workload workload) {
    var variables = new ArrayList<EnvVar>();
    variables.add(Variables.of(SiteImages.SETTINGS, MODULE));
    variables.add(Variables.of(BASE, base(workload).orElse("")));
    variables.add(Variables.of(PATH, path(workload)));
    variables.addAll(settings.variables());
    return variables;
  }

  /** The module that the site gives itself, also where it is covered. */
  static Optional<String> base(Workload workload) {
    return workload
        .variable(SiteImages.SETTINGS)
        .flatMap(module -> module.equals(MODULE) ? workload.variable(BASE) : Optional.of(module));
  }

  /** Before what the site has there itself. */
  private static String path(Workload workload) {
    var own = workload.variable(PATH).orElse("");
    if (own.isEmpty() || own.equals(FOLDER)) {
      return FOLDER;
    }
    return own.startsWith(FOLDER + ":") ? own : FOLDER + ":" + own;
  }
}
