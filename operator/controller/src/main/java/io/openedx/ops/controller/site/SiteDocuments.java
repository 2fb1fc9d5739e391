package io.openedx.ops.controller.site;

import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.controller.run.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * What containers of the site's image run, and what the site is asked to make its own: one
 * ConfigMap per run. It holds no password.
 */
public final class SiteDocuments {
  static final String FOLDER = "/openedx-ops/program";
  static final String PROGRAM = FOLDER + "/openedx_ops_site.py";

  /** The plugin's file. */
  public static final String PLUGIN = "csmh.yml";

  private SiteDocuments() {}

  public static String configMap(String run) {
    return run + "-site";
  }

  /** All of it. */
  public static Action.WriteText of(String run, Endpoint target) {
    return new Action.WriteText(
        configMap(run),
        Map.of(
            "openedx_ops_site.py",
            text("openedx_ops_site.py"),
            "openedx_ops_settings.py",
            text("openedx_ops_settings.py"),
            PLUGIN,
            filled(text(PLUGIN), target),
            "settings.py",
            filled(text("settings.py"), target)),
        false);
  }

  /** What workloads under an {@link Overlay} mount. */
  public static Action.WriteText overlay() {
    return new Action.WriteText(
        Overlay.CONFIG_MAP,
        Map.of("openedx_ops_settings.py", text("openedx_ops_settings.py")),
        true);
  }

  private static String filled(String text, Endpoint target) {
    return text.replace("@HOST@", target.host())
        .replace("@PORT@", Integer.toString(target.port()))
        .replace("@DATABASE@", target.database());
  }

  private static String text(String file) {
    try (var stream = SiteDocuments.class.getResourceAsStream("/site/" + file)) {
      return new String(
          Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
