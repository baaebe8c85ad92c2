package io.pentameter.ingest.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /api/v2/llmobs}: an array of events with spans in each, or one such event. A span comes once, when it is
 * over; one that is sent again replaces itself.
 */
final class DatadogSpans implements VendorProtocol {

    @Override
    public String route() {
        return "datadog_llmobs";
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        JsonNode events = VendorJson.parse(body);
        if (!events.isContainerNode()) {
            throw new UndecodableException("the body must be an array of events, or an event");
        }
        List<RawSpan> spans = new ArrayList<>();
        if (events.isArray()) {
            events.forEach(event -> add(event, spans));
        } else {
            add(events, spans);
        }
        return new VendorInput(
                spans,
                List.of(),
                List.of(),
                new Refusals(),
                receipt -> DatadogAnswers.taken(receipt.accepted() == 0, receipt.message()));
    }

    private static void add(JsonNode event, List<RawSpan> spans) {
        JsonNode inside = event.has("spans")
                ? event.path("spans")
                : event.path("data").path("attributes").path("spans");
        inside.forEach(span -> spans.add(DatadogSpan.of(span)));
    }

    @Override
    public VendorReply refused(int status, String message) {
        return DatadogAnswers.refused(status, message);
    }
}
