package io.pentameter.gateway.vendor;

import java.util.List;
import java.util.Map;

/** Answers that are the same for everybody, as the clients of each vendor read them. */
final class VendorInfo {

    /**
     * Low enough that LangSmith's clients ask for nothing newer than what we serve: from 0.16 on they would.
     */
    private static final String LANGSMITH_VERSION = "0.12.0";

    /** Named to Langfuse's clients; a client of version 3 and later wants 3 or more. */
    private static final String LANGFUSE_VERSION = "3.100.0";

    private static final int LANGSMITH_BATCH_BYTES = 20_971_520;

    private VendorInfo() {}

    /** What LangSmith's clients ask before the first batch: how large, how compressed. */
    static Map<String, Object> langsmith() {
        return Map.of(
                "version",
                LANGSMITH_VERSION,
                "batch_ingest_config",
                Map.of(
                        "use_multipart_endpoint",
                        true,
                        "size_limit",
                        100,
                        "size_limit_bytes",
                        LANGSMITH_BATCH_BYTES,
                        "scale_up_qsize_trigger",
                        1000,
                        "scale_up_nthreads_limit",
                        16,
                        "scale_down_nempty_trigger",
                        4),
                "instance_flags",
                Map.of("gzip_body_enabled", true, "zstd_compression_enabled", true));
    }

    /**
     * What Datadog's tracers ask an agent, and LangSmith's clients a server without a path, in one. Without the proxy
     * among the endpoints a tracer would go to Datadog itself.
     */
    static Map<String, Object> agent() {
        Map<String, Object> answer = new java.util.TreeMap<>(langsmith());
        answer.put("endpoints", List.of("/v0.4/traces", "/v0.5/traces", "/evp_proxy/v2/", "/evp_proxy/v4/"));
        answer.put("client_drop_p0s", false);
        answer.put("config", Map.of("statsd_port", 0));
        return answer;
    }

    static Map<String, String> langfuseHealth() {
        return Map.of("status", "OK", "version", LANGFUSE_VERSION);
    }
}
