package io.pentameter.ingest.langsmith;

import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorReply;

/** Answers in LangSmith's shape: {@code {"detail"}} for errors; what cannot be read is 422. */
final class LangsmithAnswers {

    private LangsmithAnswers() {}

    static VendorReply refused(int status, String message) {
        return VendorReply.of(status == 400 ? 422 : status, VendorJson.object().put("detail", message));
    }
}
