package io.pentameter.ingest.langsmith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.Vendors;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clients do with feedback that they have sent: {@code client.updateFeedback}, {@code readFeedback}, {@code deleteFeedback}. */
class LangsmithFeedbackByIdTest {

    private static final String ID = "6f3f1f2e-0000-4000-8000-000000000001";

    private final FeedbackStore store = new InMemoryFeedbackStore();
    private final LangsmithFeedback post = new LangsmithFeedback((_, _) -> Optional.empty(), store);

    @Test
    void whatWasSentIsReadInLangsmithsShapeAndRedacted() {
        JsonNode sent =
                answer(send("{\"id\":\"%s\",\"run_id\":\"r\",\"key\":\"ok\",\"score\":0.5,\"comment\":\"a@b.org\"}"));

        JsonNode read = answer(by(LangsmithFeedbackById.Verb.GET, ID, ""));

        assertThat(read).isEqualTo(sent);
        assertThat(read.path("id").asText()).isEqualTo(ID);
        assertThat(read.path("run_id").asText()).isEqualTo("r");
        assertThat(read.path("key").asText()).isEqualTo("ok");
        assertThat(read.path("score").asDouble()).isEqualTo(0.5);
        assertThat(read.path("comment").asText()).isEqualTo("[email]");
        assertThat(read.path("feedback_source").path("type").asText()).isEqualTo("api");
    }

    @Test
    void aChangeIsTheSameScoreToldAgain() {
        ScoreRecord first = send("{\"id\":\"%s\",\"run_id\":\"r\",\"key\":\"ok\",\"score\":0.5,\"value\":\"meh\"}")
                .scores()
                .getFirst();

        VendorInput changed = by(LangsmithFeedbackById.Verb.PATCH, ID, "{\"score\":1,\"comment\":\"better\"}");

        assertThat(changed.scores()).singleElement().satisfies(score -> {
            assertThat(score.getScoreId()).isEqualTo(first.getScoreId());
            assertThat(score.getTraceId()).isEqualTo(first.getTraceId());
            assertThat(score.getSpanId()).isEqualTo(first.getSpanId());
            assertThat(score.getValue()).isEqualTo(1);
            assertThat(score.getLabel()).isEqualTo("meh");
            assertThat(score.getComment()).isEqualTo("better");
        });
        assertThat(answer(by(LangsmithFeedbackById.Verb.GET, ID, ""))
                        .path("score")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void whatIsTakenBackIsAMarkAndThenNotFound() {
        send("{\"id\":\"%s\",\"run_id\":\"r\",\"key\":\"ok\",\"score\":0.5}");

        VendorInput removed = by(LangsmithFeedbackById.Verb.DELETE, ID, "");

        assertThat(removed.scores())
                .singleElement()
                .satisfies(score -> assertThat(score.getIsDeleted()).isTrue());
        assertThat(Vendors.reply(removed).status()).isEqualTo(200);
        VendorReply gone = Vendors.reply(by(LangsmithFeedbackById.Verb.GET, ID, ""));
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.body()).isEqualTo("{\"detail\":\"Feedback not found\"}");
    }

    @Test
    void anotherTenantsFeedbackIsNotFound() {
        send("{\"id\":\"%s\",\"run_id\":\"r\",\"key\":\"ok\",\"score\":0.5}");
        Sender other = new Sender("other", "key_2", Vendors.ACME.settings());
        VendorRequest request = Vendors.request(other, Map.of("id", ID), Map.of());

        for (LangsmithFeedbackById.Verb verb : LangsmithFeedbackById.Verb.values()) {
            VendorInput input = new LangsmithFeedbackById(verb, store).read(request, Vendors.utf8("{}"));
            assertThat(Vendors.reply(input).status()).as("%s", verb).isEqualTo(404);
            assertThat(input.scores()).isEmpty();
        }
    }

    @Test
    void aChangeThatSaysNothingIsRefused() {
        send("{\"id\":\"%s\",\"run_id\":\"r\",\"key\":\"ok\",\"score\":0.5}");

        VendorReply reply = Vendors.reply(by(LangsmithFeedbackById.Verb.PATCH, ID, "{\"score\":null}"));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body()).contains("score, value, comment or correction must be given");
    }

    private VendorInput send(String body) {
        return post.read(Vendors.request(), Vendors.utf8(body.formatted(ID)));
    }

    private VendorInput by(LangsmithFeedbackById.Verb verb, String id, String body) {
        return new LangsmithFeedbackById(verb, store)
                .read(Vendors.request(Map.of("id", id), Map.of()), Vendors.utf8(body));
    }

    private static JsonNode answer(VendorInput input) {
        return VendorJson.parse(Vendors.utf8(Vendors.reply(input).body()));
    }
}
