package io.openedx.ops.contract;

/**
 * A database on a MySQL server. User and password are not part of it: they reach the pod as
 * environment variables {@code <ROLE>_USERNAME} and {@code <ROLE>_PASSWORD} (SOURCE, REPLICA,
 * TARGET, APPLICATION; FOLLOWER_0 and so on), the CA as a file in {@link Environment#CA_FOLDER}.
 *
 * @param database empty where only the server is asked
 * @param tlsMode one of Disabled, Preferred, Required, VerifyCa, VerifyIdentity
 */
public record Endpoint(String host, int port, String database, String tlsMode) {}
