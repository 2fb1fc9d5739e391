package io.openedx.ops.clickhouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The engine's configuration, written into the data folder at every start. The account is known to
 * the engine, too: dictionaries name it and its password as their source's.
 */
final class Configuration {
  private final Path folder;

  private Configuration(Path folder) {
    this.folder = folder;
  }

  static Configuration write(Path data, Account account) throws IOException {
    var configuration = new Configuration(data.resolve("config"));
    configuration.writeFiles(data.resolve("backups"), account);
    return configuration;
  }

  Path file() {
    return folder.resolve("config.xml");
  }

  private void writeFiles(Path backups, Account account) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    var users = folder.resolve("users.xml");
    // BACKUP .. TO File('name') and TO Disk('backups', 'name') go below the data folder
    Files.writeString(
        file(),
        """
        <clickhouse>
          <users_config>%s</users_config>
          <backups><allowed_path>%s</allowed_path><allowed_disk>backups</allowed_disk></backups>
          <storage_configuration><disks><backups>
            <type>local</type><path>%s/</path>
          </backups></disks></storage_configuration>
        </clickhouse>
        """
            .formatted(users, backups, backups));
    Files.writeString(
        users,
        """
        <clickhouse>
          <profiles><default/></profiles>
          <quotas><default/></quotas>
          <users>
        %s%s  </users>
        </clickhouse>
        """
            .formatted(
                user("default", ""),
                account.user().equals("default") ? "" : user(account.user(), account.password())));
  }

  private static String user(String name, String password) {
    return """
        <%s>
          <password>%s</password>
          <networks><ip>::/0</ip></networks>
          <profile>default</profile>
          <quota>default</quota>
        </%s>
    """
        .formatted(name, escaped(password), name);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
