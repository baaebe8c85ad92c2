package io.pentameter.ingest.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemKind;
import java.util.List;

/** {@code POST /api/v1/imports/bedrock}: a file as the body. Answers in our own words. */
final class BedrockImport implements VendorProtocol {

    static final String ROUTE = "bedrock_import";

    private final int maxBytes;

    /** @param maxBytes of a file after decompression */
    BedrockImport(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public String route() {
        return ROUTE;
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        BedrockFile.Read read = BedrockFile.read(body, maxBytes);
        return new VendorInput(read.calls(), List.of(), List.of(), read.refusals(), BedrockImport::reply);
    }

    private static VendorReply reply(VendorInput.Receipt receipt) {
        ObjectNode answer =
                VendorJson.object().put("accepted", receipt.accepted()).put("refused", receipt.refused());
        if (!receipt.message().isEmpty()) {
            answer.put("message", receipt.message());
        }
        return VendorReply.of(200, answer);
    }

    @Override
    public VendorReply refused(int status, String message) {
        ObjectNode problem = VendorJson.object()
                .put("type", "about:blank")
                .put("title", kind(status).title())
                .put("status", status)
                .put("detail", message);
        return new VendorReply(status, problem.toString(), Problem.MEDIA_TYPE);
    }

    private static ProblemKind kind(int status) {
        for (ProblemKind kind : ProblemKind.values()) {
            if (kind.status() == status) {
                return kind;
            }
        }
        return ProblemKind.INVALID_INPUT;
    }
}
