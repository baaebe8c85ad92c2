package io.pentameter.acceptance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SDKs that {@link ClientsStory} runs, unmodified, and what each is told: an URL and a key, and what switches it on.
 * What arrives of each stands in {@code src/test/clients/expected}.
 */
enum SdkClient {
    OTEL_PROTO("otel", "@opentelemetry/sdk-node", "@opentelemetry/instrumentation-openai") {
        @Override
        Map<String, String> settings(String url, String key) {
            return otlp(url, key, "http/protobuf");
        }
    },
    OTEL_JSON("otel", "@opentelemetry/sdk-node", "@opentelemetry/instrumentation-openai") {
        @Override
        Map<String, String> settings(String url, String key) {
            return otlp(url, key, "http/json");
        }
    },
    OTEL_GRPC("otel", "@opentelemetry/sdk-node", "@opentelemetry/instrumentation-openai") {
        @Override
        Map<String, String> settings(String url, String key) {
            return otlp(url, key, "grpc");
        }
    },
    OPENINFERENCE("openinference", "@arizeai/openinference-instrumentation-openai") {
        @Override
        Map<String, String> settings(String url, String key) {
            return otlp(url, key, "http/protobuf");
        }
    },
    TRACELOOP("traceloop", "@traceloop/node-server-sdk") {
        @Override
        Map<String, String> settings(String url, String key) {
            return Map.of("TRACELOOP_BASE_URL", url, "TRACELOOP_API_KEY", key);
        }
    },
    VERCEL_AI("vercel", "ai", "@ai-sdk/openai") {
        @Override
        Map<String, String> settings(String url, String key) {
            return otlp(url, key, "http/protobuf");
        }
    },
    LANGFUSE_3("langfuse3", "langfuse") {
        @Override
        Map<String, String> settings(String url, String key) {
            return Map.of("LANGFUSE_BASEURL", url, "LANGFUSE_SECRET_KEY", key, "LANGFUSE_PUBLIC_KEY", "pk-lf-any");
        }
    },
    LANGFUSE_5("langfuse5", "@langfuse/otel", "@langfuse/openai", "@langfuse/client") {
        @Override
        Map<String, String> settings(String url, String key) {
            return Map.of("LANGFUSE_BASE_URL", url, "LANGFUSE_SECRET_KEY", key, "LANGFUSE_PUBLIC_KEY", "pk-lf-any");
        }
    },
    LANGSMITH("langsmith", "langsmith") {
        @Override
        Map<String, String> settings(String url, String key) {
            return Map.of(
                    "LANGSMITH_ENDPOINT", url + "/langsmith", "LANGSMITH_API_KEY", key, "LANGSMITH_TRACING", "true");
        }
    },
    DATADOG("datadog", "dd-trace") {
        @Override
        Map<String, String> settings(String url, String key) {
            return Map.of(
                    "DD_TRACE_AGENT_URL", url,
                    "DD_LLMOBS_ENABLED", "1",
                    "DD_INSTRUMENTATION_TELEMETRY_ENABLED", "false",
                    "DD_REMOTE_CONFIGURATION_ENABLED", "false");
        }
    },
    HELICONE("helicone", "@helicone/helpers") {
        @Override
        Map<String, String> settings(String url, String key) {
            return Map.of("loggingEndpoint", url + "/custom/v1/log", "apiKey", key);
        }
    };

    private final String script;
    /** With blanks between: an enum must not change, and a list might. */
    private final String packages;

    SdkClient(String script, String... packages) {
        this.script = script;
        this.packages = String.join(" ", packages);
    }

    /** What is set so that it sends here; the page shows it. */
    abstract Map<String, String> settings(String url, String key);

    /** Its name in the page, and of the file that says what arrives. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Below {@code src/test/clients}. */
    String script() {
        return script + ".js";
    }

    /** The npm packages, the most telling first. */
    List<String> packages() {
        return List.of(packages.split(" ", -1));
    }

    /** Where it sends to, by the name that the address has in {@code demo.env} and, without prefix, in the page. */
    String addressFact() {
        return switch (this) {
            case DATADOG -> "PENTAMETER_DATADOG_AGENT_URL";
            case OTEL_GRPC -> "PENTAMETER_GRPC_URL";
            default -> "PENTAMETER_URL";
        };
    }

    /** The word for that address in the page. */
    String addressWord() {
        return switch (this) {
            case DATADOG -> "AGENT";
            case OTEL_GRPC -> "GRPC";
            default -> "URL";
        };
    }

    static List<String> words() {
        return Arrays.stream(values()).map(SdkClient::word).toList();
    }

    private static Map<String, String> otlp(String url, String key, String protocol) {
        return new TreeMap<>(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                url,
                "OTEL_EXPORTER_OTLP_HEADERS",
                "x-api-key=" + key,
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                protocol,
                "OTEL_LOGS_EXPORTER",
                "otlp",
                "OTEL_METRICS_EXPORTER",
                "otlp"));
    }
}
