package io.openedx.ops.worker.aspects.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.ImageBuilder;
import io.openedx.ops.testbed.TestRun;
import io.openedx.ops.worker.aspects.LocalRunner;
import io.openedx.ops.worker.aspects.Orders;
import io.openedx.ops.worker.aspects.Sites;
import io.openedx.ops.worker.aspects.program.Redactor;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The real Tutor and the plugin's real Dockerfiles, docker with buildx, BuildKit, and a registry
 * that asks for a password. What a RUN would fetch is not there: the base images only say it.
 */
@Tag("full")
@Execution(ExecutionMode.SAME_THREAD)
class ImageBuildIT {
  private static final String TUTOR = "21.0.9";
  private static final String ASPECTS = "3.0.3";
  private static final String WRONG = "not-the-password-of-it";

  private static ImageBuilder builder;

  @TempDir private Path root;

  @BeforeAll
  static void make() {
    builder = ImageBuilder.start(TestRun.own("images"), TUTOR, ASPECTS);
  }

  @AfterAll
  static void remove() {
    builder.remove();
  }

  @Test
  void buildsAndPushesEveryImageUnderItsOwnTag() {
    var site = site(address(), builder.registry(), builder.password());
    build(site, "", "openedx", "aspects", "aspects-superset");
    for (var name : List.of("openedx", "aspects", "aspects-superset")) {
      assertThat(builder.digest("site/%s:3.0.3-1a2b3c4d".formatted(name))).startsWith("sha256:");
    }
  }

  @Test
  void aPushThatIsRefusedIsNoFailedBuild() {
    var failure = failure(site(address(), builder.registry(), WRONG), "", "aspects");
    assertThat(failure.reason()).isEqualTo("PushRefused");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure)
        .hasMessageStartingWith(
            "Image aspects was built, and %s/site did not take it: ".formatted(builder.registry()))
        .hasMessageContaining("the account is that of Secret push");
    assertThat(failure.getMessage() + failure.log()).doesNotContain(WRONG);
  }

  @Test
  void aStepThatFailsSaysWhich() {
    var failure =
        failure(
            site(address(), builder.registry(), builder.password()),
            "DBT_REPOSITORY: https://git.example.org/stand-in-fails\n",
            "aspects");
    assertThat(failure.reason()).isEqualTo("BuildFailed");
    assertThat(failure)
        .hasMessageStartingWith("Image aspects was not built: ")
        .hasMessageContaining("git.example.org/stand-in-fails")
        .hasMessageContaining("exit code: 7");
    assertThat(failure.log()).contains("stand-in: fails because it was asked to");
  }

  @Test
  void nobodyThere() {
    var failure = failure(site("tcp://127.0.0.1:1", builder.registry(), WRONG), "", "aspects");
    assertThat(failure.reason()).isEqualTo("BuilderUnreachable");
    assertThat(failure).hasMessageStartingWith("BuildKit at tcp://127.0.0.1:1 does not answer: ");
  }

  @Test
  void anAddressThatIsNone() {
    var failure = failure(site("nowhere://x", builder.registry(), WRONG), "", "aspects");
    assertThat(failure.reason()).isEqualTo("BuilderUnusable");
    assertThat(failure).hasMessageContaining("unrecognized url scheme nowhere");
  }

  @Test
  void aSecretForAnotherRegistryIsSaidBeforeAnythingIsBuilt() {
    var failure = failure(site(address(), "registry.example.org", WRONG), "", "aspects");
    assertThat(failure.reason()).isEqualTo("MissingCredentials");
    assertThat(failure)
        .hasMessageStartingWith(
            "Secret push of spec.images.pushSecretRef has credentials for registry.example.org and none for %s"
                .formatted(builder.registry()));
  }

  private static String address() {
    return "tcp://%s:%d".formatted(builder.host(), builder.port());
  }

  private TaskFailure failure(SiteContext site, String settings, String name) {
    var failure = catchThrowableOfType(TaskFailure.class, () -> build(site, settings, name));
    assertThat(failure).isNotNull();
    assertThat(failure).hasMessageEndingWith("set a new spec.retryToken.");
    return failure;
  }

  private void build(SiteContext site, String settings, String... names) {
    site.tutor()
        .configure(
            "PLUGINS: [aspects]\nLMS_HOST: lms.example.org\nCMS_HOST: studio.example.org\nENABLE_HTTPS: false\nEDX_PLATFORM_REPOSITORY: %s\n%s"
                .formatted(builder.repository(), settings));
    site.tutor().save(BuiltImages.settings(site.order(), List.of(names), "3.0.3"));
    new ImageBuild(site, LocalRunner.docker(TUTOR, ASPECTS, root)).run(List.of(names));
  }

  /**
   * A site that pushes to the builder's registry.
   *
   * @param registry which one the Secret is for
   */
  private SiteContext site(String address, String registry, String password) {
    var order =
        Orders.building(
            new AspectsOrder.Images(
                "Build", address, builder.registry() + "/site", "push", List.of()));
    return Sites.of(
        order,
        root,
        new Redactor(),
        new StopSignal(),
        LocalRunner.tutorWithDocker(TUTOR, ASPECTS),
        secret(registry, password));
  }

  /** A kubectl that knows one Secret. */
  private String secret(String registry, String password) {
    var auth = encoded(builder.account() + ":" + password);
    var config = "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry, auth);
    try {
      var script =
          Files.createTempFile(
              root,
              "kubectl",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(
          script,
          "#!/bin/sh\necho '{\"data\":{\".dockerconfigjson\":\"%s\"}}'\n"
              .formatted(encoded(config)));
      return script.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
