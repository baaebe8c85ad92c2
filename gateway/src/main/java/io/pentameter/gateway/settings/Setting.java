package io.pentameter.gateway.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A setting as it is in force.
 *
 * @param version   0 if it was never set
 * @param changedAt absent if it was never set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Setting<T>(
        long version,
        @Nullable Instant changedAt,
        @JsonUnwrapped T value) {}
