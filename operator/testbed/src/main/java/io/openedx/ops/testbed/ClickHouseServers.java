package io.openedx.ops.testbed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the servers they ask for by a parameter {@code @Named("events") ClickHouseServer}.
 * One server per name and JVM; all are removed when the last test is over.
 */
public final class ClickHouseServers implements ParameterResolver {
  /** Which server. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  public @interface Named {
    /** Its name; those of one test module must not meet those of another. */
    String value();
  }

  private record Running(ClickHouseServer server) implements AutoCloseable {
    @Override
    public void close() {
      server.remove();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ClickHouseServer.class
        && parameter.isAnnotated(Named.class);
  }

  @Override
  public ClickHouseServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var named = parameter.findAnnotation(Named.class).orElseThrow();
    var name = TestRun.own(named.value());
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ClickHouseServers.class))
        .computeIfAbsent(name, key -> new Running(ClickHouseServer.start(key)), Running.class)
        .server();
  }
}
