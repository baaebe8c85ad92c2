package io.pentameter.ingest.langsmith;

import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;

/** Answers in LangSmith's shape: {@code {"detail"}} for errors; what cannot be read is 422. */
final class LangsmithAnswers {

    /** Feedback is written here and read through our own API. */
    static final VendorProtocol NO_FEEDBACK = new VendorProtocol() {
        @Override
        public String route() {
            return "langsmith_feedback";
        }

        @Override
        public VendorInput read(VendorRequest request, byte[] body) {
            return VendorInput.nothing(LangsmithAnswers.refused(404, "Feedback not found"));
        }

        @Override
        public VendorReply refused(int status, String message) {
            return LangsmithAnswers.refused(status, message);
        }
    };

    private LangsmithAnswers() {}

    static VendorReply refused(int status, String message) {
        return VendorReply.of(status == 400 ? 422 : status, VendorJson.object().put("detail", message));
    }
}
