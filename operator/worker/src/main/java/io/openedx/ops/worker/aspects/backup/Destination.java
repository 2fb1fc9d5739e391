package io.openedx.ops.worker.aspects.backup;

import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Where ClickHouse writes a backup to. */
final class Destination {
  /** Instead of a disk's name: below the server's backups.allowed_path. */
  private static final String FILE = "File";

  private static final String ID = "accessKeyId";
  private static final String ACCESS = "secretAccessKey";

  /**
   * A place in a statement.
   *
   * @param sql may hold a secret key
   * @param shown the same for humans
   * @param told the same with the names of the keys where they are to be put
   * @param keys where they are; empty where none are needed
   */
  record Place(String sql, String shown, String told, String keys) {
    @Override
    public String toString() {
      return shown;
    }
  }

  private final SiteContext site;
  private final BackupTarget target;

  Destination(SiteContext site, BackupTarget target) {
    this.site = site;
    this.target = target;
  }

  Place of(String name) {
    var location = target.location() == null ? "" : target.location();
    if (target.method().equals("S3")) {
      return bucket(location.replaceAll("/+$", "") + "/" + name);
    }
    var sql =
        location.equals(FILE)
            ? "File(%s)".formatted(Names.text(name))
            : "Disk(%s, %s)".formatted(Names.text(location), Names.text(name));
    return new Place(sql, sql, sql, "");
  }

  /** Without a Secret the server's own credentials are used. */
  private Place bucket(String url) {
    var shown = "S3(%s)".formatted(Names.text(url));
    var secret = target.secret();
    if (secret == null) {
      return new Place(shown, shown, shown, "");
    }
    var id = key(secret, ID);
    var access = key(secret, ACCESS);
    site.redactor().learn(List.of(id, access));
    return new Place(
        bucket(url, id, access),
        shown,
        bucket(url, ID, ACCESS),
        "%s and %s are those of Secret %s.".formatted(ID, ACCESS, secret));
  }

  private static String bucket(String url, String id, String access) {
    return "S3(%s, %s, %s)".formatted(Names.text(url), Names.text(id), Names.text(access));
  }

  private String key(String secret, String name) {
    return site.kubectl()
        .find("secret", secret)
        .map(each -> Json.text(each, "data." + name))
        .filter(each -> !each.isEmpty())
        .map(each -> new String(Base64.getDecoder().decode(each), StandardCharsets.UTF_8))
        .orElseThrow(
            () ->
                new TaskFailure(
                    ExitCode.CONFIGURATION,
                    "MissingCredentials",
                    "Secret %s of spec.backup.clickhouse.credentialsSecretRef has no key %s. Fill it, then set a new spec.retryToken."
                        .formatted(secret, name)));
  }
}
