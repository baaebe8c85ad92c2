package io.pentameter.aggregation.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change as it is shown; what is not known is left out.
 *
 * @param kind    deploy, prompt, model, price, knowledge_base, incident, other
 * @param endedAt absent for a change that happened at one moment, or that still goes on
 * @param scope   to what it is confined, by dimension; empty for none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChangeView(
        String changeId,
        String kind,
        String title,
        Instant occurredAt,
        @Nullable Instant endedAt,
        Map<String, String> scope,
        Map<String, String> attributes) {}
