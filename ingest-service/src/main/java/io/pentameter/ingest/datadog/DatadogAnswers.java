package io.pentameter.ingest.datadog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;

/** Answers in Datadog's shape: 202 and an object, {@code {"errors": [..]}} for what was refused. */
final class DatadogAnswers {

    /**
     * The traces of the application performance monitoring, which tracers send along: taken and thrown away, because the
     * calls of models are in the other request. The answer keeps the tracer from sampling.
     */
    static final VendorProtocol APM_TRACES = new VendorProtocol() {
        @Override
        public String route() {
            return "datadog_apm";
        }

        @Override
        public VendorInput read(VendorRequest request, byte[] body) {
            ObjectNode rates = VendorJson.object();
            rates.putObject("rate_by_service").put("service:,env:", 1);
            return VendorInput.nothing(VendorReply.of(200, rates));
        }

        @Override
        public VendorReply refused(int status, String message) {
            return DatadogAnswers.refused(status, message);
        }
    };

    private DatadogAnswers() {}

    static VendorReply refused(int status, String message) {
        ObjectNode body = VendorJson.object();
        body.putArray("errors").add(message);
        return VendorReply.of(status, body);
    }

    static VendorReply taken(boolean isNothingGood, String message) {
        if (message.isEmpty()) {
            return VendorReply.of(202, VendorJson.object());
        }
        return refused(isNothingGood ? 400 : 202, message);
    }
}
