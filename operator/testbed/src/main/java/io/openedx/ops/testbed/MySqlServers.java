package io.openedx.ops.testbed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the servers they ask for by a parameter {@code @Named("source") MySqlServer}. One
 * server per name and JVM; all are removed when the last test is over.
 */
public final class MySqlServers implements ParameterResolver {
  /** Which server. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  public @interface Named {
    /** Its name; those of one test module must not meet those of another. */
    String value();

    /** Flags for mysqld; they count when the server is started for the first time. */
    String[] flags() default {};
  }

  private record Running(MySqlServer server) implements AutoCloseable {
    @Override
    public void close() {
      server.remove();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MySqlServer.class
        && parameter.isAnnotated(Named.class);
  }

  @Override
  public MySqlServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var named = parameter.findAnnotation(Named.class).orElseThrow();
    var name = TestRun.own(named.value());
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(MySqlServers.class))
        .computeIfAbsent(
            name, key -> new Running(MySqlServer.start(key, named.flags())), Running.class)
        .server();
  }
}
