package io.openedx.ops.controller.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.openedx.ops.controller.run.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What runs the site's image in its namespace.
 *
 * @param workloads by kind and name; what the selector names, and all else of the same image
 * @param stragglers pods of that image that are of no workload's newest template, and why
 */
public record Site(List<Workload> workloads, List<String> stragglers) {
  /** Of a run that does not know the site. */
  public static final Site NONE = new Site(List.of(), List.of());

  private static final int NAMED = 5;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  public Site {
    workloads = List.copyOf(workloads);
    stragglers = List.copyOf(stragglers);
  }

  /**
   * Another one as soon as a template changes, and also when it has changed back unseen: then
   * whatever was proven of the site is in doubt.
   */
  public String fingerprint() {
    return Hashes.sha256(
            workloads.stream()
                .map(each -> each.id() + each.revision() + json(each.template()))
                .collect(Collectors.joining("\n")))
        .substring(0, 16);
  }

  /** Why old processes may still run; empty when all are of the newest templates. */
  public Optional<String> unsettled() {
    var why = new ArrayList<String>();
    for (var workload : workloads) {
      if (workload.unsettled() != null) {
        why.add(workload.id() + ": " + workload.unsettled());
      }
    }
    why.addAll(stragglers);
    if (why.isEmpty()) {
      return Optional.empty();
    }
    var more = why.size() > NAMED ? " and %d more".formatted(why.size() - NAMED) : "";
    return Optional.of(String.join("; ", why.subList(0, Math.min(NAMED, why.size()))) + more);
  }

  /** Whether anything is left in it of settings laid over its own. */
  public boolean touched() {
    return workloads.stream().anyMatch(Overlay::touches);
  }

  /** As it would be without them. */
  public Site own() {
    return new Site(
        workloads.stream().map(each -> new OwnTemplate(each).workload()).toList(), stragglers);
  }

  /** What takes them away, one patch for each workload that has any. */
  public List<HasMetadata> ownAgain(String namespace) {
    return workloads.stream()
        .filter(Overlay::touches)
        .map(each -> new OwnTemplate(each).patch(namespace))
        .toList();
  }

  /** Where the platform's own functions are asked: an LMS. */
  public Optional<Workload> lms() {
    return workloads.stream()
        .filter(Workload::isLms)
        .filter(each -> each.kind().equals("Deployment"))
        .findFirst();
  }

  private static String json(Object template) {
    try {
      return JSON.writeValueAsString(template);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a template must be writable", e);
    }
  }
}
