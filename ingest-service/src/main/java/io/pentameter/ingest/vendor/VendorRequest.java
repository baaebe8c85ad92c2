package io.pentameter.ingest.vendor;

import io.pentameter.ingest.intake.Sender;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request without its body.
 *
 * @param window     the times that it may name
 * @param parameters of the path, by name, decoded
 * @param headers    first value of each, by name in lower case, in the order sent
 * @param query      first value of each parameter of the query, by name
 */
public record VendorRequest(
        Sender sender,
        Instant now,
        Window window,
        Map<String, String> parameters,
        Map<String, String> headers,
        Map<String, String> query) {

    public VendorRequest {
        parameters = Map.copyOf(parameters);
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Map.copyOf(query);
    }

    /** Value of a header, empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** Value of a path parameter that the route has. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
