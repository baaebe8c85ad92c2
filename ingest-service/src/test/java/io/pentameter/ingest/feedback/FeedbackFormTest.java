package io.pentameter.ingest.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.config.TenantSettings;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FeedbackFormTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Feedback.Origin ORIGIN = new Feedback.Origin("acme", "key_1", TenantSettings.STANDARD, 42);

    @Test
    void thumbsARatingAndACommentBecomeScores() {
        List<ScoreRecord> scores = good("""
                {"traceId":"%s","spanId":"00f067aa0ba902b7","thumbs":"down","rating":2,"comment":"ask bob@x.org","user":"u1"}
                """.formatted(TRACE), "k").scores(ORIGIN);

        assertThat(scores).extracting(ScoreRecord::getName).containsExactly("thumbs", "rating");
        ScoreRecord thumbs = scores.getFirst();
        assertThat(thumbs.getValue()).isZero();
        assertThat(thumbs.getLabel()).isEqualTo("down");
        assertThat(thumbs.getPassed()).isFalse();
        assertThat(thumbs.getSource()).isEqualTo(ScoreSource.SCORE_SOURCE_END_USER);
        assertThat(thumbs.getComment()).isEqualTo("ask [email]");
        assertThat(thumbs.getRater()).isEqualTo("u1");
        assertThat(thumbs.getInclusionProbability()).isEqualTo(1);
        assertThat(thumbs.getSpanId().size()).isEqualTo(8);
        assertThat(scores.get(1).getValue()).isEqualTo(2);
        assertThat(scores.get(1).getComment()).isEmpty();
    }

    @Test
    void theSameIdGivesTheSameScore() {
        String up = "{\"traceId\":\"%s\",\"thumbs\":\"up\"}".formatted(TRACE);

        String first = good(up, "key-7").scores(ORIGIN).getFirst().getScoreId();
        String again = good(up, "key-7").scores(ORIGIN).getFirst().getScoreId();
        String other = good(up, "key-8").scores(ORIGIN).getFirst().getScoreId();
        String own = good(up.replace("{", "{\"id\":\"mine\","), "key-7")
                .scores(ORIGIN)
                .getFirst()
                .getScoreId();

        assertThat(again).isEqualTo(first);
        assertThat(List.of(other, own)).doesNotContain(first);
        assertThat(good(up, null).id()).isEqualTo("made");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                argumentSet("no object", "[]", List.of("")),
                argumentSet("no trace", "{\"thumbs\":\"up\"}", List.of("/traceId")),
                argumentSet(
                        "trace of zeros",
                        "{\"traceId\":\"" + "0".repeat(32) + "\",\"thumbs\":\"up\"}",
                        List.of("/traceId")),
                argumentSet("nothing said", "{\"traceId\":\"" + TRACE + "\"}", List.of("")),
                argumentSet(
                        "everything wrong",
                        "{\"traceId\":7,\"spanId\":\"xyz\",\"thumbs\":\"sideways\",\"rating\":6,\"comment\":[]}",
                        List.of("/traceId", "/spanId", "/thumbs", "/rating", "/comment")),
                argumentSet("half a star", "{\"traceId\":\"" + TRACE + "\",\"rating\":4.5}", List.of("/rating")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void everyMistakeIsNamed(String body, List<String> pointers) {
        assertThat(read(body, null))
                .isInstanceOfSatisfying(
                        FeedbackForm.Result.Bad.class,
                        bad -> assertThat(bad.mistakes())
                                .extracting(FeedbackForm.Mistake::pointer)
                                .isEqualTo(pointers));
    }

    private static Feedback good(String body, @Nullable String key) {
        if (read(body, key) instanceof FeedbackForm.Result.Good good) {
            return good.feedback();
        }
        throw new AssertionError("refused: " + read(body, key));
    }

    private static FeedbackForm.Result read(String body, @Nullable String key) {
        try {
            return FeedbackForm.read(new ObjectMapper().readTree(body), key, () -> "made");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
