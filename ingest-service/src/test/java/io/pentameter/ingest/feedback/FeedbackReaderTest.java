package io.pentameter.ingest.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.signal.Signals;
import io.pentameter.kit.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FeedbackReaderTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final FeedbackReader READER = new FeedbackReader(() -> "made");

    @Test
    void thumbsARatingAndACommentBecomeScores() {
        List<ScoreRecord> scores = scores("""
                {"traceId":"%s","spanId":"00f067aa0ba902b7","thumbs":"down","rating":2,"comment":"ask bob@x.org","user":"u1"}
                """.formatted(TRACE), "k");

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

        String first = scores(up, "key-7").getFirst().getScoreId();
        String again = scores(up, "key-7").getFirst().getScoreId();
        String other = scores(up, "key-8").getFirst().getScoreId();
        String own =
                scores(up.replace("{", "{\"id\":\"mine\","), "key-7").getFirst().getScoreId();

        assertThat(again).isEqualTo(first);
        assertThat(List.of(other, own)).doesNotContain(first);
        assertThat(Signals.good(READER, up, null).id()).isEqualTo("made");
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
                argumentSet("half a star", "{\"traceId\":\"" + TRACE + "\",\"rating\":4.5}", List.of("/rating")),
                argumentSet(
                        "beyond its scale",
                        "{\"traceId\":\"" + TRACE + "\",\"rating\":11,\"ratingScale\":{\"min\":0,\"max\":10}}",
                        List.of("/rating")),
                argumentSet(
                        "a scale that is none",
                        "{\"traceId\":\"" + TRACE + "\",\"rating\":1,\"ratingScale\":{\"min\":2,\"max\":2}}",
                        List.of("/ratingScale")),
                argumentSet(
                        "half an edit",
                        "{\"traceId\":\"" + TRACE + "\",\"edit\":{\"before\":\"x\"}}",
                        List.of("/edit")),
                argumentSet(
                        "too far",
                        "{\"traceId\":\"" + TRACE + "\",\"editDistance\":1.01,\"acceptance\":true}",
                        List.of("/acceptance", "/editDistance")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void everyMistakeIsNamed(String body, List<String> pointers) {
        assertThat(Signals.faults(READER, body))
                .extracting(Problem.Fault::pointer)
                .isEqualTo(pointers);
    }

    @Test
    void acceptanceAndWhatWasChangedBecomeScores() {
        List<ScoreRecord> scores = scores("""
                {"traceId":"%s","acceptance":"accepted","edit":{"before":"kitten","after":"sitting"},"comment":"ok"}
                """.formatted(TRACE), null);

        assertThat(scores).extracting(ScoreRecord::getName).containsExactly("acceptance", "edit_distance");
        assertThat(scores.getFirst().getValue()).isEqualTo(1);
        assertThat(scores.getFirst().getPassed()).isTrue();
        assertThat(scores.getFirst().getComment()).isEqualTo("ok");
        assertThat(scores.getLast().getValue()).isEqualTo(3 / 7.0);
        assertThat(scores.getLast().hasPassed()).isFalse();
        assertThat(scores.toString()).doesNotContain("kitten", "sitting");
    }

    @Test
    void aRatingOnAnotherScaleIsComparedOnTheStandardOne() {
        ScoreRecord rating = scores("""
                {"traceId":"%s","rating":7.5,"ratingScale":{"min":0,"max":10}}""".formatted(TRACE), null).getFirst();

        assertThat(rating.getValue()).isEqualTo(4); // 1 + 4 × 7.5 / 10
        assertThat(rating.getLabel()).isEqualTo("7.5 of 0..10");
        assertThat(rating.getPassed()).isTrue();
    }

    @Test
    void aMaskedUserKeepsThePseudonymThatSpansHave() {
        ScoreRecord thumbs = scores(
                        "{\"traceId\":\"%s\",\"thumbs\":\"up\",\"user\":\"bob@x.org\"}".formatted(TRACE), null)
                .getFirst();

        assertThat(thumbs.getRater())
                .isEqualTo("[email]#" + new Pseudonyms("test", PseudonymKeys.NONE).of("acme", "bob@x.org"));
    }

    private static List<ScoreRecord> scores(String body, @Nullable String key) {
        return Signals.good(READER, body, key).records().stream()
                .map(FeedbackReaderTest::parsed)
                .toList();
    }

    private static ScoreRecord parsed(LogRecord logged) {
        try {
            return ScoreRecord.parseFrom(logged.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
