package io.pentameter.ingest.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import java.util.Base64;

/**
 * {@code POST /api/public/media}: the client asks where to upload a file. We keep none, and say so in the way the protocol
 * has for it: an id that is right, and no URL.
 *
 * <p>The id must be the first 22 characters of the hash in URL-safe Base64, or the client gives up.
 */
final class LangfuseMedia implements VendorProtocol {

    private static final int ID_LENGTH = 22;
    private static final int SHA256 = 32;

    @Override
    public String route() {
        return "langfuse_media";
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        JsonNode asked = VendorJson.parse(body);
        String hash = VendorJson.text(asked, "sha256Hash");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(hash);
        } catch (IllegalArgumentException _) {
            bytes = new byte[0];
        }
        if (bytes.length != SHA256) {
            return VendorInput.nothing(LangfuseAnswers.refused(
                    400, "sha256Hash must be 32 bytes in Base64: " + VendorJson.shown(asked.path("sha256Hash"))));
        }
        String id =
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(0, ID_LENGTH);
        return VendorInput.nothing(
                VendorReply.of(201, VendorJson.object().put("mediaId", id).putNull("uploadUrl")));
    }

    @Override
    public VendorReply refused(int status, String message) {
        return LangfuseAnswers.refused(status, message);
    }
}
