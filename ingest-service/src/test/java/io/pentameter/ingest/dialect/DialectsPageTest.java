package io.pentameter.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.ingest.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/reference/dialects.md says what the mapping table says. */
class DialectsPageTest {

    @Test
    void thePageIsMadeFromTheTable() {
        Page.mustBe("dialects.md", page());
    }

    @Test
    void noAttributeStandsTwiceInOneField() {
        for (Field field : Field.values()) {
            List<String> names = field.sources().stream()
                    .map(source -> source.names().getFirst())
                    .toList();
            assertThat(names).as("%s", field).doesNotHaveDuplicates();
        }
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Dialects

                Which attribute of which client fills which field of the canonical span. Made from `dialect.Field`, `dialect.Dialect` and
                `dialect.SpanKinds` by `DialectsPageTest`, which fails while this page is stale.

                A span is read by its attributes alone, whatever dialects are mixed in it; neither its name nor its OpenTelemetry kind
                counts. For each field the first attribute in the list that the span has, and that is not empty, fills it.
                `name#member` is a member of an attribute that holds a JSON object. Attributes that fill no field are kept by name, and so are
                attributes with members. Names are matched exactly.

                ## Dialects

                The word of a span's dialect in records is that of the first in this list that the span shows, by an attribute below
                whose name is the dialect's own, or by one that begins with a mark.

                | word | what | marks |
                |---|---|---|
                """);
        for (Dialect dialect : Dialect.values()) {
            page.append("| `%s` | %s | %s |%n".formatted(dialect.word(), dialect.title(), coded(dialect.marks())));
        }
        page.append("""

                ## Fields

                | field | filled by, the preferred first |
                |---|---|
                """);
        for (Field field : Field.values()) {
            List<String> names = new ArrayList<>();
            Dialect dialect = null;
            for (Source source : field.sources()) {
                String name = "`" + source.names().getFirst() + "`";
                names.add(source.dialect() == dialect ? name : source.dialect().word() + ": " + name);
                dialect = source.dialect();
            }
            page.append("| %s | %s |%n"
                    .formatted(field.name().toLowerCase(Locale.ROOT).replace('_', ' '), String.join(", ", names)));
        }
        page.append("""

                ## Kinds

                The kind of a step by the word with which its dialect names it. Of several the first counts: `ai.operationId`,
                `openinference.span.kind`, `langfuse.observation.type`, `langsmith.span.kind`, `mlflow.spanType`, `gen_ai.operation.name`,
                `llm.request.type`, `traceloop.span.kind`. A span without `gen_ai.operation.name` that has the messages or the result of a
                pydantic-ai run is an agent, one that names a tool and counts no tokens is a tool, and one that names a model and counts tokens
                is a model call. Everything else is `other`.

                | kind | words |
                |---|---|
                """);
        kinds().forEach((kind, words) -> page.append("| %s | %s |%n".formatted(kind, words)));
        page.append("""

                Only model calls, embeddings and rerankings own usage: [decision 0009](../decisions/0009-usage-is-counted-once.md).

                Prompts and outputs that are spread over attributes are put together again: `gen_ai.prompt.{i}.*`,
                `gen_ai.completion.{i}.*`, `llm.input_messages.{i}.*`, `llm.output_messages.{i}.*`, `retrieval.documents.{i}.document.*`,
                `reranker.output_documents.{i}.*`. Vectors (`*.embedding.vector`, `ai.embedding`, `ai.embeddings`) are not kept.
                """);
        return page.toString();
    }

    private static String coded(List<String> names) {
        return names.stream().map(name -> "`" + name + "*`").collect(Collectors.joining(", "));
    }

    /** What each word in a sample of all that are known gives, asked of the code itself. */
    private static Map<String, String> kinds() {
        Map<Field, List<String>> words = Map.of(
                Field.OPERATION,
                List.of(
                        "chat",
                        "generate_content",
                        "text_completion",
                        "completion",
                        "responses",
                        "call_llm",
                        "image",
                        "audio",
                        "embeddings",
                        "retrieval",
                        "search_memory",
                        "vectordb",
                        "execute_tool",
                        "invoke_agent",
                        "create_agent",
                        "agent_step",
                        "plan",
                        "agent",
                        "execute_task",
                        "invoke_workflow",
                        "chain",
                        "workflow",
                        "framework",
                        "rerank",
                        "guardrail",
                        "evaluation",
                        "create_memory",
                        "delete_memory_store"),
                Field.OPENINFERENCE_KIND,
                List.of(
                        "LLM",
                        "EMBEDDING",
                        "RETRIEVER",
                        "RERANKER",
                        "TOOL",
                        "AGENT",
                        "CHAIN",
                        "GUARDRAIL",
                        "EVALUATOR",
                        "PROMPT"),
                Field.VERCEL_OPERATION,
                List.of(
                        "ai.generateText",
                        "ai.generateText.doGenerate",
                        "ai.streamText",
                        "ai.streamText.doStream",
                        "ai.embed",
                        "ai.embed.doEmbed",
                        "ai.toolCall"),
                Field.LANGFUSE_TYPE,
                List.of(
                        "span",
                        "generation",
                        "event",
                        "agent",
                        "tool",
                        "chain",
                        "retriever",
                        "evaluator",
                        "embedding",
                        "guardrail"),
                Field.LANGSMITH_KIND,
                List.of("llm", "chain", "tool", "retriever", "embedding", "prompt", "parser"),
                Field.MLFLOW_TYPE,
                List.of(
                        "CHAT_MODEL",
                        "LLM",
                        "EMBEDDING",
                        "RETRIEVER",
                        "RERANKER",
                        "TOOL",
                        "AGENT",
                        "CHAIN",
                        "GUARDRAIL",
                        "EVALUATOR"),
                Field.OPENLLMETRY_REQUEST_TYPE,
                List.of("chat", "completion", "embedding", "rerank"),
                Field.OPENLLMETRY_KIND,
                List.of("workflow", "task", "agent", "tool"));
        Map<String, Map<String, List<String>>> byKind = new TreeMap<>();
        words.forEach((field, list) -> {
            String attribute = field.sources().getFirst().names().getFirst();
            for (String word : list) {
                Attributes attributes = new Attributes(4);
                attributes.add(new NameTable().find(attribute), word);
                String kind = SpanKinds.of(Reading.of(attributes))
                        .name()
                        .replace("SPAN_KIND_", "")
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ');
                byKind.computeIfAbsent(kind, _ -> new TreeMap<>())
                        .computeIfAbsent(attribute, _ -> new ArrayList<>())
                        .add("`" + word + "`");
            }
        });
        Map<String, String> rows = new TreeMap<>();
        byKind.forEach((kind, byAttribute) -> rows.put(
                kind,
                byAttribute.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + String.join(" ", entry.getValue()))
                        .collect(Collectors.joining(" · "))));
        return rows;
    }
}
