package io.pentameter.ingest.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VendorTimeTest {

    @Test
    void timesAreReadAsIsoHasThem() {
        Map<String, Long> times = Map.of(
                "2026-11-21T12:00:00Z", 1_795_262_400_000_000_000L,
                "2026-11-21T12:00:00.5Z", 1_795_262_400_500_000_000L,
                "2026-11-21T12:00:00.123Z", 1_795_262_400_123_000_000L,
                "2026-11-21T12:00:00.123456789Z", 1_795_262_400_123_456_789L,
                "2026-11-21T12:00:00.123456", 1_795_262_400_123_456_000L,
                "2026-11-21 12:00:00+00:00", 1_795_262_400_000_000_000L,
                "2026-11-21T13:00:00.000+01:00", 1_795_262_400_000_000_000L,
                "2024-02-29T00:00:00Z", 1_709_164_800_000_000_000L);

        times.forEach((text, nanos) ->
                assertThat(VendorTime.nanos(TextNode.valueOf(text))).as(text).isEqualTo(nanos));
    }

    @Test
    void whatIsNoTimeIsNone() {
        for (String text : List.of(
                "2026-02-29T00:00:00Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T12:60:00Z",
                "2026-11-21T12:00:60Z",
                "2026-11-21T12:00:00.12x4Z",
                "2O26-11-21T12:00:00Z",
                "1969-12-31T23:59:59Z",
                "2200-01-01T00:00:00Z",
                "2026-11-21T12:00:00.1234567890Z")) {
            assertThat(VendorTime.nanos(TextNode.valueOf(text))).as(text).isNull();
        }
    }
}
