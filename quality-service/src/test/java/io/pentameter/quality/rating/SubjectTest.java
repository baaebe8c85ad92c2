package io.pentameter.quality.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanRecord;
import org.junit.jupiter.api.Test;

class SubjectTest {

    @Test
    void theAnswerIsTheTextOfTheMessages() {
        Subject subject = of("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"reasoning\",\"content\":\"hm\"},"
                + "{\"type\":\"text\",\"content\":\"Paris\"}],\"finish_reason\":\"stop\"}]");

        assertThat(subject.answer()).isEqualTo("Paris");
        assertThat(subject.hasOtherParts()).isFalse();
    }

    @Test
    void aToolCallIsNoTextButSomething() {
        Subject parts = of("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"name\":\"search\"}]}]");
        Subject older = of("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\"}]}");

        assertThat(parts.answer()).isEmpty();
        assertThat(parts.hasOtherParts()).isTrue();
        assertThat(older.answer()).isEmpty();
        assertThat(older.hasOtherParts()).isTrue();
    }

    @Test
    void whatIsNoMessageIsTheAnswerItself() {
        for (String output : new String[] {"Paris", "{\"city\":\"Paris\"}", "[1,2]", "[1] says so", "{broken", "[]"}) {
            assertThat(of(output).answer()).isEqualTo(output);
        }
    }

    @Test
    void jsonWasAskedForByOutputTypeOrResponseFormat() {
        SpanRecord byType = SpanRecord.newBuilder()
                .setPayload(Payload.newBuilder().setOutputType("json_schema"))
                .build();
        SpanRecord byFormat = SpanRecord.newBuilder()
                .putAttributes("gen_ai.openai.request.response_format", "{\"type\":\"json_object\"}")
                .build();
        SpanRecord text = SpanRecord.newBuilder()
                .putAttributes("gen_ai.openai.request.response_format", "text")
                .build();

        assertThat(Subject.of(byType).wantsJson()).isTrue();
        assertThat(Subject.of(byFormat).wantsJson()).isTrue();
        assertThat(Subject.of(text).wantsJson()).isFalse();
    }

    @Test
    void retrievedDocumentsAreSources() {
        SpanRecord span = SpanRecord.newBuilder()
                .putAttributes("gen_ai.retrieval.documents", "[{\"id\":\"doc-7\"}]")
                .putAttributes("http.url", "https://elsewhere")
                .build();

        assertThat(Subject.of(span).sources()).contains("doc-7").doesNotContain("elsewhere");
    }

    private static Subject of(String output) {
        return Subject.of(SpanRecord.newBuilder()
                .setPayload(Payload.newBuilder().setOutput(output).setOutputSize(output.length()))
                .build());
    }
}
