package io.pentameter.ingest.dialect;

import java.util.List;

/**
 * A family of attribute names. Declared in the order in which they name a span that uses several.
 *
 * <p>A span speaks a dialect if it has an attribute that {@link Field} names for it, or one that begins with one of its
 * marks. Names and kinds of spans say nothing.
 */
public enum Dialect {
    /** Of vendors' own protocols; what the conventions have no name for begins like this. */
    DATADOG("datadog", "Datadog LLM Observability (its own protocol)", "datadog."),
    HELICONE("helicone", "Helicone's logger (its own protocol)", "helicone."),
    BEDROCK("bedrock", "AWS Bedrock's model invocation log", "bedrock."),
    LANGFUSE("langfuse", "Langfuse SDKs 4 and 5 (OpenTelemetry)", "langfuse."),
    LANGSMITH("langsmith", "LangSmith in OpenTelemetry mode", "langsmith."),
    VERCEL(
            "vercel",
            "Vercel AI SDK 4 to 7 (7: with its legacy integration; its default one is genai)",
            "ai.operationId",
            "ai.model.",
            "ai.usage.",
            "ai.settings.",
            "ai.telemetry.",
            "ai.prompt",
            "ai.response.",
            "ai.toolCall."),
    MLFLOW("mlflow", "MLflow 3 tracing", "mlflow."),
    OPENINFERENCE(
            "openinference",
            "OpenInference 2.12 (Arize, Phoenix)",
            "openinference.",
            "llm.token_count.",
            "llm.input_messages.",
            "llm.output_messages."),
    OPENLLMETRY("openllmetry", "OpenLLMetry up to 0.27 (Traceloop)", "traceloop."),
    PYDANTIC_AI(
            "pydantic_ai",
            "pydantic-ai, all versions of its instrumentation, and Logfire",
            "pydantic_ai.",
            "logfire.",
            "all_messages_events",
            "gen_ai.aggregated_usage."),
    OPENLIT(
            "openlit",
            "OpenLIT up to 1.15",
            "openlit.",
            "gen_ai.sdk.version",
            "gen_ai.request.is_stream",
            "gen_ai.application_name"),
    GENAI("genai", "OpenTelemetry GenAI conventions: current, proposed and deprecated names", "gen_ai."),
    /** General conventions, and our own {@code pentameter.*}: they say nothing about who made the span. */
    OTEL("otel", "General OpenTelemetry conventions and `pentameter.*`");

    private final String word;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of strings
    private final List<String> marks;

    Dialect(String word, String title, String... marks) {
        this.word = word;
        this.title = title;
        this.marks = List.of(marks);
    }

    /** The word in records, for example {@code genai}. */
    public String word() {
        return word;
    }

    /** What it is, for readers. */
    String title() {
        return title;
    }

    /** Beginnings of attribute names that only this dialect has. */
    List<String> marks() {
        return marks;
    }

    @SuppressWarnings("EnumOrdinal") // a bit of a set within this program, never stored
    int bit() {
        return 1 << ordinal();
    }

    /** The dialects that an attribute name tells of by how it begins. */
    static int bitsOf(String name) {
        for (Dialect dialect : ALL) {
            for (String mark : dialect.marks) {
                if (name.startsWith(mark)) {
                    return dialect.bit();
                }
            }
        }
        return 0;
    }

    /** The most specific dialect of those whose bits are set. */
    static Dialect ofBits(int bits) {
        for (Dialect dialect : ALL) {
            if ((bits & dialect.bit()) != 0) {
                return dialect;
            }
        }
        return OTEL;
    }

    private static final Dialect[] ALL = values();
}
