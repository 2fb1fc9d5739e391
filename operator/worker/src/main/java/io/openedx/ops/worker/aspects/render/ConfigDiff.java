package io.openedx.ops.worker.aspects.render;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code config save} made of config.yml. A secret that it changed, or that it made up because
 * the site's own was missing, would be rotated by init: then dashboards, Ralph and the LMS lose
 * their access, and Superset can no longer read the passwords that it stores.
 *
 * @param added names of keys that are new
 * @param changed names of keys with another value
 */
record ConfigDiff(Set<String> added, Set<String> changed) {
  private static final List<String> OURS =
      List.of("ASPECTS_", "CLICKHOUSE_", "RALPH_", "SUPERSET_");

  static ConfigDiff of(SiteConfig before, SiteConfig after) {
    var added = new TreeSet<String>();
    var changed = new TreeSet<String>();
    after
        .values()
        .forEach(
            (name, value) -> {
              if (!before.has(name)) {
                added.add(name);
              } else if (!value.equals(before.values().get(name))) {
                changed.add(name);
              }
            });
    before.values().keySet().stream().filter(each -> !after.has(each)).forEach(changed::add);
    return new ConfigDiff(added, changed);
  }

  /** Tutor may write the same in another order. */
  boolean empty() {
    return added.isEmpty() && changed.isEmpty();
  }

  /** Fails if a secret did not survive. */
  void requireSecretsUnchanged(SiteConfig after) {
    var lost = changed.stream().filter(SiteConfig::secret).toList();
    if (!lost.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "SecretChanged",
          "Rendering with the new version would change %s in config.yml: init would rotate it and the site lose access. Nothing was written back. Find out what sets it (an environment variable TUTOR_… of the runner image, a plugin), then set a new spec.retryToken."
              .formatted(String.join(", ", lost)));
    }
    var made = new ArrayList<String>();
    for (var name : added) {
      if (SiteConfig.secret(name)
          && !after.text(name).isEmpty()
          && OURS.stream().anyMatch(name::startsWith)) {
        made.add(name);
      }
    }
    if (!made.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "SecretMissing",
          "config.yml lacks %s, so Tutor made up new values: init would rotate what the site uses now. Nothing was written back. Use the complete config.yml of the Tutor root that this site was made with, then set a new spec.retryToken."
              .formatted(String.join(", ", made)));
    }
  }
}
