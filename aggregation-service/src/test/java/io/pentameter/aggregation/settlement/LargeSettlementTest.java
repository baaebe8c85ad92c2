package io.pentameter.aggregation.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of spans and traces that fit no address of a request are settled all the same. */
class LargeSettlementTest {

    private static final Store STORE = Store.of("large_settlement_test");
    private static final Instant NOON = Spans.noon();
    private static final String CUSTOMER = "O'Neill \\ Söhne";

    private final Spans spans = new Spans(77);

    /** 5,000 keys of 48 letters are 250,000 letters; a parameter may have 131,072. */
    @Test
    void manyStepsWhoseRootComesLateHaveItsCustomer() {
        SpanRecord root = root("many-steps");
        List<SpanRecord> steps = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            steps.add(step("many-steps", root.getTraceId(), root.getSpanId()));
        }
        STORE.put(steps);

        STORE.put(List.of(root));

        assertThat(count("many-steps", " AND customer = 'O\\'Neill \\\\ Söhne'"))
                .isEqualTo(5_001);
    }

    /** 5,000 traces of 32 letters are 175,000 letters. */
    @Test
    void manySplitTracesInOneBatchAreSettled() {
        List<SpanRecord> roots = new ArrayList<>();
        List<SpanRecord> steps = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            SpanRecord root = root("many-traces");
            roots.add(root);
            steps.add(step("many-traces", root.getTraceId(), root.getSpanId()));
        }
        STORE.put(steps);

        STORE.put(roots);

        assertThat(count("many-traces", " AND customer = 'O\\'Neill \\\\ Söhne'"))
                .isEqualTo(10_000);
    }

    private static long count(String tenant, String condition) {
        return STORE.number("SELECT count() FROM span FINAL WHERE tenant = '" + tenant + "'" + condition);
    }

    private SpanRecord root(String tenant) {
        return spans.request(tenant, NOON)
                .setDimensions(Dimensions.newBuilder().setCustomer(CUSTOMER).setFeature("chat"))
                .build();
    }

    private SpanRecord step(String tenant, ByteString trace, ByteString parent) {
        return spans.request(tenant, NOON)
                .setIsRequest(false)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder())
                .setTraceId(trace)
                .setParentSpanId(parent)
                .build();
    }
}
