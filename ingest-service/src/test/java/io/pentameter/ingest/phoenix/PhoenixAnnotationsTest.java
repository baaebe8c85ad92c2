package io.pentameter.ingest.phoenix;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.Vendors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhoenixAnnotationsTest {

    private static final ByteString TRACE = Ids.trace("some trace");

    @Test
    void anAnnotationIsAJudgementOfItsSpan() {
        List<ScoreRecord> scores = read(PhoenixAnnotations.Target.SPAN, """
                {"data":[{"span_id":"67f6740bbe1ddc3f","name":"correctness","annotator_kind":"LLM",
                 "result":{"label":"correct","score":0.9,"explanation":"as asked"},"identifier":"v1"}]}""").scores();

        assertThat(scores).singleElement().satisfies(score -> {
            assertThat(score.getTraceId()).isEqualTo(TRACE);
            assertThat(score.getSpanId()).isEqualTo(Ids.hex("67f6740bbe1ddc3f", 8));
            assertThat(score.getSource()).isEqualTo(ScoreSource.SCORE_SOURCE_LLM_JUDGE);
            assertThat(score.getValue()).isEqualTo(0.9);
            assertThat(score.getLabel()).isEqualTo("correct");
            assertThat(score.getComment()).isEqualTo("as asked");
        });
    }

    @Test
    void theSameIdentifierAgainIsTheSameJudgementAndAnotherIsNot() {
        String body =
                "{\"data\":[{\"trace_id\":\"%032x\",\"name\":\"n\",\"result\":{\"score\":1},\"identifier\":\"%s\"}]}";

        ByteString first = id(body.formatted(7, "a"));
        assertThat(id(body.formatted(7, "a"))).isEqualTo(first);
        assertThat(id(body.formatted(7, "b"))).isNotEqualTo(first);
    }

    @Test
    void aSessionIsAnnotatedByItsName() {
        assertThat(read(
                                PhoenixAnnotations.Target.SESSION,
                                "{\"data\":[{\"session_id\":\"s1\",\"name\":\"n\",\"result\":{\"label\":\"bad\"}}]}")
                        .scores()
                        .getFirst()
                        .getSession())
                .isEqualTo("s1");
    }

    @Test
    void theGoodRestIsKeptAndNothingGoodIsUnprocessable() {
        VendorInput mixed = read(
                PhoenixAnnotations.Target.TRACE,
                "{\"data\":[{\"trace_id\":\"t\",\"name\":\"n\",\"result\":{\"score\":1}},{\"name\":\"n\"}]}");
        VendorInput bad = read(PhoenixAnnotations.Target.TRACE, "{\"data\":[{\"name\":\"n\"}]}");

        assertThat(mixed.scores()).hasSize(1);
        assertThat(Vendors.reply(mixed).status()).isEqualTo(200);
        assertThat(Vendors.reply(mixed).body()).contains("trace_id and name must be texts");
        assertThat(Vendors.reply(bad).status()).isEqualTo(422);
    }

    private static ByteString id(String body) {
        return read(PhoenixAnnotations.Target.TRACE, body).scores().getFirst().getScoreIdBytes();
    }

    private static VendorInput read(PhoenixAnnotations.Target target, String body) {
        return new PhoenixAnnotations(target, (_, _) -> Optional.of(TRACE)).read(Vendors.request(), Vendors.utf8(body));
    }
}
