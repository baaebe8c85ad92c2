package io.pentameter.ingest.datadog;

import io.pentameter.ingest.vendor.VendorRoute;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The routes of Datadog: of its intake, and of an agent that passes everything on; the gateway answers for the agent. */
@ApplicationScoped
class DatadogResource implements VendorRoute.Source {

    /** Without an agent, and below each version of the agent's proxy that tracers ask for. */
    private static final List<String> MOUNTS =
            List.of("", "/evp_proxy/v1", "/evp_proxy/v2", "/evp_proxy/v3", "/evp_proxy/v4");

    @Override
    public List<VendorRoute> routes() {
        List<VendorRoute> routes = new ArrayList<>();
        for (String mount : MOUNTS) {
            routes.add(new VendorRoute("POST", mount + "/api/v2/llmobs", new DatadogSpans()));
            for (String version : List.of("v1", "v2")) {
                routes.add(new VendorRoute(
                        "POST", mount + "/api/intake/llm-obs/" + version + "/eval-metric", new DatadogEvaluations()));
            }
        }
        for (String version : List.of("v0.3", "v0.4", "v0.5")) {
            routes.add(new VendorRoute("PUT", "/" + version + "/traces", DatadogAnswers.APM_TRACES));
            routes.add(new VendorRoute("POST", "/" + version + "/traces", DatadogAnswers.APM_TRACES));
        }
        return routes;
    }
}
