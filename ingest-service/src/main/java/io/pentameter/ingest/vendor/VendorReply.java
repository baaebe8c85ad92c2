package io.pentameter.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** An answer in a vendor's words. */
public record VendorReply(int status, String body) {

    public static final String JSON = "application/json";

    public static VendorReply of(int status, JsonNode body) {
        return new VendorReply(status, body.toString());
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
