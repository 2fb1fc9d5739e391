package io.openedx.ops.testbed;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests an {@link InstalledOperator}, one per JVM, on the cluster of {@link Clusters}. */
public final class Operators implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == InstalledOperator.class;
  }

  @Override
  public InstalledOperator resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Operators.class))
        .computeIfAbsent(
            InstalledOperator.class,
            key -> InstalledOperator.in(Clusters.of(context)),
            InstalledOperator.class);
  }
}
