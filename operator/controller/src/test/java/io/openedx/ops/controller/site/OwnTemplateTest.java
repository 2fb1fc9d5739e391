package io.openedx.ops.controller.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.api.v1alpha1.CredentialsRef;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.controller.story.LaidOver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the site had before an overlay is told from the template with it, and comes back. */
class OwnTemplateTest {
  private static final Overlay OVERLAY =
      new Overlay(
          new SiteSettings(
              new Endpoint("mysql-csmh", 3306, "edxapp_csmh", "Preferred"),
              new CredentialsRef("csmh-app", "username", "password"),
              true,
              false));

  @ParameterizedTest
  @ValueSource(strings = {"", "/site/python", "/site/python:/site/more"})
  void isWhatTheSiteMadeAndThePatchMakesItSo(String path) {
    var site = workload(path);
    var covered = patched(site, OVERLAY.patch("openedx", site));
    var own = new OwnTemplate(covered);

    assertThat(Overlay.covers(covered)).isTrue();
    assertThat(own.workload().template()).isEqualTo(site.template());
    assertThat(patched(covered, own.patch("openedx")).template()).isEqualTo(site.template());
  }

  @Test
  void isTheWorkloadItselfWhereNothingLiesOverIt() {
    var site = workload("/site/python");

    assertThat(new OwnTemplate(site).workload()).isSameAs(site);
  }

  @Test
  void whatManifestsLeaveBehindGoesToo() {
    var site = workload("");
    var covered = new Site(List.of(patched(site, OVERLAY.patch("openedx", site))), List.of());
    var left = LaidOver.manifestsApplied(covered).workloads().get(0);

    assertThat(Overlay.covers(left)).isFalse();
    assertThat(Overlay.touches(left)).isTrue();
    assertThat(patched(left, new OwnTemplate(left).patch("openedx")).template())
        .isEqualTo(site.template());
  }

  @Test
  void deletesByNameWhoeverOwnsIt() {
    var site = workload("");
    var patch = new OwnTemplate(patched(site, OVERLAY.patch("openedx", site))).patch("openedx");

    assertThat(Serialization.asJson(patch))
        .contains(
            "{\"name\":\"DJANGO_SETTINGS_MODULE\",\"value\":\"lms.envs.tutor.production\"}",
            "{\"name\":\"PYTHONPATH\",\"$patch\":\"delete\"}",
            "{\"name\":\"OPENEDX_OPS_CSMH_PASSWORD\",\"$patch\":\"delete\"}",
            "{\"mountPath\":\"/openedx-ops/settings\",\"$patch\":\"delete\"}",
            "\"volumes\":[{\"name\":\"openedx-ops-settings\",\"$patch\":\"delete\"}]")
        .doesNotContain("SERVICE_VARIANT", "openedx:1");
  }

  @Test
  void withoutTheSitesOwnModuleItHasNone() {
    var site = workload("");
    var covered = patched(site, OVERLAY.patch("openedx", site));
    covered
        .main()
        .getEnv()
        .removeIf(variable -> variable.getName().equals("OPENEDX_OPS_BASE_SETTINGS"));

    assertThat(new OwnTemplate(covered).workload().variable("DJANGO_SETTINGS_MODULE"))
        .as("Django does not start there, so nothing is taken away")
        .isEmpty();
  }

  @Test
  void cronJobsToo() {
    var site = workload("");
    var covered = patched(site, OVERLAY.patch("openedx", site)).template();
    var cronJob = new Workload("CronJob", "lms", covered, "lms", "", null);

    var patch = (CronJob) new OwnTemplate(cronJob).patch("openedx");

    assertThat(patch.getSpec().getJobTemplate().getSpec().getTemplate().getSpec().getVolumes())
        .extracting("name")
        .containsExactly("openedx-ops-settings");
  }

  private static Workload patched(Workload workload, HasMetadata fields) {
    return LaidOver.of(new Site(List.of(workload), List.of()), fields).workloads().get(0);
  }

  private static Workload workload(String path) {
    return new Workload("Deployment", "lms", template(path), "lms", "", null);
  }

  private static PodTemplateSpec template(String path) {
    var container =
        new PodTemplateSpecBuilder()
            .withNewSpec()
            .addNewContainer()
            .withName("lms")
            .withImage("openedx:1")
            .addNewEnv()
            .withName("SERVICE_VARIANT")
            .withValue("lms")
            .endEnv()
            .addNewEnv()
            .withName("DJANGO_SETTINGS_MODULE")
            .withValue("lms.envs.tutor.production")
            .endEnv();
    if (!path.isEmpty()) {
      container = container.addNewEnv().withName("PYTHONPATH").withValue(path).endEnv();
    }
    return container
        .addNewVolumeMount()
        .withName("settings")
        .withMountPath("/openedx/settings")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("settings")
        .withNewConfigMap()
        .withName("openedx-settings-lms-1")
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }
}
