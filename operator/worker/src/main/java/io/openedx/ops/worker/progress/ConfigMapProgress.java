package io.openedx.ops.worker.progress;

import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkerState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state as this pod's own key of the progress ConfigMap. A JSON merge patch of one key needs
 * the verb patch on that one object and meets no other pod's key.
 */
public final class ConfigMapProgress implements StateSink {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigMapProgress.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration COMPLAIN_EVERY = Duration.ofMinutes(1);

  /**
   * Which key of which object.
   *
   * @param key {@code <jobName>.<index>}
   */
  public record Place(String namespace, String configMap, String key) {
    String path() {
      return "/api/v1/namespaces/%s/configmaps/%s".formatted(namespace, configMap);
    }
  }

  private final ServiceAccount account;
  private final Place place;
  private final Clock clock;
  private @Nullable HttpClient client;
  private Instant complainNext = Instant.EPOCH;

  public ConfigMapProgress(ServiceAccount account, Place place, Clock clock) {
    this.account = account;
    this.place = place;
    this.clock = clock;
  }

  @Override
  public void write(WorkerState state) {
    try {
      var response = client().send(request(state), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        complain("status=%d body=%s".formatted(response.statusCode(), cut(response.body())));
      }
    } catch (IOException | GeneralSecurityException e) {
      complain("error=" + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(WorkerState state) throws IOException {
    var patch = Wire.write(Map.of("data", Map.of(place.key(), Wire.write(state))));
    return HttpRequest.newBuilder(account.api().resolve(place.path()))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + account.token())
        .header("Content-Type", "application/merge-patch+json")
        .method("PATCH", BodyPublishers.ofString(patch))
        .build();
  }

  /** Made at the first use: a CA file that cannot be read is a complaint, not the end. */
  private HttpClient client() throws IOException, GeneralSecurityException {
    if (client == null) {
      var builder =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
      client =
          "https".equals(account.api().getScheme())
              ? builder.sslContext(ClusterTrust.of(account.ca())).build()
              : builder.build();
    }
    return client;
  }

  private void complain(String details) {
    var now = clock.instant();
    if (now.isBefore(complainNext)) {
      return;
    }
    complainNext = now.plus(COMPLAIN_EVERY);
    LOG.warn(
        "progress not written configMap={} key={} {}", place.configMap(), place.key(), details);
  }

  private static String cut(String body) {
    return body.length() <= 300 ? body : body.substring(0, 300) + "…";
  }
}
