package io.openedx.ops.worker.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.openedx.ops.contract.CsmhOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of all containers that ran before this worker. */
public final class SiteAnswers {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final CsmhOrder.@Nullable Site site;
  private final Path folder;

  /**
   * @param site null where nobody was asked
   */
  public SiteAnswers(CsmhOrder.@Nullable Site site, Path folder) {
    this.site = site;
    this.folder = folder;
  }

  /** Whether the order is about a site at all. */
  public boolean asked() {
    return site != null;
  }

  /** Of the site as it was asked. */
  public String fingerprint() {
    return site == null ? "" : site.fingerprint();
  }

  /** Whether it is to read the old table, too. */
  public CsmhOrder.ReadOld readOld() {
    return site == null ? CsmhOrder.ReadOld.EITHER : site.readOld();
  }

  /** Whether it was asked without the settings that are laid over its own. */
  public boolean covered() {
    return site != null && site.covered();
  }

  /** One per workload that was asked, in order. */
  public List<SiteAnswer> all() {
    var answers = new ArrayList<SiteAnswer>();
    var workloads = site == null ? List.<String>of() : site.workloads();
    for (int number = 0; number < workloads.size(); number++) {
      answers.add(read(workloads.get(number), folder.resolve(number + ".json")));
    }
    return answers;
  }

  private static SiteAnswer read(String workload, Path file) {
    try {
      return JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), SiteAnswer.class);
    } catch (NoSuchFileException e) {
      return SiteAnswer.failed(workload, "its container left no answer");
    } catch (JsonProcessingException e) {
      return SiteAnswer.failed(workload, "its container left an answer that cannot be read");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
