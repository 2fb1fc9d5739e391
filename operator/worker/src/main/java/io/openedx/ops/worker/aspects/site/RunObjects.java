package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.worker.aspects.program.Json;

/** Names and owners of what a run makes in the site's namespace. */
public final class RunObjects {
  private RunObjects() {}

  /** The run's name without its namespace. */
  public static String run(AspectsOrder order) {
    var name = order.runName();
    return name.substring(name.indexOf('/') + 1);
  }

  /** Tells a run's objects from those of an earlier run of the same name. */
  public static String uidPrefix(AspectsOrder order) {
    var uid = order.runUid().replace("-", "");
    return uid.substring(0, Math.min(8, uid.length()));
  }

  /** The beginning of an object that goes when the AspectsUpgrade is deleted. */
  public static ObjectNode owned(AspectsOrder order, String api, String kind, String name) {
    var object = begun(order, api, kind, name);
    ((ObjectNode) object.get("metadata"))
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "ops.openedx.io/v1alpha1")
        .put("kind", "AspectsUpgrade")
        .put("name", run(order))
        .put("uid", order.runUid());
    return object;
  }

  /** The beginning of an object that stays when the AspectsUpgrade is deleted. */
  public static ObjectNode begun(AspectsOrder order, String api, String kind, String name) {
    var object = Json.object();
    object.put("apiVersion", api).put("kind", kind);
    var metadata = object.putObject("metadata");
    metadata.put("name", name).put("namespace", order.namespace());
    metadata.putObject("labels").put("ops.openedx.io/made-by", run(order));
    return object;
  }
}
