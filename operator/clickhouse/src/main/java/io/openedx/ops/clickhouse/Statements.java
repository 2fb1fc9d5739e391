package io.openedx.ops.clickhouse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/** Runs what a request asks for, in a session of its own or in the one that it names. */
final class Statements implements AutoCloseable {
  /** An INSERT's statement is shorter than this, its data need not be. */
  private static final int HEAD = 1 << 16;

  private final Engine engine;
  private final Sessions sessions;

  Statements(Engine engine) {
    this.engine = engine;
    sessions = new Sessions(engine);
  }

  /** A statement's result, and its beginning as it was sent. */
  record Done(Result result, String beginning) implements AutoCloseable {
    @Override
    public void close() {
      result.close();
    }
  }

  /** The session is free again before the answer goes out: the caller may come back at once. */
  Done run(Request request) throws IOException, Refused {
    var text = request.sqlInUrl();
    var inUrl = (text.isEmpty() ? "" : text + "\n").getBytes(StandardCharsets.UTF_8);
    var statement = join(inUrl, 0, request.body());
    var head = statement.readNBytes(HEAD);
    return new Done(inSession(request, head, statement), new String(head, StandardCharsets.UTF_8));
  }

  private Result inSession(Request request, byte[] head, InputStream rest)
      throws IOException, Refused {
    var id = request.session();
    if (id.isEmpty()) {
      try (var session = engine.connect()) {
        return run(request, head, rest, session);
      }
    }
    var session = sessions.take(id, request.is("session_check"));
    try {
      return run(request, head, rest, session);
    } finally {
      sessions.giveBack(id, request.sessionTimeoutSeconds());
    }
  }

  private static Result run(Request request, byte[] head, InputStream rest, Session session)
      throws IOException, Refused {
    if (!request.database().isEmpty()) {
      session.query(Sql.use(request.database())).close();
    }
    if (!request.settings().isEmpty()) {
      session.query(Sql.set(request.settings())).close();
    }
    var insert = InsertHead.of(head);
    if (insert == null || request.readOnly() || !request.parameters().isEmpty()) {
      var sql = join(head, 0, rest).readAllBytes();
      session.check(sql, request.readOnly());
      return session.query(sql, request.defaultFormat(), request.parameters());
    }
    try (var rows = session.insert(insert.sql(), insert.format())) {
      return rows.all(join(head, insert.dataAt(), rest));
    }
  }

  private static InputStream join(byte[] head, int from, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(head, from, head.length - from), rest);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
