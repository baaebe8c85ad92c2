package io.pentameter.ingest.langfuse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import java.util.function.Function;

/** Requests of SDKs that bring nothing: who am I, is there such a prompt. */
final class LangfuseLookup implements VendorProtocol {

    /** The one project that a key belongs to; {@code auth_check()} asks for it. */
    static final LangfuseLookup PROJECTS = new LangfuseLookup("langfuse_projects", LangfuseLookup::projects);

    /** Prompts are kept elsewhere: there is none of that name. SDKs then take their fallback. */
    static final LangfuseLookup PROMPT = new LangfuseLookup("langfuse_prompt", request -> {
        String name = request.parameter("name").isEmpty()
                ? request.query().getOrDefault("name", "")
                : request.parameter("name");
        String label = request.query().getOrDefault("label", "");
        String version = request.query().getOrDefault("version", "");
        String which =
                version.isEmpty() ? "label: '" + (label.isEmpty() ? "production" : label) + "'" : "version: " + version;
        return LangfuseAnswers.refused(404, "Prompt not found: '" + name + "' with " + which);
    });

    static final LangfuseLookup PROMPTS = new LangfuseLookup("langfuse_prompts", _ -> {
        ObjectNode page = VendorJson.object();
        page.putArray("data");
        page.putObject("meta")
                .put("page", 1)
                .put("limit", 50)
                .put("totalItems", 0)
                .put("totalPages", 0);
        return VendorReply.of(200, page);
    });

    static final LangfuseLookup MEDIA =
            new LangfuseLookup("langfuse_media", _ -> LangfuseAnswers.refused(404, "Media asset not found"));

    /** The client tells how its upload went; there was none. */
    static final LangfuseLookup MEDIA_DONE =
            new LangfuseLookup("langfuse_media", _ -> VendorReply.of(200, VendorJson.object()));

    private final String route;
    private final Function<VendorRequest, VendorReply> answer;

    private LangfuseLookup(String route, Function<VendorRequest, VendorReply> answer) {
        this.route = route;
        this.answer = answer;
    }

    @Override
    public String route() {
        return route;
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        return VendorInput.nothing(answer.apply(request));
    }

    @Override
    public VendorReply refused(int status, String message) {
        return LangfuseAnswers.refused(status, message);
    }

    private static VendorReply projects(VendorRequest request) {
        String tenant = request.sender().tenant();
        ObjectNode body = VendorJson.object();
        ObjectNode project = body.putArray("data").addObject();
        project.put("id", tenant).put("name", tenant);
        project.putObject("organization").put("id", tenant).put("name", tenant);
        project.putObject("metadata");
        return VendorReply.of(200, body);
    }
}
