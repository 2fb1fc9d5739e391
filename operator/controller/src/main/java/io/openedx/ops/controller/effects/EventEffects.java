package io.openedx.ops.controller.effects;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.openedx.ops.controller.jobs.Labels;
import io.openedx.ops.controller.run.Action.EmitEvent;
import io.openedx.ops.controller.run.Hashes;
import io.openedx.ops.controller.run.RunId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Events: for whoever watches; nothing depends on them. */
final class EventEffects {
  private static final Logger LOG = Logger.getLogger(EventEffects.class);
  private static final DateTimeFormatter MICRO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int NOTE = 1_024;
  private static final int SUBRESOURCE_NAME = 253;

  private final KubernetesClient client;
  private final Clock clock;
  private final RunId run;

  EventEffects(KubernetesClient client, Clock clock, RunId run) {
    this.client = client;
    this.clock = clock;
    this.run = run;
  }

  /** An event that cannot be written must not hold the run. */
  void emit(EmitEvent event) {
    try {
      client.resource(event(event)).create();
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isConflict(e)) {
        LOG.warnf("event %s of %s was not written: %s", event.reason(), run.name(), e.getMessage());
      }
    }
  }

  private Event event(EmitEvent event) {
    return new EventBuilder()
        .withNewMetadata()
        .withName(name(event))
        .withNamespace(run.namespace())
        .endMetadata()
        .withEventTime(new MicroTime(MICRO.format(clock.instant())))
        .withReportingController(Labels.OPERATOR)
        .withReportingInstance(instance())
        .withAction("Reconcile")
        .withReason(event.reason())
        .withNote(note(event.note()))
        .withType(event.severity() == EmitEvent.Severity.WARNING ? "Warning" : "Normal")
        .withRegarding(regarding())
        .build();
  }

  /** A function of run, reason and key: an event that is there already is not written again. */
  private String name(EmitEvent event) {
    var id = Hashes.sha256(run.uid() + event.reason() + event.key()).substring(0, 10);
    var end = "." + event.reason().toLowerCase(Locale.ROOT) + "." + id;
    var start = run.name();
    var room = SUBRESOURCE_NAME - end.length();
    return (start.length() <= room ? start : start.substring(0, room)) + end;
  }

  private static String note(String note) {
    return note.length() <= NOTE ? note : note.substring(0, NOTE - 1) + "…";
  }

  private ObjectReference regarding() {
    return new ObjectReferenceBuilder()
        .withApiVersion(run.apiVersion())
        .withKind(run.kind())
        .withNamespace(run.namespace())
        .withName(run.name())
        .withUid(run.uid())
        .build();
  }

  private static String instance() {
    var host = System.getenv("HOSTNAME");
    return host == null || host.isEmpty() ? Labels.OPERATOR : host;
  }
}
