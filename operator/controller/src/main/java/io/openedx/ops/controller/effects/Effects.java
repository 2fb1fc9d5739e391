package io.openedx.ops.controller.effects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Carries actions out. Each is harmless when it is done twice, or by two leaders at once. */
public final class Effects {
  private static final Logger LOG = Logger.getLogger(Effects.class);

  private final RunId run;
  private final Function<Attempt, Job> template;
  private final JobEffects jobs;
  private final ConfigMapEffects configMaps;
  private final LeaseEffects leases;
  private final SiteEffects site;
  private final EventEffects events;

  /**
   * @param lockNamespace where the Leases of all targets lie
   * @param template how the run's kind makes a Job of an attempt
   */
  public Effects(
      KubernetesClient client,
      Clock clock,
      String lockNamespace,
      RunId run,
      Function<Attempt, Job> template) {
    this.run = run;
    this.template = template;
    this.jobs = new JobEffects(client, run);
    this.configMaps = new ConfigMapEffects(client, run);
    this.leases = new LeaseEffects(client, clock, lockNamespace, run);
    this.site = new SiteEffects(client);
    this.events = new EventEffects(client, clock, run);
  }

  /** All of them, in order; the first that fails ends it, and the next look decides anew. */
  public void apply(List<Action> actions) {
    actions.forEach(this::apply);
  }

  /**
   * The same for a run whose resource is to go.
   *
   * @return false when nothing can be made any more: the namespace goes, and the site with it
   */
  public boolean applyLast(List<Action> actions) {
    try {
      apply(actions);
      return true;
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isNamespaceGoing(e)) {
        throw e;
      }
      LOG.infof("%s/%s: its namespace is being deleted", run.namespace(), run.name());
      return false;
    }
  }

  private void apply(Action action) {
    if (action instanceof Action.EmitEvent event) {
      events.emit(event);
      return;
    }
    LOG.infof("%s/%s: %s", run.namespace(), run.name(), brief(action));
    if (action instanceof Action.CreateJob create) {
      jobs.create(template.apply(create.attempt()));
    } else if (action instanceof Action.SuspendJob suspend) {
      jobs.suspend(suspend.name());
    } else if (action instanceof Action.DeleteJob delete) {
      jobs.delete(delete.name());
    } else if (action instanceof Action.CreateLastJob create) {
      jobs.create(JobEffects.orphan(template.apply(create.attempt())));
    } else if (action instanceof Action.WriteText text) {
      configMaps.write(text);
    } else if (action instanceof Action.LayOver layOver) {
      site.layOver(layOver);
    } else if (action instanceof Action.TakeOff takeOff) {
      site.takeOff(takeOff);
    } else if (action instanceof Action.EnsureProgress) {
      configMaps.ensureProgress();
    } else if (action instanceof Action.PruneProgress prune) {
      configMaps.prune(prune.keys());
    } else if (action instanceof Action.AcquireLock lock) {
      leases.acquire(lock);
    } else if (action instanceof Action.ReleaseLock lock) {
      leases.release(lock.lease());
    }
  }

  private static String brief(Action action) {
    if (action instanceof Action.LayOver layOver) {
      return "LayOver" + named(layOver.fields());
    }
    if (action instanceof Action.TakeOff takeOff) {
      return "TakeOff" + named(takeOff.fields());
    }
    return action instanceof Action.WriteText text
        ? "WriteText[configMap=" + text.configMap() + "]"
        : action.toString();
  }

  private static String named(HasMetadata workload) {
    return "[%s/%s]".formatted(workload.getKind(), workload.getMetadata().getName());
  }
}
