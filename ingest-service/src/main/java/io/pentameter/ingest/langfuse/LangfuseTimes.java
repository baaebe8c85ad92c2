package io.pentameter.ingest.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.VendorTime;
import org.jspecify.annotations.Nullable;

/** Reads times of events and says which field is wrong. */
final class LangfuseTimes {

    private LangfuseTimes() {}

    static long required(JsonNode node, String field, VendorRequest request) {
        Long time = optional(node, field, request);
        if (time == null) {
            throw BadEventException.of(field + " must be a time in ISO 8601: (absent)");
        }
        return time;
    }

    static @Nullable Long optional(JsonNode node, String field, VendorRequest request) {
        if (!VendorJson.has(node, field)) {
            return null;
        }
        Long time = VendorTime.nanos(node.path(field));
        if (time == null) {
            throw BadEventException.of(field + " must be a time in ISO 8601: " + VendorJson.shown(node.path(field)));
        }
        if (!request.window().contains(time)) {
            throw new BadEventException(
                    RefusalReason.TIME_OUT_OF_RANGE,
                    field + " must be " + request.window().sentence() + ": " + VendorJson.shown(node.path(field)));
        }
        return time;
    }
}
